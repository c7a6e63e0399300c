import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { protectedFiles } from '../../../src/disk/files.ts';
import { findProtected } from '../../../src/disk/find.ts';
import { GuardError } from '../../../src/store/errors.ts';
import {
  bytes,
  isRoot,
  median,
  otherProcess,
  program,
  temporaryFolder,
  text,
  write,
} from './temporaryFolder.ts';

const isWindows = process.platform === 'win32';
const accepted = 'services:\n  api:\n    image: api\n';

const [, , mode, root] = process.argv;
if (root !== undefined) {
  // This file also serves as the program that stands in for a user with less rights or less space.
  if (mode === 'as-nobody') await replaceAsNobody(root);
  else await replaceWithoutSpace(root);
  process.exit();
}

/** The superuser may write everywhere, so a process of another user shows what happens to the others. */
async function replaceAsNobody(root: string): Promise<void> {
  if (isRoot) process.setuid?.(65_534);
  const files = protectedFiles(root);
  await files.replace('closed/compose.yml', bytes(accepted));
  await files.replace('closed/read-only.yml', bytes(accepted));
  await assert.rejects(files.replace('closed/new.yml', bytes(accepted)), { code: 'no-permission' });
}

async function replaceWithoutSpace(root: string): Promise<void> {
  process.on('SIGXFSZ', () => undefined);
  const content = bytes('x'.repeat(1_000_000));
  await assert.rejects(
    protectedFiles(root).replace('compose.yml', content),
    (error: unknown) =>
      error instanceof GuardError && error.code === 'no-space' && /Free some space/.test(error.message),
  );
}

test('a replaced file has the new content, the old mode, and leaves nothing beside it', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', 'other\n');
  const files = protectedFiles(root);
  for (const fileMode of isWindows ? [0o666] : [0o600, 0o644, 0o444, 0o755]) {
    chmodSync(file, fileMode);
    await files.replace('compose.yml', bytes(accepted));
    assert.equal(readFileSync(file, 'utf8'), accepted);
    assert.equal(statSync(file).mode & 0o777, fileMode);
  }
  assert.deepEqual(readdirSync(root), ['compose.yml']);
});

test('the owner of a file stays its owner', { skip: !isRoot }, async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', 'other\n');
  chownSync(file, 1234, 2345);
  await protectedFiles(root).replace('compose.yml', bytes(accepted));
  const { uid, gid } = statSync(file);
  assert.deepEqual({ uid, gid }, { uid: 1234, gid: 2345 });
});

test('a deleted file comes back with its folder and its mode', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'deploy/prod/.env', 'TOKEN=1\n');
  chmodSync(file, 0o600);
  const files = protectedFiles(root);
  await files.read('deploy/prod/.env');
  rmSync(join(root, 'deploy'), { recursive: true });
  await files.read('deploy/prod/.env');
  await files.replace('deploy/prod/.env', bytes('TOKEN=1\n'));
  assert.equal(readFileSync(file, 'utf8'), 'TOKEN=1\n');
  if (!isWindows) assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('an accepted removal removes the file, and once more does no harm', async (t) => {
  const root = temporaryFolder(t);
  write(root, 'compose.yml', accepted);
  const files = protectedFiles(root);
  await files.replace('compose.yml', undefined);
  await files.replace('compose.yml', undefined);
  await files.replace('no/such/folder.yml', undefined);
  assert.deepEqual(readdirSync(root), []);
});

test('a link stays a link and its target is replaced', { skip: isWindows }, async (t) => {
  const root = temporaryFolder(t);
  const target = write(root, 'deploy/compose.yml', 'other\n');
  symlinkSync('deploy/compose.yml', join(root, 'compose.yml'));
  const files = protectedFiles(root);
  await files.read('compose.yml');
  await files.replace('compose.yml', bytes(accepted));
  assert.equal(readlinkSync(join(root, 'compose.yml')), 'deploy/compose.yml');
  assert.equal(readFileSync(target, 'utf8'), accepted);
  assert.deepEqual(readdirSync(join(root, 'deploy')), ['compose.yml']);
  rmSync(target);
  await files.replace('compose.yml', bytes(accepted));
  assert.equal(readFileSync(target, 'utf8'), accepted);
});

test('a link that was turned to another file does not cost that file', { skip: isWindows }, async (t) => {
  const root = temporaryFolder(t);
  write(root, 'compose.yml', accepted);
  const readme = write(root, 'README.md', '# Shop\n');
  const files = protectedFiles(root);
  await files.read('compose.yml');
  rmSync(join(root, 'compose.yml'));
  symlinkSync('README.md', join(root, 'compose.yml'));
  assert.equal(text(await files.read('compose.yml')), '# Shop\n');
  await files.replace('compose.yml', bytes(accepted));
  assert.equal(readFileSync(readme, 'utf8'), '# Shop\n');
  assert.ok(lstatSync(join(root, 'compose.yml')).isFile());
  assert.equal(readFileSync(join(root, 'compose.yml'), 'utf8'), accepted);
});

