import { nearest } from '../core/model/nearest.ts';
import { type Command, UsageError } from './command.ts';
import { readCommandLine } from './commandLine.ts';
import type { ExitCode } from './exit.ts';
import { helpFor, overview } from './help.ts';
import type { World } from './world.ts';

export async function runCommand(name: string, args: readonly string[], world: World): Promise<ExitCode> {
  const command = await load(name);
  return command.run(readCommandLine(command, args, world));
}

export async function showHelp(name: string | undefined): Promise<string> {
  if (name !== undefined) return helpFor(await load(name));
  return overview(await Promise.all([...commands.values()].map((loadOne) => loadOne())));
}

/** In the order of the overview. Each is a chunk of its own, so that a command loads only what it needs. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['diff', async () => (await import('./commands/diff.ts')).diff],
  ['check', async () => (await import('./commands/check.ts')).check],
  ['salvage', async () => (await import('./commands/salvage.ts')).salvage],
  ['scope', async () => (await import('./commands/scope.ts')).scope],
  ['hook', async () => (await import('./commands/hook.ts')).hook],
  ['watch', async () => (await import('./commands/watch.ts')).watch],
  ['restore', async () => (await import('./commands/restore.ts')).restore],
  ['install', async () => (await import('./commands/install.ts')).install],
  ['uninstall', async () => (await import('./commands/uninstall.ts')).uninstall],
  ['doctor', async () => (await import('./commands/doctor.ts')).doctor],
  ['init', async () => (await import('./commands/init.ts')).init],
  ['log', async () => (await import('./commands/log.ts')).log],
  ['mcp', async () => (await import('./commands/mcp.ts')).mcp],
]);

async function load(name: string): Promise<Command> {
  const found = commands.get(name);
  if (found !== undefined) return found();
  const hint = nearest(name, [...commands.keys()]);
  const guess = hint === undefined ? '' : ` Did you mean \`infrahold ${hint}\`?`;
  throw new UsageError(`there is no command "${name}".${guess} \`infrahold --help\` lists them all.`);
}
