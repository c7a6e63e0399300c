import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bundles `test/NAME/main.ts`, a program for Node, and gives the path of the bundle. */
export async function bundleMain(root, name) {
  // Loaded here, since a runner may have to install it first.
  const { build } = await import('esbuild');
  const outfile = join(root, '.test-build', name, 'main.mjs');
  rmSync(dirname(outfile), { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'test', name, 'main.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
