import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  accepted,
  type GuardedFolder,
  onDisk,
  pause,
  refused,
  startGuard,
  unguardedFolder,
  until,
} from './guardedFolder.ts';
import { isRoot, smallDisk } from './mounts.ts';

const name = 'compose.yml';
const isLinuxRoot = isRoot && process.platform === 'linux';
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

interface Faulty {
  readonly guarded: GuardedFolder;
  /** Breaks what the guard needs, and gives what mends it. */
  readonly breakIt: () => () => void;
  readonly said: RegExp;
}

/** While it cannot work the guard says so and accepts nothing; once it can, all is put right, and nothing is lost. */
async function heldAndSaid({ guarded, breakIt, said }: Faulty): Promise<void> {
  const mend = breakIt();
  writeFileSync(join(guarded.root, name), refused);
  await until('it was said', () => said.test(guarded.told().stderr));
  await pause(1_000);
  assert.notEqual(guarded.accepted(name), refused);
  mend();
  await until('it is as accepted', () => onDisk(guarded.root, name) === accepted, 30_000);
  await until('it was told of', () => guarded.told().stdout.includes('Put back'), 30_000);
  assert.ok(guarded.refusedVersions().includes(refused));
  assert.equal(guarded.accepted(name), accepted);
}

function fill(folder: string): () => void {
  const ballast = join(folder, 'ballast');
  const isFull = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  try {
    for (;;) writeFileSync(ballast, new Uint8Array(4_096), { flag: 'a' });
  } catch (error) {
    assert.ok(isFull(error), String(error));
  }
  return () => rmSync(ballast);
}

test('with a full disk under the state a write is held and said, and put right later', async (t) => {
  const place = unguardedFolder(t, { [name]: accepted });
  const state = place.env.INFRAHOLD_STATE_HOME ?? '';
  if (smallDisk(t, place, state) === undefined) return;
  const guarded = await startGuard(t, place);
  await heldAndSaid({ guarded, breakIt: () => fill(state), said: /there is no space left/ });
});

test('with a full disk under the folder a write is held and said, and put right later', async (t) => {
  const place = unguardedFolder(t, { 'readme.txt': '' });
  if (smallDisk(t, place, place.root) === undefined) return;
  writeFileSync(join(place.root, name), accepted);
  const guarded = await startGuard(t, place);
  await heldAndSaid({ guarded, breakIt: () => fill(place.root), said: /there is no space left/ });
});

test('with a read-only disk under the state a write is held and said, and put right later', async (t) => {
  const place = unguardedFolder(t, { [name]: accepted });
  const disk = smallDisk(t, place, place.env.INFRAHOLD_STATE_HOME ?? '');
  if (disk === undefined) return;
  const guarded = await startGuard(t, place);
  const breakIt = () => {
    disk.remount('ro');
    return () => disk.remount('rw');
  };
  await heldAndSaid({ guarded, breakIt, said: /the file system is read-only/ });
});

/** The guard of a user who is not root, whom the system can refuse something. */
async function guardOfNobody(t: TestContext) {
  const place = unguardedFolder(t, { [name]: accepted });
  const state = place.env.INFRAHOLD_STATE_HOME ?? '';
  chmodSync(dirname(place.root), 0o755);
  for (const one of [place.root, join(place.root, name), state]) chownSync(one, 65_534, 65_534);
  return { place, state, guarded: await startGuard(t, { ...place, before: asNobody }) };
}

test('without leave to write into the folder a write is held and said, and put right later', {
  skip: !isLinuxRoot,
}, async (t) => {
  const { place, guarded } = await guardOfNobody(t);
  const both = [place.root, join(place.root, name)];
  const breakIt = () => {
    for (const one of both) chownSync(one, 0, 0);
    return () => {
      for (const one of both) chownSync(one, 65_534, 65_534);
    };
  };
  await heldAndSaid({ guarded, breakIt, said: /permission was denied/ });
});

const stateFolders = ['.', 'objects', 'baselines', 'quarantine', 'turns'] as const;

for (const folder of stateFolders) {
  test(`without leave to use ${folder === '.' ? 'the state' : `${folder} of the state`} a write is held and said`, {
    skip: !isLinuxRoot,
  }, async (t) => {
    const { state, guarded } = await guardOfNobody(t);
    const at = join(stateIn(state), folder);
    const breakIt = () => {
      chmodSync(at, 0);
      return () => chmodSync(at, 0o700);
    };
    await heldAndSaid({ guarded, breakIt, said: /permission was denied/ });
  });
}

test('where the state belongs to another user the guard says so and does not begin', {
  skip: !isLinuxRoot,
}, async (t) => {
  const { place, state, guarded } = await guardOfNobody(t);
  await guarded.kill('SIGTERM');
  chownSync(stateIn(state), 0, 0);
  await assert.rejects(startGuard(t, { ...place, before: asNobody }), /at work/);
  chownSync(stateIn(state), 65_534, 65_534);
  writeFileSync(join(place.root, name), refused);
  const again = await startGuard(t, { ...place, before: asNobody });
  assert.match(again.told().stdout, /changed while nobody watched/);
  assert.equal(again.accepted(name), accepted);
});

function stateIn(home: string): string {
  const states = join(home, 'infrahold');
  const [only = ''] = readdirSync(states).filter((one) => existsSync(join(states, one, 'baselines')));
  return join(states, only);
}

test('a git that never answers keeps no write in place', {
  skip: process.platform === 'win32',
}, async (t) => {
  const place = unguardedFolder(t, { [name]: accepted, '.git/HEAD': 'ref: refs/heads/main\n' });
  const programs = join(dirname(place.root), 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'git'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
  const env = { ...place.env, PATH: `${programs}:${place.env.PATH}` };
  const guarded = await startGuard(t, { ...place, env });
  writeFileSync(join(place.root, name), refused);
  await until('it is as accepted', () => onDisk(place.root, name) === accepted, 30_000);
  assert.deepEqual(guarded.refusedVersions(), [refused]);
});
