import type { CommandContext, CommandEffects } from './effects.ts';
import { readPowerShell } from './powershell.ts';
import { runText } from './run.ts';
import { openShell, type Shell } from './shell.ts';
import { protectedNamed } from './touch.ts';

/** What a command would write, destroy or stop. A function of its arguments; it never runs anything and never throws. */
export function readCommand(command: string, context: CommandContext): CommandEffects {
  const cwd = slashed(context.cwd);
  const shell = openShell({ ...context, cwd, files: context.files.map(slashed) });
  if (command.length > longest) {
    return effectsOf(shell, command, 'the command is too long to be read');
  }
  try {
    if (context.shell === 'powershell') readPowerShell(command, shell);
    else runText(command, shell);
  } catch (error) {
    return effectsOf(shell, command, error instanceof Error ? error.message : String(error));
  }
  return effectsOf(shell, command, undefined);
}

/** Whole files come as heredocs; what is longer was not written by anybody. */
const longest = 2_000_000;

function slashed(path: string): string {
  return path.includes('/') ? path : path.replaceAll('\\', '/');
}

function effectsOf({ found, context }: Shell, command: string, failure: string | undefined): CommandEffects {
  const { writes, removes, git, actions, patches, scripts, tampering } = found;
  const unknown =
    failure === undefined
      ? found.unknown
      : [...found.unknown, { kind: 'too-complex' as const, why: failure }];
  // A text with a slip in it is nobody's concern as long as nothing in it is.
  const concerns = actions.length + writes.length + removes.length > 0 || mentions(command, context);
  const held = unknown.filter(({ kind }) => kind !== 'syntax' || concerns);
  return { writes, removes, git, actions, patches, scripts, tampering, unknown: held };
}

function mentions(command: string, context: CommandContext): boolean {
  return /compose|docker|kubectl/i.test(command) || protectedNamed(openShell(context), command).length > 0;
}