test('a link out of the workspace is replaced itself, and nothing outside is written', {
  skip: isWindows,
}, async (t) => {
  const folder = temporaryFolder(t);
  const outside = write(folder, 'outside.yml', 'outside\n');
  mkdirSync(join(folder, 'shop'));
  symlinkSync(outside, join(folder, 'shop/compose.yml'));
  await protectedFiles(join(folder, 'shop')).replace('compose.yml', bytes(accepted));
  assert.equal(readFileSync(outside, 'utf8'), 'outside\n');
  assert.equal(readFileSync(join(folder, 'shop/compose.yml'), 'utf8'), accepted);
});

test('an empty folder in place of the file makes way, a full one is left alone', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'compose.yml'));
  const files = protectedFiles(root);
  await files.replace('compose.yml', bytes(accepted));
  assert.equal(readFileSync(join(root, 'compose.yml'), 'utf8'), accepted);
  write(root, 'other.yml/inside', 'x');
  await assert.rejects(files.replace('other.yml', bytes(accepted)), { name: 'GuardError' });
  assert.deepEqual(readdirSync(join(root, 'other.yml')), ['inside']);
});

test('a folder that admits no new file has its files written in place', {
  skip: isWindows || !isRoot,
}, async (t) => {
  const root = temporaryFolder(t);
  chmodSync(root, 0o755);
  for (const name of ['compose.yml', 'read-only.yml']) {
    const file = write(root, `closed/${name}`, `${accepted}  redis:\n    image: redis\n`);
    chownSync(file, 65_534, 65_534);
  }
  chmodSync(join(root, 'closed/read-only.yml'), 0o444);
  await program(t, fileURLToPath(import.meta.url), ['as-nobody', root]);
  for (const name of ['compose.yml', 'read-only.yml']) {
    assert.equal(readFileSync(join(root, 'closed', name), 'utf8'), accepted);
  }
  assert.equal(statSync(join(root, 'closed/read-only.yml')).mode & 0o777, 0o444);
  assert.deepEqual(readdirSync(join(root, 'closed')), ['compose.yml', 'read-only.yml']);
});

test('without space the old content stays, nothing is left over, and the error says so', {
  skip: isWindows,
}, async (t) => {
  const root = temporaryFolder(t);
  write(root, 'compose.yml', 'other\n');
  const self = fileURLToPath(import.meta.url);
  // A limit on the size of a file is what a full disk looks like to a single process.
  const launcher = join(root, 'launch.cjs');
  writeFileSync(
    launcher,
    `const { spawnSync } = require('node:child_process');
     const { status } = spawnSync('sh', ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath, ...process.argv.slice(2)], { stdio: 'inherit' });
     process.exit(status ?? 1);`,
  );
  await program(t, launcher, [self, 'with-no-space', root]);
  rmSync(launcher);
  assert.equal(readFileSync(join(root, 'compose.yml'), 'utf8'), 'other\n');
  assert.deepEqual(readdirSync(root), ['compose.yml']);
});

test('a program in the middle of its write never mixes with what was put back', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', accepted);
  const writer = await otherProcess(
    t,
    file,
    `const d = fs.openSync(file, 'w'); fs.writeSync(d, 'evil: 1\\n'); begun();
     await pause(100); fs.writeSync(d, 'evil: 2\\n'); fs.closeSync(d);`,
  );
  await protectedFiles(root).replace('compose.yml', bytes(accepted));
  await writer.ended;
  assert.equal(readFileSync(file, 'utf8'), accepted);
});

test('a reader sees the old or the new content and never a part', async (t) => {
  const root = temporaryFolder(t);
  const one = `${'a'.repeat(200_000)}\n`;
  const other = `${'b'.repeat(200_000)}\n`;
  const file = write(root, 'compose.yml', one);
  const reader = await otherProcess(
    t,
    file,
    `begun(); const end = Date.now() + 500; while (Date.now() < end) {
       const text = fs.readFileSync(file, 'utf8');
       if (!/^(a{200000}|b{200000})\\n$/.test(text)) throw new Error('a part: ' + text.length);
     }`,
  );
  const files = protectedFiles(root);
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const started = performance.now();
    await files.replace('compose.yml', bytes(round % 2 === 0 ? other : one));
    times.push(performance.now() - started);
  }
  await reader.ended;
  t.diagnostic(`median ${median(times).toFixed(1)} ms for 200 kB`);
});

test('protected files are found in every folder but .git and node_modules, links to folders aside', async (t) => {
  const root = temporaryFolder(t);
  for (const path of [
    'b.yml',
    'a/c.yml',
    'a/d/e.yml',
    '.git/x.yml',
    'node_modules/y.yml',
    'a/node_modules/z.yml',
    'f.txt',
  ]) {
    write(root, path, 'x');
  }
  write(root, '.b.yml.infrahold-0123456789ab.tmp', 'x');
  if (!isWindows) {
    symlinkSync('..', join(root, 'a/loop'));
    symlinkSync('f.txt', join(root, 'link.yml'));
    symlinkSync('nothing', join(root, 'dangling.yml'));
  }
  const found = await findProtected(root, (path) => /\.(yml|tmp)$/.test(path));
  assert.deepEqual(found, ['a/c.yml', 'a/d/e.yml', 'b.yml', ...(isWindows ? [] : ['link.yml'])]);
});
