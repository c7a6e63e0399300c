import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** Runs built tests and counts them. Rejects when one fails. */
export async function runPlainTests(root, files) {
  const folder = mkdtempSync(join(tmpdir(), 'infrahold-tests-'));
  const tap = join(folder, 'tests.tap');
  const reporters = ['--test-reporter=dot', '--test-reporter-destination=stdout'];
  const record = ['--test-reporter=tap', `--test-reporter-destination=${tap}`];
  const code = await new Promise((resolve) => {
    const args = ['--enable-source-maps', '--test', ...reporters, ...record, ...files];
    spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).on('exit', resolve);
  });
  const text = readFileSync(tap, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const totals = { passed: count('pass'), failed: count('fail'), skipped: count('skipped') };
  for (const line of text.split('\n').filter((line) => line.startsWith('# ') && line.includes('sweep'))) {
    console.log(line);
  }
  return code === 0 ? totals : { ...totals, failed: Math.max(1, totals.failed) };
}
