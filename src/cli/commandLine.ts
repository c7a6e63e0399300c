import { parseArgs } from 'node:util';
import { nearest } from '../core/model/nearest.ts';
import { type Call, type Command, type Option, UsageError } from './command.ts';
import type { World } from './world.ts';

/** Reads what follows the command's name. Throws `UsageError`, never guesses. */
export function readCommandLine(command: Command, args: readonly string[], world: World): Call {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokensOf(command, args)) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = command.options[token.name];
    if (option === undefined) throw unknownOption(command, token.rawName);
    values.set(token.name, [
      ...(values.get(token.name) ?? []),
      givenValue(token.rawName, option, token.value),
    ]);
  }
  for (const [name, given] of values) rejectRepeats(name, command.options[name], given);
  rejectOperandCount(command, operands);
  return {
    world,
    operands,
    flag: (name) => values.has(name),
    value: (name) => values.get(name)?.[0],
    values: (name) => values.get(name) ?? [],
  };
}

/** Node's own reader splits the words; what is wrong with them is said in this program's words. */
function tokensOf(command: Command, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      { type: option.value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** A value is checked where it is read, so that no command ever sees one that it does not know. */
function givenValue(rawName: string, option: Option, value: string | undefined): string {
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return '';
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}.`);
  if (option.choices !== undefined && !option.choices.includes(value)) {
    const hint = nearest(value, option.choices);
    const guess = hint === undefined ? '' : ` Did you mean ${hint}?`;
    throw new UsageError(`${rawName} is one of ${option.choices.join(', ')}; "${value}" is not.${guess}`);
  }
  return value;
}

function unknownOption(command: Command, rawName: string): UsageError {
  const hint = nearest(
    rawName,
    Object.keys(command.options).map((name) => `--${name}`),
  );
  const guess = hint === undefined ? '' : ` Did you mean ${hint}?`;
  return new UsageError(`\`infrahold ${command.name}\` has no option ${rawName}.${guess}`);
}

/** Of two answers to one question the command would have to pick one; it is the person who picks. */
function rejectRepeats(name: string, option: Option | undefined, given: readonly string[]): void {
  if (option?.many !== true && given.length > 1) throw new UsageError(`--${name} can be given only once.`);
}

function rejectOperandCount(command: Command, operands: readonly string[]): void {
  const [least, most] = command.operands;
  if (operands.length >= least && operands.length <= most) return;
  const tooMany = operands.length > most;
  const what = tooMany ? `does not take "${operands[most]}"` : 'needs more';
  throw new UsageError(
    `\`infrahold ${command.name}\` ${what}. Usage: infrahold ${command.usage.join('\n       infrahold ')}`,
  );
}
