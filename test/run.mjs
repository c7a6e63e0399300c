import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { buildPlainTests, runPlainTests } from './setup/plainTests.mjs';

/**
 * `npm test`: sets up what is missing, then checks, builds, packs and tests. Each step says its seconds; the first
 * that fails ends the run, except that tests of all kinds always run and are counted together. These run beside each
 * other, since most of them wait most of the time.
 *
 *   --plain   everything but the suites inside VS Code
 *   --vscode  only those, with the packed extension
 *   --agents  only real agents, against the built command line
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const only = process.argv[2];
const bin = (name) => [join(root, 'node_modules', ...name.split('/'))];

/** A VS Code keeps a core busy three quarters of the time. */
const editorsAtOnce = Math.min(4, availableParallelism() + 1);

/** What tests of any kind say under this heading is said once more at the end, which is what is read of a long log. */
const heading = '\nFailed tests:\n';
const failures = [];
/** Characters of it, for each step. */
const repeated = 8_000;

const totals = { passed: 0, failed: 0, skipped: 0 };
const checks = [
  [
    'types',
    () => run([...bin('typescript/bin/tsc'), '-p', 'src/core'], [...bin('typescript/bin/tsc'), '-p', '.']),
  ],
  ['lint and format', () => run([...bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'])],
];
const packages = ['packages', () => installDependencies(root)];
const pack = ['build and pack the extension', () => run([join('test', 'setup', 'pack.mjs')])];
const withoutEditor = ['tests without an editor', plain];
const insideEditor = ['suites inside VS Code', inEditor];
const withAgents = ['real agents', agents];
const [steps, lanes] = {
  '--plain': [[packages, ...checks, pack], [[withoutEditor]]],
  '--vscode': [[packages, pack], [[insideEditor]]],
  '--agents': [[packages], [[withAgents]]],
}[only] ?? [
  [packages, ...checks, pack],
  [[insideEditor], [withoutEditor, withAgents]],
];

const started = performance.now();
if (await runSteps(steps, show)) await Promise.all(lanes.map((lane, index) => runLane(lane, index)));
process.exitCode = totals.failed === 0 ? 0 : 1;
if (failures.length > 0) console.log(`${heading}\n${failures.join('\n\n')}\n`);
console.log(`Everything took ${seconds(started)}.`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);

function show(text) {
  process.stdout.write(text);
}

/** The first lane is heard while it runs; what one beside it says comes in one piece, step by step. */
async function runLane(lane, index) {
  for (const step of lane) {
    const said = [];
    await runSteps([step], index === 0 ? show : (text) => said.push(text));
    show(said.join(''));
  }
}

async function runSteps(steps, print) {
  for (const [name, step] of steps) {
    const before = performance.now();
    print(`\n▸ ${name}\n`);
    let said = '';
    const hear = (text) => {
      said += text;
      print(text);
    };
    try {
      const note = await step(hear);
      print(`✓ ${name}: ${seconds(before)}${note ? `, ${note}` : ''}\n`);
    } catch (error) {
      print(`✗ ${name}: ${seconds(before)}, ${error instanceof Error ? error.message : error}\n`);
      if (totals.failed === 0) totals.failed = 1;
      return false;
    } finally {
      const from = said.lastIndexOf(heading);
      if (from >= 0)
        failures.push(`${name}\n${said.slice(from + heading.length, from + repeated).trimEnd()}`);
    }
  }
  return true;
}

async function plain(print) {
  return counted(await runPlainTests(root, await buildPlainTests(root), print));
}

/** On every set-up. The suites' runner is a program of its own and prints its count as its last line. */
async function inEditor(print) {
  const args = [join('test', 'vscode', 'run.mjs'), '--everywhere', '--at-once', String(editorsAtOnce)];
  const { code, last } = await output(args, print);
  if (last.startsWith('VS Code suites skipped') && code === 0) {
    totals.skipped++;
    return last;
  }
  return countedIn(code, last);
}

/** Real agents, each with a scripted model. Their runner, too, prints its count as its last line. */
async function agents(print) {
  const built = only === '--agents' ? [] : ['--built'];
  const { code, last } = await output([join('test', 'agents', 'run.mjs'), ...built], print);
  return countedIn(code, last);
}

/** The count in the last line of a runner; one that ends badly has failed at least once. */
function countedIn(code, last) {
  const [, passed, failed, skipped] = /(\d+) passed, (\d+) failed, (\d+) skipped/.exec(last) ?? [];
  if (passed === undefined) throw new Error(`the runner ended with ${code} and counted nothing: ${last}`);
  const counts = { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
  return counted(code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) });
}

function counted({ passed, failed, skipped }) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function run(...commands) {
  for (const args of commands) {
    const { code } = await output(args, show);
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
  }
}

/** Runs a Node program whose output is heard, and gives its exit code and the last line that it printed. */
function output(args, print) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let last = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print);
    child.stdout.on('data', (chunk) => {
      last = (last + chunk).slice(-400);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, last: last.trimEnd().split('\n').at(-1) ?? '' }));
  });
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
