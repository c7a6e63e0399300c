import { type Command, UsageError } from './command.ts';
import { readCommandLine } from './commandLine.ts';
import { check } from './commands/check.ts';
import { diff } from './commands/diff.ts';
import { hook } from './commands/hook.ts';
import { log } from './commands/log.ts';
import { restore } from './commands/restore.ts';
import { salvage } from './commands/salvage.ts';
import { scope } from './commands/scope.ts';
import { watch } from './commands/watch.ts';
import type { ExitCode } from './exit.ts';
import { helpFor, overview } from './help.ts';
import type { ReviewProposals } from './hook.ts';
import { reviewProposals } from './hookReview.ts';
import { nearest } from './nearest.ts';
import type { World } from './world.ts';

/** In the order of the overview. */
const commands: readonly Command[] = [diff, check, salvage, scope, hook, watch, restore, log];

/** What a hook needs for a file of ours: the second chunk has this one door, so that the build can cut there. */
export const review: ReviewProposals = reviewProposals;

export function runCommand(name: string, args: readonly string[], world: World): Promise<ExitCode> {
  const command = find(name);
  return command.run(readCommandLine(command, args, world));
}

export function showHelp(name: string | undefined): string {
  return name === undefined ? overview(commands) : helpFor(find(name));
}

function find(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const hint = nearest(
    name,
    commands.map((command) => command.name),
  );
  const guess = hint === undefined ? '' : ` Did you mean \`infrahold ${hint}\`?`;
  throw new UsageError(`there is no command "${name}".${guess} \`infrahold --help\` lists them all.`);
}
