import type {
  Action,
  CommandContext,
  Content,
  FileRemoval,
  FileWrite,
  GitEffect,
  ScriptRun,
  Tampering,
  UnknownEffect,
} from './effects.ts';
import type { Node } from './syntax.ts';
import type { Value } from './value.ts';
import { bounded, boundedValues, type Fields } from './ways.ts';

/** What is known while a command is read from its start to its end, as a shell would know it. */
export interface Shell {
  readonly context: CommandContext;
  readonly found: Found;
  /** Each variable with the lists of fields it can stand for; a plain one is a list of one. */
  variables: Map<string, readonly Fields[]>;
  /** The folders it can be in: more than one after a `cd` that may not have run. */
  cwds: readonly string[];
  /** The names that stand for others, by `declare -n`. */
  references: Map<string, string>;
  functions: Map<string, Node>;
  /** `$1`, `$2` … */
  args: readonly Value[];
  /** In a branch, or after an `exit`: what happens here may not happen. */
  mayNotRun: boolean;
  /** How deep functions, `eval` and `bash -c` are nested. */
  depth: number;
}

/** What was found so far; one for the whole command, subshells included. */
export interface Found {
  writes: FileWrite[];
  removes: FileRemoval[];
  git: GitEffect[];
  actions: Action[];
  patches: string[];
  scripts: ScriptRun[];
  tampering: Tampering[];
  unknown: UnknownEffect[];
  /** What files contain at this point, by absolute path, where this command has touched them. */
  contents: Map<string, Content | 'gone'>;
  /** Links made by this command: writing to the link writes to its target. */
  links: Map<string, string>;
  /** What `<(…)` gives, by the name that it has as a file. */
  streams: Map<string, Stream>;
  /** The commands in `>(…)` that wait for what the command before them prints. */
  waiting: Node[];
  /** How many more steps are read before the command is called too complex. */
  stepsLeft: number;
}

/** What a program gives to the next in a pipeline or to `$(…)`. */
export interface Stream {
  /** All of it, where it is known. */
  readonly text: string | undefined;
  /** Single lines or words it may contain. */
  readonly values: readonly Value[];
  /** Made from an encoded text, so that nobody can read what it says. */
  readonly isDecoded?: boolean;
}

export const nothingKnown: Stream = { text: undefined, values: [] };
export const silence: Stream = { text: '', values: [] };

export function streamOf(text: string): Stream {
  return { text, values: text.split('\n').filter((line) => line !== '') };
}

/** One run of a program. */
export interface Call {
  readonly shell: Shell;
  readonly name: string;
  readonly args: readonly Value[];
  /** `undefined` where the command reads the terminal, or whatever its caller gives. */
  readonly input: Stream | undefined;
  /** The words as they were written. */
  readonly text: string;
  /** Runs another program with these words, as `sudo` does. */
  run(words: readonly Value[], input?: Stream): Stream;
  /** Reads a text as a command, as `eval` does. */
  runText(text: string, args?: readonly Value[], input?: Stream): Stream;
}

export type Program = (call: Call) => Stream;

export function openShell(context: CommandContext): Shell {
  return {
    context,
    found: {
      writes: [],
      removes: [],
      git: [],
      actions: [],
      patches: [],
      scripts: [],
      tampering: [],
      unknown: [],
      contents: new Map(),
      links: new Map(),
      streams: new Map(),
      waiting: [],
      stepsLeft: 30_000,
    },
    variables: new Map(),
    references: new Map(),
    cwds: [context.cwd],
    functions: new Map(),
    args: [],
    mayNotRun: false,
    depth: 0,
  };
}

/** A shell of its own that inherits everything and gives nothing back but what it does. */
export function subshell(shell: Shell): Shell {
  const { variables, references, functions } = shell;
  return {
    ...shell,
    variables: new Map(variables),
    references: new Map(references),
    functions: new Map(functions),
  };
}

/** A variable gets a value; where that may not happen, it may keep the one it has. */
export function assign(shell: Shell, given: string, values: readonly Fields[]): void {
  const name = nameFor(shell, given);
  const old = shell.mayNotRun ? (shell.variables.get(name) ?? []) : [];
  shell.variables.set(name, bounded([...old, ...values]));
}

/** The variable that a name stands for, itself mostly. */
export function nameFor({ references }: Shell, name: string): string {
  let found = name;
  for (let steps = references.size; steps > 0; steps--) found = references.get(found) ?? found;
  return found;
}

export function changeFolder(shell: Shell, folders: readonly string[]): void {
  const all = shell.mayNotRun ? [...shell.cwds, ...folders] : folders;
  shell.cwds = boundedValues([...new Set(all)]);
}

/** Does something as if the shell were elsewhere. */
export function inFolders<T>(shell: Shell, folders: readonly string[], act: () => T): T {
  const before = shell.cwds;
  shell.cwds = folders;
  const result = act();
  shell.cwds = before;
  return result;
}

/** What takes too many steps is held, and the rest of it is not followed. */
export function giveUp({ unknown }: Found): void {
  if (unknown.some(({ kind }) => kind === 'too-complex')) return;
  unknown.push({ kind: 'too-complex', why: 'the command has more steps than can be followed' });
}
