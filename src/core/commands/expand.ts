import { assign, nameFor, nothingKnown, type Shell, type Stream } from './shell.ts';
import type { Node, Part, VariableOp, Word } from './syntax.ts';
import { hasHole, hole, holesIn, patternOf, type Value } from './value.ts';
import { anyPath, type Fields, inOne, mostWays } from './ways.ts';

/** Runs what stands in `$(…)`. */
export type RunNode = (node: Node, shell: Shell) => Stream;

/** The ways a list of words can read, each a list of fields. Mostly there is one. */
export function expandWords(words: readonly Word[], shell: Shell, run: RunNode): Fields[] {
  let lines: Value[][] = [[]];
  const isDeclaring = declares(words[0]);
  const all = words.flatMap((one) => (isDeclaring && isAssignment(one) ? [one] : unbraced(one)));
  for (const word of all) {
    const ways = expandWord(word, shell, run, !isDeclaring || !isAssignment(word));
    const [only] = ways;
    // One way to read a word is what there mostly is, and there may be thousands of words.
    if (ways.length === 1 && only !== undefined) for (const line of lines) line.push(...only);
    else lines = combine(lines, fewer(ways, lines), (line, fields) => [...line, ...fields]);
  }
  return lines;
}

/** Behind these a value does not fall apart at its blanks (bash, "Simple Command Expansion"). */
function declares(word: Word | undefined): boolean {
  const [first, ...rest] = word ?? [];
  return first?.is === 'text' && rest.length === 0 && declaring.has(first.text);
}

const declaring = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);

function isAssignment([first]: Word): boolean {
  return first?.is === 'text' && /^[A-Za-z_]\w*\+?=/.test(first.text);
}

/** The ways a word can read as one text: the target of a redirection, a value, a heredoc. */
export function expandText(word: Word, shell: Shell, run: RunNode): Value[] {
  const texts = expandWord(word, shell, run, false).map((fields) => fields.join(' '));
  return [...new Set(texts)];
}

function combine<A, B, C>(left: readonly A[], right: readonly B[], join: (left: A, right: B) => C): C[] {
  return left.flatMap((a) => right.map((b) => join(a, b)));
}

/** Where there would be too many ways with those of what stands before, one that stands for all of these. */
function fewer(ways: readonly Fields[], before: readonly unknown[]): readonly Fields[] {
  return ways.length > 1 && ways.length * before.length > mostWays ? [inOne(ways)] : ways;
}

/** Braces come before everything else, and make words of one. */
function unbraced(word: Word): readonly Word[] {
  if (word.every((part) => part.is !== 'braces')) return [word];
  if (wordsIn(word) > mostWords) return [loosely(word)];
  let words: Word[] = [[]];
  for (const part of word) {
    const pieces = part.is === 'braces' ? part.items.flatMap(unbraced) : [[part]];
    words = combine(words, pieces, (start, piece) => [...start, ...piece]);
  }
  return words;
}

/** More words than this are not made of one. */
const mostWords = 1_000;

/** One word for all that braces make, with a hole for each of them. */
function loosely(word: Word): Word {
  const braces = word.filter((part) => part.is === 'braces');
  if (/\/|\.\./.test(JSON.stringify(braces))) return [{ is: 'text', text: anyPath }];
  return word.map((part) => (part.is === 'braces' ? { is: 'text', text: hole.listed } : part));
}

function wordsIn(word: Word): number {
  const inPart = (part: Part) =>
    part.is === 'braces' ? part.items.reduce((sum, item) => sum + wordsIn(item), 0) : 1;
  return word.reduce((product, part) => product * inPart(part), 1);
}

function expandWord(word: Word, shell: Shell, run: RunNode, splits = true): Fields[] {
  const start: Fields = word.length > 0 && word.every(vanishes) ? [] : [''];
  return word.reduce<Fields[]>(
    (lines, part) => combine(lines, fewer(piecesOf(part, shell, run, splits), lines), join),
    [start],
  );
}

