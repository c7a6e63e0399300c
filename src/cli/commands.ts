import { nearest } from '../core/model/nearest.ts';
import { type Command, UsageError } from './command.ts';
import { readCommandLine } from './commandLine.ts';
import type { ExitCode } from './exit.ts';
import { helpFor, overview } from './help.ts';
import type { ReviewProposals } from './hook.ts';
import type { World } from './world.ts';

export async function runCommand(name: string, args: readonly string[], world: World): Promise<ExitCode> {
  const command = await load(name);
  return command.run(readCommandLine(command, args, world));
}

export async function showHelp(name: string | undefined): Promise<string> {
  if (name !== undefined) return helpFor(await load(name));
  return overview(await Promise.all([...commands.values()].map((loadOne) => loadOne())));
}

/** What a hook needs for a file of ours. This file is the one door behind which the build may cut. */
export async function loadReview(): Promise<ReviewProposals> {
  return (await import('./hookReview.ts')).reviewProposals;
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
  ['log', async () => (await import('./commands/log.ts')).log],
]);

async function load(name: string): Promise<Command> {
  const found = commands.get(name);
  if (found !== undefined) return found();
  const hint = nearest(name, [...commands.keys()]);
  const guess = hint === undefined ? '' : ` Did you mean \`infrahold ${hint}\`?`;
  throw new UsageError(`there is no command "${name}".${guess} \`infrahold --help\` lists them all.`);
}
