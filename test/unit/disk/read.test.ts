import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { protectedFiles } from '../../../src/disk/files.ts';
import { GuardError } from '../../../src/store/errors.ts';
import { bytes, median, otherProcess, pause, temporaryFolder, text, write } from './temporaryFolder.ts';

const half = 'services:\n  api:\n    image: api\n';
const rest = '  redis:\n    image: redis\nvolumes:\n  data:\n';
const before = `${half}${rest}  more:\n`;

test('a finished write is read within milliseconds', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  write(root, 'compose.yml', before);
  await files.read('compose.yml');
  const times: number[] = [];
  for (let round = 0; round < 25; round++) {
    const content = `${before}# ${round}\n`;
    write(root, 'compose.yml', content);
    const started = performance.now();
    assert.equal(text(await files.read('compose.yml')), content);
    times.push(performance.now() - started);
  }
  t.diagnostic(
    `just written: median ${median(times).toFixed(1)} ms, most ${Math.max(...times).toFixed(1)} ms`,
  );
  assert.ok(Math.min(...times) < 40);
});

test('a file that was written long ago is read at once', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', before);
  utimesSync(file, 1, 1);
  await pause(2_100);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    await protectedFiles(root).read('compose.yml');
    times.push(performance.now() - started);
  }
  t.diagnostic(`median ${median(times).toFixed(1)} ms`);
  assert.ok(Math.min(...times) < 40);
});

/** A pause that a busy machine makes longer by more than this is another one than the test is about. */
const slack = 20;

/**
 * What is read of a file while another process runs `code` on it; `others` were read since it was, `undefined` where it
 * was not. A process that was held up is no proof of anything, and it begins again.
 */
async function readDuring(
  t: TestContext,
  code: string,
  others: number | undefined,
): Promise<string | undefined> {
  const root = temporaryFolder(t);
  for (let attempt = 0; ; attempt++) {
    const path = `${attempt}/compose.yml`;
    const files = protectedFiles(root);
    const file = write(root, path, before);
    if (others !== undefined) await files.read(path);
    for (let other = 0; other < (others ?? 0); other++) await files.read(`${other}.yml`);
    const writer = await otherProcess(t, file, code);
    const seen = text(await files.read(path));
    if ((await writer.ended) <= slack || attempt === 30) return seen;
  }
}

for (const [which, others] of [
  ['on the first read of the file', undefined],
  ['of a file that was read before', 0],
  ['of a file that was read before a hundred others', 100],
] as const) {
  test(`a write in two halves 100 ms apart is read whole, ${which}`, async (t) => {
    const code = `const d = fs.openSync(file, 'w'); fs.writeSync(d, ${JSON.stringify(half)}); begun();
       await pause(100); fs.writeSync(d, ${JSON.stringify(rest)}); fs.closeSync(d);`;
    assert.equal(await readDuring(t, code, others), half + rest);
  });
}

test('a truncation followed by the content in two writes is read whole', async (t) => {
  const code = `const d = fs.openSync(file, 'w'); begun(); await pause(60); fs.writeSync(d, ${JSON.stringify(half)});
     await pause(100); fs.writeSync(d, ${JSON.stringify(rest)}); fs.closeSync(d);`;
  assert.equal(await readDuring(t, code, 0), half + rest);
});

test('a file that another process renames over is read as one of its two contents', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'compose.yml', before);
  const writer = await otherProcess(
    t,
    file,
    `begun(); for (let i = 0; i < 40; i++) { fs.writeFileSync(file + '.new', ${JSON.stringify(before)} + '# ' + i + '\\n');
     fs.renameSync(file + '.new', file); await pause(5); }`,
  );
  for (let round = 0; round < 10; round++) {
    assert.match(text(await files.read('compose.yml')) ?? 'gone', / {2}more:\n(# \d+\n)?$/);
  }
  await writer.ended;
});

test('a file that is deleted and made again at once was never gone', async (t) => {
  const code = `fs.rmSync(file); begun(); await pause(25); fs.writeFileSync(file, ${JSON.stringify(half + rest)});`;
  assert.equal(await readDuring(t, code, 0), half + rest);
});

