import assert from 'node:assert/strict';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { protectedFiles } from '../../../src/disk/files.ts';
import { watchFiles } from '../../../src/disk/watch.ts';
import { bytes, median, otherProcess, pause, temporaryFolder, until, write } from './temporaryFolder.ts';

const isWindows = process.platform === 'win32';
/** Generous: a busy machine is slow, and the poll would take a second. */
const soon = 700;

async function watched(t: TestContext, root: string) {
  const written: string[] = [];
  const errors: string[] = [];
  const watch = watchFiles(root, {
    protects: (path) => path.endsWith('.yml'),
    onWrite: (path) => void written.push(path),
    onError: (message) => void errors.push(message),
  });
  t.after(() => watch.dispose());
  await watch.ready;
  await pause(30);
  written.length = 0;
  const told = (path: string, most = soon) => until(`${path} is told`, () => written.includes(path), most);
  /** Does something, and gives how long after it the path was told. */
  const tells = async (path: string, act: () => void) => {
    await pause(15);
    written.length = 0;
    act();
    return told(path);
  };
  return { written, errors, told, tells, watch };
}

test('writing in place, appending, renaming over and deleting are all told within milliseconds', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'deploy/compose.yml', '0');
  const { tells, errors } = await watched(t, root);
  const times: Record<string, number[]> = { write: [], append: [], rename: [], delete: [], again: [] };
  for (let round = 0; round < 15; round++) {
    const path = 'deploy/compose.yml';
    times.write?.push(await tells(path, () => writeFileSync(file, `${round}`)));
    times.append?.push(await tells(path, () => appendFileSync(file, 'x')));
    writeFileSync(`${file}.new`, `new ${round}`);
    times.rename?.push(await tells(path, () => renameSync(`${file}.new`, file)));
    times.delete?.push(await tells(path, () => unlinkSync(file)));
    times.again?.push(await tells(path, () => writeFileSync(file, 'again')));
  }
  const medians = Object.entries(times).map(([name, all]) => `${name} ${median(all).toFixed(2)}`);
  t.diagnostic(`medians in ms: ${medians.join(', ')}`);
  assert.deepEqual(errors, []);
});

test('a write by another process is told', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', '0');
  const { told } = await watched(t, root);
  const writer = await otherProcess(t, file, `await pause(30); fs.writeFileSync(file, 'x'); begun();`);
  await told('compose.yml');
  await writer.ended;
});

test('a new folder with a new file in it is told, and so is every later write there', async (t) => {
  const root = temporaryFolder(t);
  const { tells } = await watched(t, root);
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    const path = `new${round}/a/b/compose.yml`;
    times.push(await tells(path, () => void write(root, path, 'x')));
    await pause(20);
    await tells(path, () => void write(root, path, 'y'));
  }
  t.diagnostic(`median ${median(times).toFixed(2)} ms`);
});

test('a folder that is moved in brings its files, and one that is moved away takes them', async (t) => {
  const folder = temporaryFolder(t);
  const root = join(folder, 'shop');
  mkdirSync(root);
  write(folder, 'elsewhere/x/compose.yml', '0');
  const { tells } = await watched(t, root);
  await tells('in/x/compose.yml', () => renameSync(join(folder, 'elsewhere'), join(root, 'in')));
  await pause(20);
  await tells('in/x/compose.yml', () => void write(root, 'in/x/compose.yml', '1'));
  await tells('in/x/compose.yml', () => renameSync(join(root, 'in'), join(folder, 'out')));
});

test('a folder that is deleted and made again is still watched', async (t) => {
  const root = temporaryFolder(t);
  write(root, 'a/b/compose.yml', '0');
  const { tells } = await watched(t, root);
  for (let round = 0; round < 5; round++) {
    await tells('a/b/compose.yml', () => rmSync(join(root, 'a'), { recursive: true }));
    await tells('a/b/compose.yml', () => void write(root, 'a/b/compose.yml', '1'));
    await pause(20);
    await tells('a/b/compose.yml', () => void write(root, 'a/b/compose.yml', '2'));
    await pause(20);
    await tells('a/b/compose.yml', () => {
      rmSync(join(root, 'a'), { recursive: true });
      write(root, 'a/b/compose.yml', '3');
    });
    await pause(20);
    await tells('a/b/compose.yml', () => void write(root, 'a/b/compose.yml', '4'));
  }
});

test('a root that is deleted and made again is watched again', async (t) => {
  const root = join(temporaryFolder(t), 'shop');
  write(root, 'compose.yml', '0');
  const { written, tells, told } = await watched(t, root);
  await tells('compose.yml', () => rmSync(root, { recursive: true }));
  await pause(50);
  written.length = 0;
  write(root, 'compose.yml', '1');
  await told('compose.yml', 3_000);
  await pause(200);
  const took = await tells('compose.yml', () => void write(root, 'compose.yml', '2'));
  t.diagnostic(`a write after that: ${took.toFixed(1)} ms`);
});

