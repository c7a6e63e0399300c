import { expandText, expandWords } from './expand.ts';
import { parseShell } from './parse.ts';
import { programAt } from './programs.ts';
import { inputOf, redirect } from './redirect.ts';
import {
  assign,
  type Call,
  giveUp,
  nothingKnown,
  type Shell,
  type Stream,
  silence,
  subshell,
} from './shell.ts';
import type { Assign, Node, Redirect, SimpleCommand } from './syntax.ts';
import { baseName, hasHole, hasUnknown, hole, type Value } from './value.ts';
import { bounded, type Fields, mostWays } from './ways.ts';

/** Follows a command from its start to its end and notes what it does. Nothing is run. */
export function runNode(node: Node, shell: Shell, input?: Stream): Stream {
  const { found } = shell;
  if (found.stepsLeft-- <= 0) return tooComplex(shell);
  switch (node.is) {
    case 'command':
      return simple(node, shell, input);
    case 'sequence':
      return joined(node.items.map((item) => runNode(item, shell, input)));
    case 'pipeline':
      return pipeline(node.items, shell, input);
    case 'chain':
      return chain(node, shell, input);
    case 'branches':
      return branches(node, shell, input);
    case 'each':
      return each(node, shell, input);
    case 'loop':
      return loop(node, shell, input);
    case 'subshell':
      return runNode(node.body, subshell(shell), input);
    case 'function':
      shell.functions.set(node.name, node.body);
      return silence;
    case 'redirected':
      return redirected(node.body, node.redirects, shell, input);
    default:
      return node satisfies never;
  }
}

/** Reads a text as a command of its own, in the same shell. */
export function runText(text: string, shell: Shell, input?: Stream): Stream {
  if (shell.depth >= deepest) return tooComplex(shell);
  const { node, errors } = parseShell(text);
  if (errors.length > 0) {
    shell.found.unknown.push({
      kind: 'syntax',
      why: `the shell could not read "${shortened(text)}": ${errors[0]}`,
    });
  }
  shell.depth++;
  const output = runNode(node, shell, input);
  shell.depth--;
  return output;
}

/** Functions may call themselves, and `eval` may build another `eval`. */
const deepest = 12;

