import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sameBytes } from '../../src/content.ts';
import { openStore } from '../../src/store/open.ts';
import { chance } from './chance.ts';
import { type Life, mortalGuard } from './mortalGuard.ts';
import { acceptedText, files, type Written } from './texts.ts';
import { type WriterTask, writeAtRandom } from './writer.ts';

const writers = 4;
/** What takes the name of a file, and does not write into it. */
const takeTheName = ['rename', 'folder', 'link'];
const fewOfMany = 500;

const { values } = parseArgs({
  options: { writes: { type: 'string' }, seed: { type: 'string' }, task: { type: 'string' } },
});
if (values.task !== undefined) await writeAtRandom(JSON.parse(values.task));
else process.exitCode = (await runFaults(Number(values.writes ?? 10_000), Number(values.seed ?? 1))) ? 0 : 1;

async function runFaults(writes: number, seed: number): Promise<boolean> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-fault-')));
  const root = join(base, 'work');
  const state = join(base, 'state');
  for (const folder of [root, state, join(base, 'aside')]) mkdirSync(folder);
  for (const path of files) putByHand(root, path);
  const env = { ...process.env, INFRAHOLD_STATE_HOME: state, GIT_CEILING_DIRECTORIES: base };
  const cli = resolve('dist', 'cli.js');
  const guard = mortalGuard(cli, root, env);
  const started = Date.now();
  await guard.start();
  let isWriting = true;
  const tasks = Array.from({ length: writers }, (_, index) => taskOf(base, index, writes / writers, seed));
  const writing = Promise.all(tasks.map(runWriter)).finally(() => {
    isWriting = false;
  });
  const next = chance(seed);
  while (isWriting) {
    await Promise.race([writing, pause(500 + next() * 4_000)]);
    if (!isWriting) break;
    await guard.kill();
    await pause(next() * 400);
    await guard.start();
  }
  const written = tasks.flatMap(({ log }) => linesOf(log));
  const { asked, wrong } = await answerQuestions(root, written, guard.lives.at(-1));
  await guard.kill();
  const audit = spawnSync(process.execPath, [cli, 'log', '--verify'], { cwd: root, env, encoding: 'utf8' });
  const { owed, missing, kept } = await missingVersions(root, state, written);
  const instant = missing.filter(({ taken }) => takeTheName.includes(taken?.op ?? ''));
  console.log(
    `fault sweep: seed ${seed}, ${writes} writes by ${writers} processes to ${files.length} files, ` +
      `${guard.lives.length - 1} kills, ${kept} versions in quarantine, ${owed} taken off the disk and ${missing.length} of these missing, ` +
      `${instant.length} of them for another file that came in the instant of a restore, ` +
      `${asked} questions answered by hand, ${wrong.length} files wrong, audit ${audit.status === 0 ? 'intact' : 'broken'}, ` +
      `${((Date.now() - started) / 1_000).toFixed(0)} s`,
  );
  for (const path of wrong) console.log(`wrong at the end: ${path}`);
  for (const { path, taken, at } of missing.slice(0, 10))
    console.log(`not kept: ${path}, ${taken?.op}, gone at ${at}`);
  if (audit.status !== 0) console.log(audit.stdout, audit.stderr);
  const isKept = missing.length === instant.length && instant.length <= owed / fewOfMany;
  const isRight = wrong.length === 0 && isKept && audit.status === 0 && owed > 0;
  if (isRight) rmSync(base, { recursive: true, force: true });
  else console.log(`left for a look: ${base}`);
  return isRight;
}

function taskOf(base: string, index: number, writes: number, seed: number): WriterTask {
  const paths = files.filter((_path, at) => at % writers === index);
  const log = join(base, `writer-${index}.jsonl`);
  return {
    root: join(base, 'work'),
    aside: join(base, 'aside'),
    log,
    paths,
    writes,
    seed: seed * 100 + index,
  };
}

async function runWriter(task: WriterTask): Promise<void> {
  const args = ['--task', JSON.stringify(task)];
  const [code] = await once(fork(fileURLToPath(import.meta.url), args), 'exit');
  if (code !== 0) throw new Error(`a writer ended with ${code}`);
}

/**
 * What was changed while no guard was there is a question and stays; a person who puts it back does so by hand. All
 * else the guard has put back by then: a file that was written before the guard that is at work, and is not right, is
 * wrong.
 */
async function answerQuestions(
  root: string,
  written: readonly Written[],
  last: Life | undefined,
): Promise<{ readonly asked: number; readonly wrong: readonly string[] }> {
  const isWrong = (path: string) => textAt(root, path) !== acceptedText(path);
  const isOurs = (path: string) =>
    written.some((one) => one.path === path && one.text !== undefined && one.at >= (last?.from ?? 0));
  await waitUntil(() => !files.some((path) => isWrong(path) && isOurs(path)));
  const left = files.filter(isWrong);
  for (const path of left) putByHand(root, path);
  // A guard that takes what a person put back for one more edit would undo it.
  await pause(2_000);
  const wrong = [...left.filter(isOurs), ...files.filter(isWrong)];
  return { asked: left.length - left.filter(isOurs).length, wrong };
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!isSo() && Date.now() < end) await pause(100);
}

/**
 * Whatever a guard took off the disk is in quarantine, whole, however it was killed. A version that a writer came over
 * before any guard had looked is nobody's to keep; how soon a guard looks is measured in `npm run bench`. What was
 * written into the file is kept without exception. Another file that takes its name in the very instant between the
 * guard's last look and its own rename is gone unseen, by the guard and by everybody else: few of many, and counted.
 */
async function missingVersions(
  root: string,
  stateHome: string,
  written: readonly Written[],
): Promise<{ readonly owed: number; readonly missing: readonly Written[]; readonly kept: number }> {
  const { quarantine } = await openStore(root, { stateHome });
  const owed = written.filter(({ taken }) => taken !== undefined);
  const missing: Written[] = [];
  for (const one of owed) {
    const bytes = new TextEncoder().encode(one.taken?.text);
    const known = await quarantine.find(one.path, bytes);
    const version = known && (await quarantine.get(known.id));
    if (!sameBytes(version?.content, bytes)) missing.push(one);
  }
  return { owed: owed.length, missing, kept: (await quarantine.list()).length };
}

function putByHand(root: string, path: string): void {
  const file = join(root, path);
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, acceptedText(path));
}

/** A link is not the accepted file, whatever it leads to. */
function textAt(root: string, path: string): string | undefined {
  const file = join(root, path);
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return readFileSync(file, 'utf8');
}

function linesOf(log: string): readonly Written[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
