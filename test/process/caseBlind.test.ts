import assert from 'node:assert/strict';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { accepted, onDisk, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';
import { caseBlindDisk } from './mounts.ts';

const name = 'compose.yml';

/** What another program does to the file by a spelling of its own. */
const roads: Readonly<Record<string, (root: string) => void>> = {
  'a write': (root) => writeFileSync(join(root, 'COMPOSE.yml'), refused),
  'a file that is renamed over it': (root) => {
    writeFileSync(join(root, 'new'), refused);
    renameSync(join(root, 'new'), join(root, 'Compose.YML'));
  },
  'its removal': (root) => rmSync(join(root, 'cOMPOSE.yml')),
  'its removal and a new file': (root) => {
    rmSync(join(root, name));
    writeFileSync(join(root, 'COMPOSE.YML'), refused);
  },
};

for (const [what, act] of Object.entries(roads)) {
  test(`W22: on a disk that is blind for case, ${what} by another spelling is put back`, async (t) => {
    const place = unguardedFolder(t, { 'readme.txt': '' });
    if (!caseBlindDisk(t, place, place.root)) return;
    writeFileSync(join(place.root, name), accepted);
    assert.equal(onDisk(place.root, 'COMPOSE.YML'), accepted, 'the disk is blind for case');
    const guard = await startGuard(t, place);
    act(place.root);
    await until('it is put back', () => onDisk(place.root, name) === accepted);
    assert.equal(readdirSync(place.root).filter((entry) => entry.toLowerCase() === name).length, 1);
    if (what !== 'its removal') await until('it is kept', () => guard.refusedVersions().includes(refused));
  });
}