/** An unquoted variable that is empty leaves no word behind. */
function vanishes(part: Part): boolean {
  return (part.is === 'variable' || part.is === 'output') && !part.quoted;
}

function join(line: Fields, fields: Fields): Fields {
  const [first, ...rest] = fields;
  if (first === undefined) return line;
  const text = (line.at(-1) ?? '') + first;
  return [...line.slice(0, -1), text.length > longestText ? hole.unknown : text, ...rest];
}

/** A variable that is put together with itself doubles; what is longer than this is no file that anybody writes so. */
const longestText = 2_000_000;

/** The ways a piece can read, each the fields that it makes. */
function piecesOf(part: Part, shell: Shell, run: RunNode, splits: boolean): Fields[] {
  const one = (text: Value): Fields[] => [[text]];
  switch (part.is) {
    case 'text':
      return one(part.text);
    case 'home':
      return one(shell.context.home ?? hole.unknown);
    case 'glob':
      return one(part.matches === 'many' ? hole.many : hole.one);
    case 'variable':
      return variable(part, shell, run).map((fields) => piece(fields, part.quoted, splits, shell));
    case 'output': {
      const output = run(part.of, shell);
      return outputs(output, part.quoted || !splits).map((fields) =>
        piece(fields, part.quoted, splits, shell),
      );
    }
    case 'process':
      return one(substitutedFile(part, shell, run));
    case 'braces':
      return one(hole.unknown);
    case 'computed':
      for (const node of part.nodes) run(node, shell);
      return one(hole.unknown);
    default:
      return part satisfies never;
  }
}

/** `<(…)` can be read like a file, also by a shell that runs it; `>(…)` reads what is written into it. */
function substitutedFile(
  { node, direction }: Extract<Part, { is: 'process' }>,
  shell: Shell,
  run: RunNode,
): Value {
  const { streams, waiting } = shell.found;
  if (direction === '>') waiting.push(node);
  const path = `/dev/fd/${63 - streams.size}`;
  streams.set(path, direction === '<' ? run(node, shell) : nothingKnown);
  return path;
}

function piece(fields: Fields, quoted: boolean, splits: boolean, shell: Shell): Fields {
  const all = quoted || !splits ? fields : fields.flatMap((field) => splitField(field, shell));
  if (all.length <= mostFields) return all;
  return [anyPath];
}

const mostFields = 20_000;

/** Unquoted text falls apart at blanks, and its `*` is a glob. */
function splitField(field: Value, { variables }: Shell): Value[] {
  const signs = [...(variables.get('IFS')?.at(-1)?.at(-1) ?? '')];
  return signs
    .reduce((text, sign) => text.replaceAll(sign, ' '), field)
    .split(/\s+/)
    .filter((text) => text !== '')
    .map((text) => text.replaceAll('*', hole.many).replaceAll('?', hole.one));
}

/** As one text, where the lines are not known, it may be all of them or any. */
function outputs({ text, values }: Stream, isOne: boolean): Fields[] {
  if (text !== undefined) return [[text.replace(/\n+$/, '')]];
  if (values.length === 0) return [[hole.unknown]];
  if (!isOne || values.length === 1) return [values];
  return [[values.join('\n')], ...values.map((value) => [value])];
}

type Variable = Extract<Part, { is: 'variable' }>;

function variable({ name, element, quoted, op }: Variable, shell: Shell, run: RunNode): Fields[] {
  const known = elementsOf(valuesOf(name, shell, quoted), element);
  if (op.does === 'default') return withDefault(name, known, op, shell, run);
  if (op.does === 'follow') {
    const names = known?.flat() ?? [];
    return names.flatMap((inner) => valuesOf(inner, shell, quoted) ?? [[hole.unknown]]);
  }
  const values = known ?? [[hole.unknown]];
  if (op.does === 'nothing') return [...values];
  const isArguments = name === '@' || name === '*';
  if (op.does === 'slice' && (isArguments || element === 'all')) {
    // Before the first of `$@` stands the name of the shell.
    const slice = isArguments && op.offset > 0 ? { ...op, offset: op.offset - 1 } : op;
    return values.map((fields) => sliceOf(fields, slice));
  }
  return values.map((fields) => fields.map((field) => applied(field, op, shell, run)));
}

