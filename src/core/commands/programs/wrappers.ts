import { hasAny, lastValue, type Options, readOptions, splitOnce } from '../options.ts';
import {
  assign,
  type Call,
  changeFolder,
  inFolders,
  nothingKnown,
  type Program,
  type Stream,
  silence,
} from '../shell.ts';
import { hole, resolvePath, type Value } from '../value.ts';
import { boundedValues } from '../ways.ts';
import { removesOwnPackage, tampering } from './guarding.ts';

/** Programs that run another one with the words they are given. */
export const wrapperPrograms: readonly (readonly [string, Program])[] = [
  [
    'sudo',
    (call) => inner(call, ['u', 'g', 'h', 'p', 'C', 'r', 't', 'T', 'U', 'D', 'user', 'group', 'chdir']),
  ],
  ['doas', (call) => inner(call, ['u', 'C'])],
  ['env', env],
  ['nohup', (call) => inner(call, [])],
  ['timeout', (call) => inner(call, ['k', 's', 'signal', 'kill-after'], 1)],
  ['gtimeout', (call) => inner(call, ['k', 's', 'signal', 'kill-after'], 1)],
  ['time', (call) => inner(call, ['f', 'o', 'format', 'output'])],
  ['nice', (call) => inner(call, ['n', 'adjustment'])],
  ['ionice', (call) => inner(call, ['c', 'n', 'class', 'classdata'])],
  ['chrt', (call) => inner(call, [], 1)],
  ['taskset', (call) => inner(call, [], 1)],
  ['stdbuf', (call) => inner(call, ['i', 'o', 'e', 'input', 'output', 'error'])],
  ['setsid', (call) => inner(call, [])],
  ['unbuffer', (call) => inner(call, [])],
  ['command', command],
  ['builtin', (call) => inner(call, [])],
  ['exec', (call) => (call.args.length === 0 ? silence : leaving(inner(call, ['a']), call))],
  ['exit', (call) => leaving(silence, call)],
  ['return', (call) => leaving(silence, call)],
  ['busybox', (call) => inner(call, [])],
  ['toybox', (call) => inner(call, [])],
  ['npx', (call) => inner(call, ['p', 'package', 'c', 'call'])],
  ['bunx', (call) => inner(call, [])],
  ['uvx', (call) => inner(call, ['from', 'with'])],
  ['pnpm', (call) => behind(call, ['exec', 'dlx'])],
  ['yarn', (call) => behind(call, ['exec', 'dlx'])],
  ['npm', (call) => behind(call, ['exec', 'x'])],
  ['uv', (call) => behind(call, ['run'])],
  ['poetry', (call) => behind(call, ['run'])],
  ['mise', (call) => behind(call, ['exec', 'x'])],
  ['direnv', (call) => inner({ ...call, args: call.args.slice(2) }, [])],
  ['flock', flock],
  ['watch', (call) => call.runText(readOptions(call.args, ['n', 'interval'], true).operands.join(' '))],
  ['su', (call) => spoken(call, ['c', 'command', 's', 'shell'])],
  ['script', (call) => spoken(call, ['c', 'command'])],
  ['eval', (call) => call.runText(call.args.join(' '))],
  ['trap', (call) => (call.args.length > 1 ? later(call) : silence)],
  ['xargs', xargs],
  ['parallel', xargs],
];

function inner(call: Call, withValue: readonly string[], skip = 0): Stream {
  const options = readOptions(call.args, withValue, true);
  const words = withoutAssignments(call, options.operands.slice(skip));
  const folder = lastValue(options, 'chdir', 'D');
  if (folder !== undefined && call.name === 'sudo') changeFolder(call.shell, at(call, folder));
  const spokenText = call.name === 'npx' ? lastValue(options, 'c', 'call') : undefined;
  if (spokenText !== undefined) return call.runText(spokenText);
  return words.length === 0 ? silence : call.run(words);
}

