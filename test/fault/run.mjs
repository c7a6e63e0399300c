import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleMain } from '../setup/bundle.mjs';
import { installDependencies } from '../setup/dependencies.mjs';

/**
 * `npm run test:fault [-- --writes N --seed N]`: many writes by several processes while the guard is killed and started
 * again; what a run of a seed does is always the same, when the guard dies in it is not.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
installDependencies(root);
const args = process.argv.slice(2);
const isBuilt = args[0] === '--built';
if (!isBuilt) {
  const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed; see above');
}
const main = await bundleMain(root, 'fault');
const run = spawnSync(process.execPath, ['--enable-source-maps', main, ...args.slice(isBuilt ? 1 : 0)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
