import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { accepted, onDisk, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const gone: readonly (readonly [string, (directory: string) => void])[] = [
  ['removed', (directory) => rmSync(directory, { recursive: true })],
  ['moved away', (directory) => renameSync(directory, `${directory}-elsewhere`)],
  ['emptied of its turns', (directory) => rmSync(join(directory, 'turns'), { recursive: true })],
  ['emptied of what was refused', (directory) => rmSync(join(directory, 'quarantine'), { recursive: true })],
];

for (const [what, takeAway] of gone) {
  test(`a state that is ${what} while a guard is at work is made anew, and the guard holds`, async (t) => {
    const place = unguardedFolder(t, { 'compose.yml': accepted, 'more/compose.yml': accepted });
    const stateHome = place.env.INFRAHOLD_STATE_HOME ?? '';
    const { directory } = await openStore(place.root, { stateHome });
    const guard = await startGuard(t, place);
    takeAway(directory);
    writeFileSync(join(place.root, 'compose.yml'), refused);
    await until('it is put back', () => onDisk(place.root, 'compose.yml') === accepted);
    await until('it is kept', () => guard.refusedVersions().includes(refused));
    const store = await openStore(place.root, { stateHome });
    assert.equal(store.guards().length, 1, 'hooks know that somebody watches');
    for (const path of ['compose.yml', 'more/compose.yml'])
      assert.deepEqual((await store.baselines.get(path))?.content, new TextEncoder().encode(accepted));
    const wasWhole = what === 'removed' || what === 'moved away';
    if (!wasWhole) return;
    assert.match(guard.told().stderr, /the state of this folder was gone, and was made anew with 3 accepted/);
    const cli = resolve('dist', 'cli.js');
    const { status, stdout } = spawnSync(process.execPath, [cli, 'log', '--verify'], {
      ...{ cwd: place.root, env: place.env, encoding: 'utf8' },
    });
    assert.equal(status, 1, 'the record does not pass for whole');
    assert.match(stdout, /records before it may have been cut off/);
  });
}
