import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleMain } from '../setup/bundle.mjs';
import { installDependencies } from '../setup/dependencies.mjs';

/**
 * `npm run test:fuzz`: gives the judge, the readers of the store and those of payloads what nobody would write.
 *
 *   --inputs N   so many, 100,000 by default
 *   --seed S     others
 *   --input K    only this one, shown whole
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
installDependencies(root);
const args = ['--enable-source-maps', await bundleMain(root, 'fuzz'), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
