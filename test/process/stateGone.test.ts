import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { accepted, onDisk, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';

/** As `rm -r` of a person who asks again: the guard may write into it meanwhile. */
const remove = (path: string) => rmSync(path, { recursive: true, maxRetries: 20, retryDelay: 10 });

const gone: readonly (readonly [string, (directory: string) => void])[] = [
  ['removed', remove],
  ['moved away', (directory) => renameSync(directory, `${directory}-elsewhere`)],
  ...(['turns', 'quarantine', 'sessions', 'receipts', 'answers', 'objects', 'baselines'] as const).map(
    (name) => [`emptied of its ${name}`, (directory: string) => remove(join(directory, name))] as const,
  ),
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

test('whatever is written while the state is made anew is put back, and never passes for a first version', async (t) => {
  const paths = Array.from({ length: 15 }, (_, index) => `stack-${index}/compose.yml`);
  const place = unguardedFolder(t, Object.fromEntries(paths.map((path) => [path, accepted])));
  const stateHome = place.env.INFRAHOLD_STATE_HOME ?? '';
  const { directory } = await openStore(place.root, { stateHome });
  await startGuard(t, place);
  for (let round = 0; round < 3; round++) {
    // At once: the guard may still be writing what belongs to the restores before.
    renameSync(directory, `${directory}-${round}`);
    for (const path of paths) writeFileSync(join(place.root, path), refused);
    for (const path of paths) await until(`${path} is put back`, () => onDisk(place.root, path) === accepted);
  }
  const { baselines } = await openStore(place.root, { stateHome });
  for (const path of paths)
    assert.deepEqual((await baselines.get(path))?.content, new TextEncoder().encode(accepted));
});

test('an accepted version that is taken away alone is known to the guard at work', async (t) => {
  const place = unguardedFolder(t, { 'compose.yml': accepted });
  const stateHome = place.env.INFRAHOLD_STATE_HOME ?? '';
  const { directory } = await openStore(place.root, { stateHome });
  await startGuard(t, place);
  const file = join(directory, 'baselines');
  for (const name of readdirSync(file)) rmSync(join(file, name));
  writeFileSync(join(place.root, 'compose.yml'), refused);
  await until('it is put back', () => onDisk(place.root, 'compose.yml') === accepted);
  const store = await openStore(place.root, { stateHome });
  assert.deepEqual((await store.baselines.get('compose.yml'))?.content, new TextEncoder().encode(accepted));
  assert.ok((await store.audit.tail(20)).some(({ note }) => note === 'it was gone; a guard at work knew it'));
});
