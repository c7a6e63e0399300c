import type { ExitCode } from './exit.ts';
import type { World } from './world.ts';

/** One command: what it is called, what it takes, and what it does. Routing and help are made from it. */
export interface Command {
  readonly name: string;
  /** Half a sentence for the list of commands. */
  readonly summary: string;
  /** What follows `infrahold`, a line for each way to call it. */
  readonly usage: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** How many operands it takes, at least and at most. */
  readonly operands: readonly [number, number];
  /** Paragraphs under the options. */
  readonly notes?: readonly string[];
  run(call: Call): Promise<ExitCode>;
}

export interface Option {
  /** What stands for the value in the help; without it the option takes none. */
  readonly value?: string;
  readonly many?: boolean;
  readonly choices?: readonly string[];
  readonly about: string;
}

/** A command line, read. */
export interface Call {
  readonly world: World;
  readonly operands: readonly string[];
  flag(name: string): boolean;
  value(name: string): string | undefined;
  values(name: string): readonly string[];
}

/** The command line is wrong: said without a stack trace, with what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Told by the name: the two chunks of the program each have a class of their own. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'UsageError';
}
