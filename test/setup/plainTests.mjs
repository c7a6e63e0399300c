import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders whose tests need nothing but Node. */
const folders = ['unit', 'cases', 'process', 'protocol', 'fuzz', 'structure'];

/** Bundles the tests that need no editor to `.test-build/` and gives the bundles' paths. */
export async function buildPlainTests(root) {
  const { build } = await import('esbuild');
  const { filesEnding } = await import('./files.mjs');
  const entries = folders.flatMap((folder) => filesEnding(join(root, 'test', folder), '.test.ts'));
  const outdir = join(root, '.test-build', 'plain');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: entries,
    outdir,
    outbase: join(root, 'test'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return filesEnding(outdir, '.test.mjs');
}

/**
 * Most tests wait for programs that they have started, so that a core has time for more than one file. Node's own
 * choice is one less than there are cores.
 */
const atOnce = Math.max(2, availableParallelism());

/** Runs built tests and counts them. `print` hears what the run says. */
export async function runPlainTests(root, files, print = (text) => process.stdout.write(text)) {
  const folder = mkdtempSync(join(tmpdir(), 'infrahold-tests-'));
  const tap = join(folder, 'tests.tap');
  const reporters = ['--test-reporter=dot', '--test-reporter-destination=stdout'];
  const record = ['--test-reporter=tap', `--test-reporter-destination=${tap}`];
  const code = await new Promise((resolve) => {
    const args = ['--enable-source-maps', '--test', ...concurrency(), ...reporters, ...record, ...files];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print);
    child.on('close', resolve);
  });
  const text = readFileSync(tap, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const totals = { passed: count('pass'), failed: count('fail'), skipped: count('skipped') };
  for (const line of text.split('\n').filter((line) => line.startsWith('# ') && line.includes('sweep'))) {
    print(`${line}\n`);
  }
  return code === 0 ? totals : { ...totals, failed: Math.max(1, totals.failed) };
}

/** The first versions of Node 20 do not know the flag. */
function concurrency() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 20 || minor >= 10 ? [`--test-concurrency=${atOnce}`] : [];
}
