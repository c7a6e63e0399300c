import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { buildPlainTests, runPlainTests } from './setup/plainTests.mjs';

/**
 * `npm test`: sets up what is missing, then checks, builds, packs and tests. Each step says its seconds; the first
 * that fails ends the run, except that tests of both kinds always run and are counted together.
 *
 *   --plain   everything but the suites inside VS Code
 *   --vscode  only those, with the packed extension
 *   --agents  only real agents, against the built command line
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const only = process.argv[2];
const bin = (name) => [join(root, 'node_modules', ...name.split('/'))];

const totals = { passed: 0, failed: 0, skipped: 0 };
const checks = [
  [
    'types',
    () => run([...bin('typescript/bin/tsc'), '-p', 'src/core'], [...bin('typescript/bin/tsc'), '-p', '.']),
  ],
  ['lint and format', () => run([...bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'])],
];
const packages = ['packages', () => installDependencies(root)];
const withAgents = ['real agents', agents];
const steps =
  only === '--agents'
    ? [packages, withAgents]
    : [
        packages,
        ...(only === '--vscode' ? [] : checks),
        ['build and pack the extension', () => run([join('test', 'setup', 'pack.mjs')])],
        ...(only === '--vscode' ? [] : [['tests without an editor', plain]]),
        ...(only === '--plain' ? [] : [['suites inside VS Code', inEditor]]),
        ...(only === undefined ? [withAgents] : []),
      ];

const started = performance.now();
process.exitCode = (await runAll()) && totals.failed === 0 ? 0 : 1;
console.log(`Everything took ${seconds(started)}.`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);

async function runAll() {
  for (const [name, step] of steps) {
    const before = performance.now();
    console.log(`\n▸ ${name}`);
    try {
      const note = await step();
      console.log(`✓ ${name}: ${seconds(before)}${note ? `, ${note}` : ''}`);
    } catch (error) {
      console.log(`✗ ${name}: ${seconds(before)}, ${error instanceof Error ? error.message : error}`);
      if (totals.failed === 0) totals.failed = 1;
      return false;
    }
  }
  return true;
}

async function plain() {
  return counted(await runPlainTests(root, await buildPlainTests(root)));
}

/**
 * With and without what only code-server tells about a change, and on the oldest VS Code that the manifest admits. The
 * suites' runner is a program of its own and prints its count as its last line.
 */
async function inEditor() {
  const runs = [
    ['--vscode', '1.139.1', '--reason', 'both'],
    ['--vscode', '1.105.1', '--reason', 'hidden'],
  ];
  const notes = [];
  for (const args of runs) {
    const { code, last } = await output([join('test', 'vscode', 'run.mjs'), ...args]);
    if (last.startsWith('VS Code suites skipped') && code === 0) {
      totals.skipped++;
      return last;
    }
    notes.push(countedIn(code, last));
  }
  return notes.join('; ');
}

/** Real agents, each with a scripted model. Their runner, too, prints its count as its last line. */
async function agents() {
  const { code, last } = await output([join('test', 'agents', 'run.mjs')]);
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
    const { code } = await output(args);
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
  }
}

/** Runs a Node program with its output shown, and gives its exit code and the last line that it printed. */
function output(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let last = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      last = (last + chunk).slice(-400);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, last: last.trimEnd().split('\n').at(-1) ?? '' }));
  });
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