/** `sudo A=b program`: the assignments stand before the program's name. */
function withoutAssignments({ shell }: Call, words: readonly Value[]): readonly Value[] {
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  for (const word of start === -1 ? words : words.slice(0, start)) {
    const [name, value = ''] = splitOnce(word, '=');
    assign(shell, name, [[value]]);
  }
  return start === -1 ? [] : words.slice(start);
}

function behind(call: Call, verbs: readonly string[]): Stream {
  const { operands } = readOptions(call.args, ['C', 'prefix', 'filter', 'w', 'directory', 'project'], true);
  const [verb = '', ...rest] = operands;
  if (!verbs.includes(verb)) return removesOwnPackage(call) ? tampering(call) : nothingKnown;
  const words = readOptions(rest, ['p', 'package', 'with'], true).operands;
  return words.length === 0 ? nothingKnown : call.run(words);
}

function env(call: Call): Stream {
  const options = readOptions(call.args, ['u', 'C', 'S', 'unset', 'chdir', 'split-string'], true);
  const folder = lastValue(options, 'C', 'chdir');
  const split = lastValue(options, 'S', 'split-string');
  const words = withoutAssignments(call, options.operands);
  if (split !== undefined) return call.runText([split, ...words].join(' '));
  if (words.length === 0) return nothingKnown;
  return inFolders(call.shell, folder === undefined ? call.shell.cwds : at(call, folder), () =>
    call.run(words),
  );
}

/** `command -v git` asks; `command git` runs. */
function command(call: Call): Stream {
  const options = readOptions(call.args, [], true);
  return hasAny(options, 'v', 'V') || options.operands.length === 0
    ? nothingKnown
    : call.run(options.operands);
}

function leaving(output: Stream, { shell }: Call): Stream {
  shell.mayNotRun = true;
  return output;
}

function flock(call: Call): Stream {
  const options = readOptions(call.args, ['w', 'E', 'timeout'], true);
  const words = options.operands.slice(1);
  if (words[0] === '-c' || words[0] === '--command') return call.runText(words[1] ?? '');
  return words.length === 0 ? silence : call.run(words);
}

function spoken(call: Call, withValue: readonly string[]): Stream {
  const text = lastValue(readOptions(call.args, withValue), 'c', 'command');
  return text === undefined ? nothingKnown : call.runText(text);
}

function later(call: Call): Stream {
  const [first = '', second = ''] = call.args;
  return call.runText(first === '--' ? second : first);
}

/** What comes in is put behind the words, or where `-I` says. */
function xargs(call: Call): Stream {
  const options = readOptions(
    call.args,
    ['I', 'n', 'P', 'L', 'd', 'a', 's', 'E', 'j', 'colsep', 'max-args', 'max-procs', 'delimiter', 'arg-file'],
    true,
  );
  const { words, listed } = itemsFor(call, options);
  const items =
    listed.length > 0 ? listed : (call.input?.values ?? []).flatMap((line) => line.split(/[\s\0]+/));
  const given = items.filter((item) => item !== '');
  const values = given.length > 0 ? given : [hole.unknown];
  const place =
    lastValue(options, 'I') ?? (call.name === 'parallel' || hasAny(options, 'i') ? '{}' : undefined);
  const runs = words.length === 0 ? ['echo'] : words;
  if (place === undefined || !runs.some((word) => word.includes(place)))
    return call.run([...runs, ...values], nothingKnown);
  for (const value of boundedValues(values)) {
    call.run(
      runs.map((word) => word.replaceAll(place, value)),
      nothingKnown,
    );
  }
  return nothingKnown;
}

/** `parallel program ::: a b` has its items among its words. */
function itemsFor(
  { name }: Call,
  { operands }: Options,
): { words: readonly Value[]; listed: readonly Value[] } {
  const at = name === 'parallel' ? operands.indexOf(':::') : -1;
  return at === -1
    ? { words: operands, listed: [] }
    : { words: operands.slice(0, at), listed: operands.slice(at + 1) };
}

export function at({ shell }: Call, folder: Value): string[] {
  return shell.cwds.map((cwd) => resolvePath(cwd, folder));
}
