import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agent, agentNames } from '../setup/agents.mjs';
import { bundleMain } from '../setup/bundle.mjs';
import { installDependencies } from '../setup/dependencies.mjs';

/**
 * `npm run test:agents [-- AGENT…]`: real agents against the command line, each with a model that follows a script. It is
 * built first, unless `--built` says that it is. Where this process may, all of it runs in a network of its own in which
 * there is nothing but 127.0.0.1.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const args = process.argv.slice(2);
process.exitCode = await main(
  args.filter((arg) => arg !== '--built'),
  args.includes('--built'),
);

async function main(asked, isBuilt) {
  const unknown = asked.find((name) => !agentNames.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no agent "${unknown}"; there are ${agentNames.join(', ')}.`);
    return 2;
  }
  installDependencies(root);
  const installed = {};
  try {
    for (const name of asked.length > 0 ? asked : agentNames) installed[name] = await agent(name);
  } catch (error) {
    console.log(`Agents skipped: npm could not install them. ${error.message}`);
    console.log(
      process.env.CI === 'true' ? '0 passed, 1 failed, 0 skipped' : '0 passed, 0 failed, 1 skipped',
    );
    return process.env.CI === 'true' ? 1 : 0;
  }
  if (!isBuilt) {
    const built = spawnSync(process.execPath, [join(root, 'esbuild.mjs'), '--production'], {
      cwd: root,
      stdio: 'inherit',
    });
    if (built.status !== 0) return 1;
  }
  return run(await bundleMain(root, 'agents'), installed);
}

function run(main, installed) {
  const node = [process.execPath, '--enable-source-maps', main];
  const alone = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const may = spawnSync(alone[0], [...alone.slice(1), 'true']).status === 0;
  console.log(
    may
      ? 'The agents have a network of their own, in which there is only 127.0.0.1.'
      : 'No network of its own could be made here; the agents are told of no address but 127.0.0.1.',
  );
  const [program, ...args] = may ? [...alone, ...node] : node;
  const env = { ...process.env, INFRAHOLD_TEST_AGENTS: JSON.stringify(installed) };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
