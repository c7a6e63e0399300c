import { printable } from '../../core/printable.ts';
import { salvageInScope } from '../../core/verdict/salvageInScope.ts';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { readPair } from '../input.ts';
import { pairOptions, scopeOptions } from '../options.ts';
import { wantedBy } from '../wanted.ts';
import { adviceOn } from '../words.ts';
import { write } from '../world.ts';

export const salvage: Command = {
  name: 'salvage',
  summary: 'print the text with only what is in scope',
  usage: ['salvage BEFORE AFTER --scope GRANT... [--request PROSE] [--as NAME]'],
  options: { ...pairOptions, ...scopeOptions },
  operands: [2, 2],
  notes: [
    'Standard output is the text and nothing else. Where it cannot be made, nothing is printed: exit code 3.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  if (call.values('scope').length === 0 && call.value('request') === undefined) {
    throw new UsageError('say what may stay, with --scope GRANT or --request PROSE.');
  }
  const { file, before, after } = await readPair(call, { isEffective: false });
  const { scope, notes } = await wantedBy(call, before.document, file);
  for (const note of notes) await write(world.stderr, `infrahold: request: ${note}\n`);
  const result = salvageInScope(before.document, after.document, scope);
  if ('text' in result) {
    await write(world.stdout, result.text);
    return exit.allowed;
  }
  const { line, column, message, code } = result.problem;
  const name = before.document.problems.includes(result.problem) ? before.name : after.name;
  await write(
    world.stderr,
    printableLine(`${name}:${line}:${column}: ${message} (${code}): ${adviceOn(code)}.`),
  );
  return exit.undecided;
}

function printableLine(text: string): string {
  return `${printable(text)}\n`;
}
