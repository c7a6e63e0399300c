import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installDependencies } from '../setup/dependencies.mjs';
import { hookStarts } from './hooks.mjs';
import { restoreTimes } from './restores.mjs';
import { scale } from './scale.mjs';

/**
 * Measures what the project promises: sizes, the cold start of a hook, the time of a judgement, the time of
 * activation. Speeds are ratios of two things measured in turns in one run, since machines differ and are noisy.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

installDependencies(root);
const rows = [
  ...(await sizes()),
  ...(await hookStarts(root)),
  ...(await judging()),
  ...(await growth()),
  ...(await limits()),
  ...(await restoreTimes(root)),
  ...(await scale(root)),
  ...(await activation()),
  ...(await saves()),
  ...(await scaleInVsCode()),
];
for (const { name, value, budget, ok } of rows) {
  const mark = ok === undefined ? ' ' : ok ? '✓' : '✗';
  console.log(`${mark} ${name.padEnd(62)} ${value.padStart(36)}  ${budget ?? ''}`);
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
  const { timeJudging } = await bundled('judging');
  return timeJudging([10, 100, 1000]).map(({ name, kilobytes, judge, against, measure, most }) => ({
    name: `${name} (${kilobytes.toFixed(0)} KB)`,
    value: `${judge.toFixed(1)} ms = ${(judge / against).toFixed(2)} × ${measure}`,
    ...(most !== undefined && { budget: `≤ ${most} ×`, ok: judge / against <= most }),
  }));
}

/** Each size is judged in a process of its own, so that its memory is its own. */
async function growth() {
  const outfile = await bundle('growth');
  return [10, 100, 1000, 5000].map((services) => {
    const run = spawnSync(process.execPath, ['--expose-gc', outfile, String(services)], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    const { kilobytes, first, again, held, most } = JSON.parse(run.stdout);
    return {
      name: `${services} services (${kilobytes.toFixed(0)} KB) in a new process`,
      value: `${first.toFixed(0)} ms, again ${again.toFixed(1)} ms, ${held.toFixed(0)} MB held, ${most.toFixed(0)} MB at most`,
    };
  });
}

/** Whole processes, as a hook or a person starts them. */
async function limits() {
  const { timeLimits } = await bundled('limits');
  return timeLimits(join(root, 'dist', 'cli.js')).map(
    ({ name, kilobytes, milliseconds, megabytes, told }) => ({
      name: `${name} (${kilobytes.toFixed(0)} KB)`,
      value: `${milliseconds.toFixed(0)} ms, ${megabytes === undefined ? '?' : megabytes.toFixed(0)} MB`,
      budget: told,
    }),
  );
}

async function bundled(name) {
  return import(pathToFileURL(await bundle(name)).href);
}

async function bundle(name) {
  const { build } = await import('esbuild');
  const outfile = join(root, '.test-build', 'bench', `${name}.mjs`);
  await build({
    entryPoints: [join(root, `test/bench/${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}

/** After the activation, for which the extension was packed. */
async function saves() {
  const { timeSaves } = await import('../vscode/saveTimes.mjs');
  return timeSaves(root);
}

async function scaleInVsCode() {
  const { timeScale } = await import('../vscode/scaleTimes.mjs');
  return timeScale(root);
}

async function activation() {
  const script = join(root, 'test', 'vscode', 'activation.mjs');
  if (!existsSync(script) || !statSync(script).isFile()) return [];
  const { timeActivation } = await import(pathToFileURL(script).href);
  return timeActivation(root);
}
