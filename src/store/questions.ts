import { fieldsOf } from './wholeFile.ts';

/** What is asked at a door: about a held edit, by its id in quarantine; for a wider scope; about a command. */
export type Question =
  | { readonly ask: string }
  | { readonly scope: ScopeQuestion }
  | { readonly command: CommandQuestion };

/** Grants are as people type them: who answers the door reads them anew, and finds out what is at stake. */
export interface ScopeQuestion {
  readonly path: string;
  readonly grants: readonly string[];
  readonly reason: string;
  readonly minutes: number;
  readonly asker: string;
}

export interface CommandQuestion {
  /** The parts of the command that are held. */
  readonly text: string;
  /** What they would stop or take away, in words. */
  readonly takes: readonly Taken[];
  readonly asker: string;
}

export interface Taken {
  readonly name: string;
  readonly dataLoss: boolean;
}

/** One line at a door holds no more. */
export const longestQuestion = 32_768;

/** `undefined` for a line that asks nothing that is known, or does not say the token. */
export function questionIn(line: string, isToken: (said: string) => boolean): Question | undefined {
  const said = fieldsOf(parsed(line));
  if (said?.infrahold !== 1 || typeof said.token !== 'string' || !isToken(said.token)) return undefined;
  if (typeof said.ask === 'string') return { ask: said.ask };
  const scope = scopeIn(fieldsOf(said.scope));
  if (scope !== undefined) return { scope };
  const command = commandIn(fieldsOf(said.command));
  return command && { command };
}

type Fields = Readonly<Record<string, unknown>>;

function scopeIn({ path, grants, reason, minutes, asker }: Fields = {}): ScopeQuestion | undefined {
  if (typeof path !== 'string' || typeof reason !== 'string' || typeof asker !== 'string') return undefined;
  if (typeof minutes !== 'number' || !(minutes > 0 && minutes <= mostMinutes)) return undefined;
  if (!Array.isArray(grants) || !grants.every((grant) => typeof grant === 'string')) return undefined;
  return grants.length === 0 ? undefined : { path, grants, reason, minutes, asker };
}

const mostMinutes = 480;

function commandIn({ text, takes, asker }: Fields = {}): CommandQuestion | undefined {
  if (typeof text !== 'string' || typeof asker !== 'string' || !Array.isArray(takes)) return undefined;
  const named = takes.flatMap((one: unknown) => {
    const { name, dataLoss } = fieldsOf(one) ?? {};
    return typeof name === 'string' && typeof dataLoss === 'boolean' ? [{ name, dataLoss }] : [];
  });
  return named.length === 0 || named.length < takes.length ? undefined : { text, takes: named, asker };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
