import { type CommandContext, type CommandEffects, noEffects } from './effects.ts';

/** What a command would write, destroy or stop. A function of its arguments; it never runs anything and never throws. */
export function readCommand(_command: string, _context: CommandContext): CommandEffects {
  return noEffects;
}