test('a root that is reached through a link gives paths from the root', { skip: isWindows }, async (t) => {
  const folder = temporaryFolder(t);
  write(folder, 'real/shop/a/compose.yml', '0');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  const { tells } = await watched(t, join(folder, 'link/shop'));
  await tells('a/compose.yml', () => void write(folder, 'real/shop/a/compose.yml', '1'));
});

test('a write through another name of the file is told', { skip: isWindows }, async (t) => {
  const folder = temporaryFolder(t);
  const root = join(folder, 'shop');
  const file = write(root, 'compose.yml', '0');
  linkSync(file, join(folder, 'hard'));
  write(folder, 'target', '0');
  symlinkSync('../target', join(root, 'link.yml'));
  const { tells } = await watched(t, root);
  for (let round = 0; round < 3; round++) {
    await tells('compose.yml', () => writeFileSync(join(folder, 'hard'), `${round}`));
    await pause(20);
    await tells('link.yml', () => writeFileSync(join(folder, 'target'), `${round}`));
    await pause(20);
  }
});

test('a hard link that is made later is followed from the next poll on', { skip: isWindows }, async (t) => {
  const folder = temporaryFolder(t);
  const file = write(folder, 'shop/compose.yml', '0');
  const { told, tells } = await watched(t, join(folder, 'shop'));
  linkSync(file, join(folder, 'hard'));
  writeFileSync(join(folder, 'hard'), 'evil');
  const took = await told('compose.yml', 3_000);
  await pause(30);
  const later = await tells('compose.yml', () => writeFileSync(join(folder, 'hard'), 'again'));
  t.diagnostic(`at first ${took.toFixed(0)} ms, then ${later.toFixed(1)} ms`);
});

test('other files, .git, node_modules and the temporary files of a replacement are not told', async (t) => {
  const root = temporaryFolder(t);
  write(root, 'compose.yml', '0');
  write(root, '.git/compose.yml', '0');
  write(root, 'node_modules/a/compose.yml', '0');
  const { written, told } = await watched(t, root);
  write(root, '.git/compose.yml', '1');
  write(root, 'node_modules/a/compose.yml', '1');
  write(root, 'other.txt', '1');
  await protectedFiles(root).replace('compose.yml', bytes('2'));
  await told('compose.yml');
  await pause(100);
  assert.deepEqual([...new Set(written)], ['compose.yml']);
});

test('a thousand writes in a row end with the last one told', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', '0');
  const { written } = await watched(t, root);
  const writer = await otherProcess(
    t,
    file,
    `for (let i = 0; i < 1000; i++) fs.writeFileSync(file, 'n: ' + i); begun();`,
  );
  await writer.ended;
  await pause(50);
  const soFar = written.length;
  t.diagnostic(`told ${soFar} times`);
  assert.ok(soFar > 0 && soFar <= 500);
  await pause(1_300);
  assert.equal(written.length, soFar, 'the poll finds nothing that was not told');
});

test('a disposed watch tells nothing more', async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', '0');
  const { written, watch } = await watched(t, root);
  watch.dispose();
  writeFileSync(file, '1');
  await pause(1_200);
  assert.deepEqual(written, []);
});

test('a tree of five thousand folders is watched quickly and cheaply', async (t) => {
  const root = temporaryFolder(t);
  for (let index = 0; index < 5_000; index++)
    mkdirSync(join(root, `${index % 50}/${index}`), { recursive: true });
  write(root, '7/4907/compose.yml', '0');
  const memory = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { tells } = await watched(t, root);
  const took = performance.now() - started - 30;
  const { user, system } = process.cpuUsage(cpu);
  const megabytes = (process.memoryUsage().rss - memory) / 1_048_576;
  t.diagnostic(
    `ready in ${took.toFixed(0)} ms, ${((user + system) / 1_000).toFixed(0)} ms of CPU, ${megabytes.toFixed(0)} MiB`,
  );
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    times.push(await tells('7/4907/compose.yml', () => void write(root, '7/4907/compose.yml', `${round}`)));
  }
  t.diagnostic(`a write: median ${median(times).toFixed(2)} ms`);
});

// A disk on which upper and lower case are one can seldom be mounted: a hard link stands in for the other spelling.
test('a file that is told of by another spelling is told under the name that is known', {
  skip: isWindows,
}, async (t) => {
  const root = temporaryFolder(t);
  const file = write(root, 'compose.yml', '0');
  const { written, tells } = await watched(t, root);
  await tells('compose.yml', () => linkSync(file, join(root, 'Compose.yml')));
  await tells('compose.yml', () => appendFileSync(join(root, 'Compose.yml'), '1'));
  assert.deepEqual([...new Set(written)], ['compose.yml']);
  // Another file that differs by case alone is another.
  await tells('COMPOSE.yml', () => write(root, 'COMPOSE.yml', '2'));
});
