import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleMain } from '../setup/bundle.mjs';
import { fetchCompose } from './fetch.mjs';

/**
 * `npm run test:witness`: asks a real Compose about the same texts as the model, and lists where they disagree.
 *
 *   --all        every pair, not a sample of five minutes
 *   --seed N     another sample, other generated pairs
 *   --hashes     only the hashes of services, against what is said to be made anew
 *
 * Without a Compose it says so and passes; with `CI=true` that counts as a failure, as with the suites in VS Code.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { path, missing } = fetchCompose(root);
if (path === undefined) {
  console.log(`witness skipped: ${missing}; name a binary of Compose in INFRAHOLD_COMPOSE`);
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const outfile = await bundleMain(root, 'witness');
const args = ['--enable-source-maps', outfile, path, ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
