import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The runner is TypeScript, like the suites; this is what can run before anything was bundled. */
export async function bundleRunner(root) {
  const { build } = await import('esbuild').catch(() => {
    throw new Error('The development dependencies are missing: run `npm ci` first.');
  });
  const outfile = join(root, '.test-build', 'vscode', 'runner.mjs');
  await build({
    entryPoints: [join(root, 'test/vscode/runner/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/** The VSIX under test: the one asked for, or the newest that was built; undefined for none. */
export function vsixOf(root, asked) {
  if (asked === 'none') return undefined;
  if (asked !== undefined) {
    if (!existsSync(asked)) throw new Error(`There is no VSIX at ${asked}.`);
    return resolve(asked);
  }
  const folders = [root, join(root, 'dist')].filter(existsSync);
  const found = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const built = found.filter((path) => path.endsWith('.vsix'));
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Prints the last line of a run; answers its exit code. A run in which nothing was tested is no success. */
export function tallyLine({ passed, failed, skipped }, started) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
  return failed > 0 || passed + skipped === 0 ? 1 : 0;
}
