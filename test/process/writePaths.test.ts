import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  accepted,
  type GuardedFolder,
  guardedFolder,
  onDisk,
  pause,
  refused,
  until,
} from './guardedFolder.ts';

const name = 'compose.yml';
const isWindows = process.platform === 'win32';

/** The disk stays right, the version is kept, and it was told. */
async function isPutBack(guarded: GuardedFolder, path = name): Promise<void> {
  await until(`${path} was told of`, () => guarded.told().stdout.includes('Put back'));
  await until(`${path} is as accepted`, () => onDisk(guarded.root, path) === accepted);
  await pause(300);
  assert.equal(onDisk(guarded.root, path), accepted);
}

const roads: Record<string, (file: string) => void | Promise<void>> = {
  'in place, in one call': (file) => writeFileSync(file, refused),
  'by a temporary file and a rename': (file) => {
    writeFileSync(`${file}.new`, refused);
    renameSync(`${file}.new`, file);
  },
  'by truncation, then in two halves 100 ms apart': async (file) => {
    const descriptor = openSync(file, 'w');
    await pause(30);
    writeSync(descriptor, refused.slice(0, 40));
    await pause(100);
    writeSync(descriptor, refused.slice(40));
    closeSync(descriptor);
  },
  'by removal, then anew': (file) => {
    rmSync(file);
    writeFileSync(file, refused);
  },
  'through a hard link': (file) => {
    linkSync(file, `${file}.other`);
    writeFileSync(`${file}.other`, refused);
  },
  'through another spelling of the path': (file) =>
    writeFileSync(file.replace(/compose\.yml$/, './/x/../compose.yml'), refused),
};

for (const [road, write] of Object.entries(roads)) {
  test(`a write ${road} is put back and kept whole`, { skip: isWindows }, async (t) => {
    const guarded = await guardedFolder(t, { [name]: accepted, 'x/readme.txt': '' });
    await write(join(guarded.root, name));
    await isPutBack(guarded);
    assert.ok(guarded.refusedVersions().includes(refused));
    assert.equal(guarded.told().stderr, '');
  });
}

test('while a write comes in two halves nobody ever reads a mixture of it and of what is accepted', {
  skip: isWindows,
}, async (t) => {
  const guarded = await guardedFolder(t, { [name]: accepted });
  const file = join(guarded.root, name);
  const seen = new Set<string | undefined>();
  let isOver = false;
  const sampling = (async () => {
    for (; !isOver; await pause(0)) seen.add(onDisk(guarded.root, name));
  })();
  const versions = Array.from(
    { length: 6 },
    (_, round) => `${refused}# ${round} ${'x'.repeat(40 * round)}\n`,
  );
  for (const version of versions) {
    const descriptor = openSync(file, 'w');
    writeSync(descriptor, version.slice(0, version.length / 2));
    await pause(100);
    writeSync(descriptor, version.slice(version.length / 2));
    closeSync(descriptor);
    await until('it is as accepted', () => onDisk(guarded.root, name) === accepted);
  }
  await pause(300);
  isOver = true;
  await sampling;
  const isWhole = (text: string | undefined) =>
    text === accepted || (text !== undefined && versions.some((version) => version.startsWith(text)));
  assert.deepEqual(
    [...seen].filter((text) => !isWhole(text)),
    [],
  );
  t.diagnostic(`half-written sweep: ${versions.length} writes, ${seen.size} states of the file, no mixture`);
  assert.ok(seen.size > versions.length);
});

test('a file and its folder that are removed come back', async (t) => {
  const guarded = await guardedFolder(t, { 'deploy/compose.yml': accepted, [name]: accepted });
  rmSync(join(guarded.root, name));
  await isPutBack(guarded);
  rmSync(join(guarded.root, 'deploy'), { recursive: true });
  await isPutBack(guarded, 'deploy/compose.yml');
  // A folder that came back is watched again.
  writeFileSync(join(guarded.root, 'deploy/compose.yml'), refused);
  await until('it was held', () => guarded.refusedVersions().includes(refused));
  await isPutBack(guarded, 'deploy/compose.yml');
});