/** Some of a list, or of a text. */
function sliceOf<T extends { slice(start: number, end?: number): T }>(
  whole: T,
  { offset, length }: Extract<VariableOp, { does: 'slice' }>,
): T {
  const rest = whole.slice(offset);
  return length === undefined ? rest : rest.slice(0, length);
}

/** An element that was given by itself may be the only one that is known. */
function elementsOf(
  ways: readonly Fields[] | undefined,
  element: Variable['element'],
): readonly Fields[] | undefined {
  if (element === undefined || element === 'all') return ways;
  return ways?.flatMap((fields) => {
    const one = element === 'any' ? undefined : fields.at(element);
    return one === undefined ? fields.map((field) => [field]) : [[one]];
  });
}

function valuesOf(name: string, shell: Shell, quoted: boolean): readonly Fields[] | undefined {
  const { variables, args, cwds, context } = shell;
  if (name === '@') return [args];
  if (name === '*') return [quoted ? [args.join(' ')] : args];
  if (/^\d+$/.test(name) && name !== '0') {
    const arg = args[Number(name) - 1];
    return arg === undefined ? undefined : [[arg]];
  }
  const value = variables.get(nameFor(shell, name));
  if (value !== undefined) return value;
  if (name === 'PWD') return cwds.map((cwd) => [cwd]);
  return name === 'HOME' && context.home !== undefined ? [[context.home]] : undefined;
}

function withDefault(
  name: string,
  known: readonly Fields[] | undefined,
  op: Extract<VariableOp, { does: 'default' }>,
  shell: Shell,
  run: RunNode,
): Fields[] {
  const fallback = expandText(op.word, shell, run).map((text) => [text]);
  if (op.instead) return known === undefined ? [[''], ...fallback] : fallback;
  if (known?.flat().some((text) => text !== '')) return [...known];
  // From outside it may have a value all the same.
  if (known === undefined && fallback.length > 0) assign(shell, name, fallback);
  // What is known comes last: of what a builtin sets, the last counts.
  return known === undefined ? [[hole.unknown], ...fallback] : fallback;
}

function applied(field: Value, op: VariableOp, shell: Shell, run: RunNode): Value {
  if (op.does === 'case') return op.to === 'upper' ? field.toUpperCase() : field.toLowerCase();
  if (op.does === 'slice' && !hasHole(field)) return sliceOf<Value>(field, op);
  if (op.does !== 'cut' && op.does !== 'replace') return hole.unknown;
  const [pattern = hole.unknown] = expandText(op.pattern, shell, run);
  if (hasHole(field) || holesIn(pattern) > 2 || field.length > longestName) return hole.unknown;
  const source = patternOf(pattern).source.slice(1, -1);
  if (op.does === 'replace') {
    const [by = ''] = expandText(op.by, shell, run);
    return field.replace(new RegExp(source, op.all ? 'g' : ''), () => by);
  }
  return cut(field, source, op);
}

/** A pattern is tried at every length, which is too much for a text that is no name (limits.h NAME_MAX). */
const longestName = 255;

/** The shortest or the longest piece at an end that the pattern matches goes. */
function cut(
  field: Value,
  source: string,
  { end, longest }: { end: 'start' | 'end'; longest: boolean },
): Value {
  const pattern = new RegExp(`^${source.replaceAll('[^/]*', '[\\s\\S]*')}$`);
  const lengths = Array.from({ length: field.length + 1 }, (_, length) => length);
  for (const length of longest ? lengths.reverse() : lengths) {
    const taken = end === 'start' ? field.slice(0, length) : field.slice(field.length - length);
    if (pattern.test(taken))
      return end === 'start' ? field.slice(length) : field.slice(0, field.length - length);
  }
  return field;
}
