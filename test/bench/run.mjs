import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installDependencies } from '../setup/dependencies.mjs';
import { hookStarts } from './hooks.mjs';

/**
 * Measures what the project promises: sizes, the cold start of a hook, the time of a judgement, the time of
 * activation. Speeds are ratios of two things measured in turns in one run, since machines differ and are noisy.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

installDependencies(root);
const rows = [...(await sizes()), ...(await hookStarts(root)), ...(await judging()), ...(await activation())];
for (const { name, value, budget, ok } of rows) {
  const mark = ok === undefined ? ' ' : ok ? '✓' : '✗';
  console.log(`${mark} ${name.padEnd(58)} ${value.padStart(24)}  ${budget ?? ''}`);
}
process.exitCode = rows.some(({ ok }) => ok === false) ? 1 : 0;

async function sizes() {
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed; see above');
  const { bundleSizes } = await import('./sizes.mjs');
  return bundleSizes(root).map(({ name, bytes, most }) => ({
    name: `size of ${name}`,
    value: `${(bytes / 1000).toFixed(1)} KB`,
    budget: `≤ ${most} KB`,
    ok: bytes <= most * 1000,
  }));
}

async function judging() {
  const { build } = await import('esbuild');
  const outfile = join(root, '.test-build', 'bench', 'judging.mjs');
  await build({
    entryPoints: [join(root, 'test/bench/judging.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  const { timeJudging } = await import(pathToFileURL(outfile).href);
  return timeJudging([10, 100, 1000]).map(({ services, kilobytes, judge, jsYaml }) => ({
    name: `judging ${services} services (${kilobytes.toFixed(0)} KB), one changed`,
    value: `${judge.toFixed(1)} ms = ${(judge / jsYaml).toFixed(1)} × js-yaml`,
  }));
}

async function activation() {
  const script = join(root, 'test', 'vscode', 'activation.mjs');
  if (!existsSync(script) || !statSync(script).isFile()) return [];
  const { timeActivation } = await import(pathToFileURL(script).href);
  return timeActivation(root);
}