test('a file that is moved away is put back, and a folder moved away too', async (t) => {
  const guarded = await guardedFolder(t, { 'deploy/compose.yml': accepted, [name]: accepted });
  renameSync(join(guarded.root, name), join(guarded.root, 'notes.txt'));
  await isPutBack(guarded);
  renameSync(join(guarded.root, 'deploy'), join(guarded.root, 'old'));
  await isPutBack(guarded, 'deploy/compose.yml');
});

test('a thousand writes in a row end with the accepted version', async (t) => {
  const guarded = await guardedFolder(t, { [name]: accepted });
  for (let round = 0; round < 1_000; round++) {
    writeFileSync(join(guarded.root, name), `${refused}# ${round}\n`);
  }
  await isPutBack(guarded);
  assert.ok(guarded.refusedVersions().includes(`${refused}# 999\n`));
});

test('two hundred files that sed rewrites all come back', { skip: isWindows }, async (t) => {
  const paths = Array.from({ length: 200 }, (_, index) => `s${index}/compose.yml`);
  const guarded = await guardedFolder(t, Object.fromEntries(paths.map((path) => [path, accepted])));
  execFileSync('sed', ['-i', 's/api:1/api:2/', ...paths], { cwd: guarded.root });
  await until(
    'each was told of',
    () => guarded.told().stdout.split('Put back').length > paths.length,
    60_000,
  );
  for (const path of paths) assert.equal(onDisk(guarded.root, path), accepted, path);
});

test('a write through a link to the file, and to a protected link, is put back', {
  skip: isWindows,
}, async (t) => {
  const guarded = await guardedFolder(t, { 'stack/compose.yml': accepted, 'other/plain.txt': accepted });
  const { root } = guarded;
  symlinkSync('stack/compose.yml', join(root, 'alias.txt'));
  writeFileSync(join(root, 'alias.txt'), refused);
  await isPutBack(guarded, 'stack/compose.yml');
  assert.ok(lstatSync(join(root, 'alias.txt')).isSymbolicLink());
  symlinkSync('stack', join(root, 'way'));
  writeFileSync(join(root, 'way/compose.yml'), `${refused}# way\n`);
  await until('it was held', () => guarded.refusedVersions().includes(`${refused}# way\n`));
  await isPutBack(guarded, 'stack/compose.yml');
});

test('a read-only file that is opened, written and closed again gets content and mode back', {
  skip: isWindows,
}, async (t) => {
  const guarded = await guardedFolder(t, { [name]: accepted });
  const file = join(guarded.root, name);
  chmodSync(file, 0o444);
  await pause(100);
  chmodSync(file, 0o644);
  writeFileSync(file, refused);
  chmodSync(file, 0o444);
  await isPutBack(guarded);
  assert.equal(statSync(file).mode & 0o777, 0o444);
});

test('a link or a pipe in place of the file makes way for it', { skip: isWindows }, async (t) => {
  const guarded = await guardedFolder(t, { [name]: accepted, 'mine.txt': refused });
  const file = join(guarded.root, name);
  rmSync(file);
  symlinkSync('mine.txt', file);
  await isPutBack(guarded);
  assert.ok(lstatSync(file).isFile());
  assert.equal(onDisk(guarded.root, 'mine.txt'), refused);
  rmSync(file);
  execFileSync('mkfifo', [file]);
  await until('a file is there again', () => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true);
  assert.equal(onDisk(guarded.root, name), accepted);
});

test('a folder that is in the way is said loudly, and left alone', async (t) => {
  const guarded = await guardedFolder(t, { [name]: accepted });
  const file = join(guarded.root, name);
  rmSync(file);
  mkdirSync(file);
  writeFileSync(join(file, 'mine.txt'), 'mine');
  await until('it was said', () => guarded.told().stderr.includes('a folder stands in its place'));
  assert.equal(onDisk(guarded.root, `${name}/mine.txt`), 'mine');
  assert.doesNotMatch(guarded.told().stdout, /Put back/);
});