function shortened(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function tooComplex({ found }: Shell): Stream {
  giveUp(found);
  return nothingKnown;
}

function joined(streams: readonly Stream[]): Stream {
  const [only] = streams;
  if (streams.length === 1 && only !== undefined) return only;
  const texts = streams.map(({ text }) => text);
  return {
    text: texts.every((text) => text !== undefined) ? texts.join('') : undefined,
    values: streams.flatMap(({ values }) => values),
    isDecoded: streams.some(({ isDecoded }) => isDecoded === true),
  };
}

/** Each part has a shell of its own; what one prints the next one reads. */
function pipeline(items: readonly Node[], shell: Shell, input: Stream | undefined): Stream {
  let stream = input;
  for (const item of items) stream = runNode(item, items.length > 1 ? subshell(shell) : shell, stream);
  return stream ?? nothingKnown;
}

function chain(node: Extract<Node, { is: 'chain' }>, shell: Shell, input: Stream | undefined): Stream {
  const outputs = [runNode(node.first, shell, input)];
  const mayNotRun = shell.mayNotRun;
  for (const { needsSuccess, node: next } of node.rest) {
    // After `&&` it runs where all went well, which is what is judged.
    shell.mayNotRun ||= !needsSuccess || isTest(node.first);
    outputs.push(runNode(next, shell, input));
  }
  const isSure = shell.mayNotRun === mayNotRun;
  shell.mayNotRun = mayNotRun;
  return isSure ? joined(outputs) : { ...joined(outputs), text: undefined };
}

/** `[ -f x ] && …` is an `if` in short. */
function isTest(node: Node): boolean {
  if (node.is === 'sequence') return node.items.length === 0;
  const first = node.is === 'command' ? node.words[0]?.[0] : undefined;
  return first?.is === 'text' && (first.text === '[' || first.text === 'test');
}

function branches(node: Extract<Node, { is: 'branches' }>, shell: Shell, input: Stream | undefined): Stream {
  for (const test of node.tests) runNode(test, shell, input);
  return maybe(shell, () => joined(node.bodies.map((body) => runNode(body, shell, input))));
}

function maybe(shell: Shell, run: () => Stream): Stream {
  const before = shell.mayNotRun;
  shell.mayNotRun = true;
  const output = run();
  shell.mayNotRun = before;
  return { ...output, text: undefined };
}

/** A list of more than can be followed is gone through once, with a variable that may be any of it. */
function each(node: Extract<Node, { is: 'each' }>, shell: Shell, input: Stream | undefined): Stream {
  const lines: readonly Fields[] =
    node.words === undefined
      ? [shell.args]
      : expandWords(node.words, shell, (item, inner) => runNode(item, subshell(inner)));
  const values = lines.flat();
  const ways = values.map((value) => [value]);
  const turns = values.length <= mostWays ? ways.map((way) => [way]) : [bounded(ways)];
  const output = joined(
    turns.map((value) => {
      shell.variables.set(node.name, value);
      return runNode(node.body, shell, input);
    }),
  );
  // How often it goes round is sure only where every name is.
  const isSure = lines.length === 1 && turns.length === values.length && !values.some(hasHole);
  return isSure ? output : { ...output, text: undefined };
}

/** `while read f` takes the lines one after the other; any other loop runs, as far as one can tell, once. */
function loop(node: Extract<Node, { is: 'loop' }>, shell: Shell, input: Stream | undefined): Stream {
  const lines = readsLines(node.test) && input !== undefined ? input.values : [];
  const isFollowed = lines.length > 0 && lines.length <= mostWays;
  const rounds = isFollowed ? lines.map((line) => ({ text: line, values: [line] })) : [input];
  return maybe(shell, () =>
    joined(
      rounds.map((round) => {
        shell.mayNotRun = false;
        runNode(node.test, shell, round);
        shell.mayNotRun = true;
        return runNode(node.body, shell, round);
      }),
    ),
  );
}

function readsLines(test: Node): boolean {
  if (test.is === 'command') return test.words.some(([part]) => part?.is === 'text' && part.text === 'read');
  return test.is === 'sequence' ? test.items.some(readsLines) : test.is === 'chain' && readsLines(test.first);
}

function redirected(
  body: Node,
  redirects: readonly Redirect[],
  shell: Shell,
  input: Stream | undefined,
): Stream {
  const targets = redirects.map((item) => ({ item, texts: textsOf(item, shell) }));
  const output = runNode(body, shell, inputOf(targets, shell) ?? input);
  return redirect(targets, output, shell);
}

function textsOf(item: Redirect, shell: Shell): Value[] {
  return expandText(item.how === 'given' ? item.body : item.target, shell, substitute);
}

/** What stands in `$(…)` has a shell of its own. */
function substitute(node: Node, shell: Shell): Stream {
  return runNode(node, subshell(shell));
}

function simple(node: SimpleCommand, shell: Shell, input: Stream | undefined): Stream {
  const lines = expandWords(node.words, shell, substitute);
  const targets = node.redirects.map((item) => ({ item, texts: textsOf(item, shell) }));
  const given = inputOf(targets, shell) ?? input;
  const words = lines.filter((line) => line.length > 0);
  if (words.length === 0) {
    for (const item of node.assigns) assignFrom(item, shell);
    // `$(< file)` gives what is in the file.
    return redirect(targets, inputOf(targets, shell) ?? silence, shell);
  }
  // Assignments before a program are for that program; followed all the same, since `eval` and functions see them.
  const inner = node.assigns.length > 0 ? { ...shell, variables: new Map(shell.variables) } : shell;
  for (const item of node.assigns) assignFrom(item, inner);
  const sinks = shell.found.waiting.splice(0);
  const outputs = words.map((line) => runWords(line, inner, given, node.text));
  const printed = joined(outputs);
  for (const sink of sinks) runNode(sink, subshell(shell), printed);
  keepOwn(shell, inner, node.assigns);
  shell.mayNotRun ||= inner.mayNotRun;
  return redirect(targets, outputs.length === 1 ? printed : { ...printed, text: undefined }, shell);
}

/** What a builtin has set stays; what stood before its name was for it alone. */
function keepOwn(shell: Shell, inner: Shell, assigns: readonly Assign[]): void {
  const own = new Set(assigns.map(({ name }) => name));
  for (const [name, value] of inner.variables) if (!own.has(name)) shell.variables.set(name, value);
  shell.cwds = inner.cwds;
  shell.args = inner.args;
}

function assignFrom({ name, words, isArray, isAppended, index }: Assign, shell: Shell): void {
  for (const node of index ?? []) substitute(node, shell);
  const [only] = words;
  const values: Fields[] =
    words.length === 1 && only !== undefined
      ? expandText(only, shell, substitute).map((text) => [text])
      : expandWords(words, shell, substitute);
  const old = shell.variables.get(name);
  if (old === undefined || (!isAppended && index === undefined)) {
    assign(shell, name, values);
    return;
  }
  const put = (fields: Fields, added: Fields): Fields => {
    if (isArray || index !== undefined) return [...fields, ...added];
    const last = (fields.at(-1) ?? '') + (added[0] ?? '');
    return fields.length > 1 ? [...fields, ...added, last] : [last];
  };
  const ways = old.flatMap((fields) => values.map((added) => put(fields, added)));
  // Which element is which is not kept, so that any of them may be the one that is asked for.
  const alone = index === undefined ? [] : ways.flatMap((fields) => fields.map((field) => [field]));
  assign(shell, name, [...alone, ...ways]);
}

/** One program with its words, all of them known as far as they can be. */
export function runWords(
  words: readonly Value[],
  shell: Shell,
  input: Stream | undefined,
  text: string,
): Stream {
  const [first = '', ...args] = words;
  if (shell.found.stepsLeft-- <= 0 || shell.depth >= deepest) return tooComplex(shell);
  const name = baseName(first).replace(/\.exe$/i, '');
  const body = shell.functions.get(first);
  if (body !== undefined) return callFunction(body, args, shell, input);
  const call: Call = {
    shell,
    name,
    args,
    input,
    text,
    run: (inner, given) => runWords(inner, shell, given ?? input, text),
    runText: (inner, own, given) => {
      const nested = own === undefined ? shell : { ...subshell(shell), args: own };
      return runText(inner.replaceAll(hole.many, '*').replaceAll(hole.one, '?'), nested, given ?? input);
    },
  };
  // Which program a computed name is, only the run tells.
  return hasUnknown(first) ? nothingKnown : programAt(first, name)(call);
}

function callFunction(body: Node, args: readonly Value[], shell: Shell, input: Stream | undefined): Stream {
  const outer = shell.args;
  shell.args = args;
  shell.depth++;
  const output = runNode(body, shell, input);
  shell.depth--;
  shell.args = outer;
  return output;
}