test('a file that stays deleted is gone after a moment', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'compose.yml', before);
  await files.read('compose.yml');
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    write(root, 'compose.yml', before);
    await files.read('compose.yml');
    rmSync(file);
    const started = performance.now();
    assert.equal(await files.read('compose.yml'), undefined);
    times.push(performance.now() - started);
  }
  t.diagnostic(`gone after ${times.map(Math.round).join(', ')} ms`);
  assert.ok(Math.min(...times) >= 50 && Math.min(...times) < 300);
});

test('a file in a folder that is not there is gone, not an error', async (t) => {
  assert.equal(await protectedFiles(temporaryFolder(t)).read('a/b/compose.yml'), undefined);
});

test('a file that was emptied for good is read as empty', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  write(root, 'compose.yml', before);
  await files.read('compose.yml');
  write(root, 'compose.yml', '');
  assert.equal(text(await files.read('compose.yml')), '');
});

test('a writer that never stops does not hold up a read for ever', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'compose.yml', before);
  await files.read('compose.yml');
  const writer = await otherProcess(
    t,
    file,
    `begun(); let i = 0;
     while (!fs.existsSync(file + '.end')) { fs.writeFileSync(file, 'n: ' + i++ + '\\n'); await pause(2); }`,
  );
  // That it answers at all is the proof: the writer goes on until it has.
  assert.match(text(await files.read('compose.yml')) ?? 'gone', /^(n: \d+\n)?$/);
  write(root, 'compose.yml.end', '');
  await writer.ended;
});

test('a path that leaves the workspace is refused', async (t) => {
  const folder = temporaryFolder(t);
  const root = join(folder, 'shop');
  mkdirSync(root);
  write(folder, 'outside/compose.yml', 'secret\n');
  symlinkSync(join(folder, 'outside'), join(root, 'link'));
  const files = protectedFiles(root);
  const refused = (error: unknown) => error instanceof GuardError && error.code === 'unsafe-path';
  for (const path of [
    '../outside/compose.yml',
    '/etc/passwd',
    'a/../../x',
    'link/compose.yml',
    '',
    'a//b',
    './a',
    'a\0',
  ]) {
    await assert.rejects(files.read(path), refused, path);
    await assert.rejects(files.replace(path, bytes('x')), refused, path);
    await assert.rejects(files.replace(path, undefined), refused, path);
  }
});

test('a folder, a pipe or a link to itself in place of the file is no file', {
  skip: process.platform === 'win32',
}, async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'folder.yml'));
  symlinkSync('loop.yml', join(root, 'loop.yml'));
  execFileSync('mkfifo', [join(root, 'pipe.yml')]);
  for (const path of ['folder.yml', 'loop.yml', 'pipe.yml']) {
    assert.equal(await protectedFiles(root).read(path), undefined, path);
  }
});

test('a link and a hard link are read like the file itself', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'deploy/compose.yml', before);
  symlinkSync('deploy/compose.yml', join(root, 'link.yml'));
  linkSync(file, join(root, 'hard.yml'));
  const files = protectedFiles(root);
  assert.equal(text(await files.read('link.yml')), before);
  assert.equal(text(await files.read('hard.yml')), before);
});

test('two hundred files written at once are all read soon', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const paths = Array.from({ length: 200 }, (_, index) => `k8s/${index}.yml`);
  for (const path of paths) write(root, path, before);
  await Promise.all(paths.map((path) => files.read(path)));
  for (const path of paths) {
    writeFileSync(join(root, `${path}.new`), `${before}# ${path}\n`);
    renameSync(join(root, `${path}.new`), join(root, path));
  }
  const started = performance.now();
  const contents = await Promise.all(paths.map((path) => files.read(path)));
  t.diagnostic(`200 files in ${(performance.now() - started).toFixed(0)} ms`);
  assert.ok(contents.every((content, index) => text(content) === `${before}# ${paths[index]}\n`));
});
