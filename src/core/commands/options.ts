import type { Value } from './value.ts';

/** The arguments of a program, options apart from operands. */
export interface Options {
  /** Names of options given, without dashes: `r`, `recursive`. */
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly Value[]>;
  readonly operands: readonly Value[];
}

/**
 * Reads options as GNU programs do: `-rf`, `-n 3`, `-n3`, `--name=value`, `--name value`, `--`. `withValue` are the names of
 * those that take a value. With `stopsAtOperand` everything from the first operand on is left as it is.
 */
export function readOptions(
  args: readonly Value[],
  withValue: readonly string[] = [],
  stopsAtOperand = false,
): Options {
  const takes = new Set(withValue);
  const flags = new Set<string>();
  const values = new Map<string, Value[]>();
  const operands: Value[] = [];
  const keep = (name: string, value: Value | undefined): void => {
    flags.add(name);
    if (value !== undefined) values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      if (stopsAtOperand) {
        operands.push(...args.slice(at));
        break;
      }
      operands.push(arg);
    } else if (arg.startsWith('--')) {
      const [name = '', value] = splitOnce(arg.slice(2), '=');
      keep(name, value ?? (takes.has(name) ? args[++at] : undefined));
    } else at += readShort(arg.slice(1), args[at + 1], takes, keep);
  }
  return { flags, values, operands };
}

/** A run of one-letter options; gives how many further arguments it used up. */
function readShort(
  letters: string,
  next: Value | undefined,
  takes: ReadonlySet<string>,
  keep: (name: string, value: Value | undefined) => void,
): number {
  if (letters.length > 1 && takes.has(letters)) {
    keep(letters, next);
    return 1;
  }
  for (let index = 0; index < letters.length; index++) {
    const letter = letters[index] ?? '';
    if (!takes.has(letter)) {
      keep(letter, undefined);
      continue;
    }
    const rest = letters.slice(index + 1);
    keep(letter, rest === '' ? next : rest.replace(/^=/, ''));
    return rest === '' ? 1 : 0;
  }
  return 0;
}

export function splitOnce(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + sign.length)];
}

export function hasAny({ flags }: Options, ...names: readonly string[]): boolean {
  return names.some((name) => flags.has(name));
}

export function lastValue({ values }: Options, ...names: readonly string[]): Value | undefined {
  return names.flatMap((name) => values.get(name) ?? []).at(-1);
}
