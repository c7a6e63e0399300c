import { assign, type Fields, mostAlternatives, nothingKnown, type Shell, type Stream } from './shell.ts';
import type { Node, Part, VariableOp, Word } from './syntax.ts';
import { hasHole, hole, holesIn, patternOf, type Value } from './value.ts';

/** Runs what stands in `$(…)`. */
export type RunNode = (node: Node, shell: Shell) => Stream;

/** The ways a list of words can read, each a list of fields. Mostly there is one. */
export function expandWords(words: readonly Word[], shell: Shell, run: RunNode): Fields[] {
  let lines: Value[][] = [[]];
  for (const word of words) {
    const ways = expandWord(word, shell, run);
    const [only] = ways;
    // One way to read a word is what there mostly is, and there may be thousands of words.
    if (ways.length === 1 && only !== undefined) for (const line of lines) line.push(...only);
    else lines = combine(lines, ways, (line, fields) => [...line, ...fields]);
  }
  return lines;
}

/** The ways a word can read as one text: the target of a redirection, a value, a heredoc. */
export function expandText(word: Word, shell: Shell, run: RunNode): Value[] {
  const texts = expandWord(word, shell, run, false).map((fields) => fields.join(' '));
  return [...new Set(texts)];
}

function combine<A, B, C>(left: readonly A[], right: readonly B[], join: (left: A, right: B) => C): C[] {
  return left.flatMap((a) => right.map((b) => join(a, b))).slice(0, mostAlternatives);
}

/** What a piece adds: fields that follow one another, or texts of which each makes a field of its own. */
interface Piece {
  readonly fields: Fields;
  readonly multiplies: boolean;
}

function expandWord(word: Word, shell: Shell, run: RunNode, splits = true): Fields[] {
  const start: Fields = word.length > 0 && word.every(vanishes) ? [] : [''];
  return word.reduce<Fields[]>(
    (lines, part) => combine(lines, piecesOf(part, shell, run, splits), join),
    [start],
  );
}

/** An unquoted variable that is empty leaves no word behind. */
function vanishes(part: Part): boolean {
  return (part.is === 'variable' || part.is === 'output') && !part.quoted;
}

function join(line: Fields, { fields, multiplies }: Piece): Fields {
  if (multiplies) return line.flatMap((text) => fields.map((field) => text + field));
  const [first, ...rest] = fields;
  if (first === undefined) return line;
  return [...line.slice(0, -1), (line.at(-1) ?? '') + first, ...rest];
}

function piecesOf(part: Part, shell: Shell, run: RunNode, splits: boolean): Piece[] {
  const one = (text: Value): Piece[] => [{ fields: [text], multiplies: false }];
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
      return [piece(outputFields(output, part.quoted), part.quoted, splits, shell)];
    }
    case 'process':
      return one(substitutedFile(part, shell, run));
    case 'braces': {
      if (!splits) return one(hole.unknown);
      const items = part.items.map((item) => expandWord(item, shell, run).flat());
      return [{ fields: items.flat(), multiplies: true }];
    }
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

function piece(fields: Fields, quoted: boolean, splits: boolean, shell: Shell): Piece {
  if (quoted || !splits) return { fields, multiplies: false };
  return { fields: fields.flatMap((field) => splitField(field, shell)), multiplies: false };
}

/** Unquoted text falls apart at blanks, and its `*` is a glob. */
function splitField(field: Value, { variables }: Shell): Value[] {
  const signs = [...(variables.get('IFS')?.at(-1)?.at(-1) ?? '')];
  return signs
    .reduce((text, sign) => text.replaceAll(sign, ' '), field)
    .split(/\s+/)
    .filter((text) => text !== '')
    .map((text) => text.replaceAll('*', hole.many).replaceAll('?', hole.one));
}

function outputFields({ text, values }: Stream, quoted: boolean): Fields {
  if (text !== undefined) return [text.replace(/\n+$/, '')];
  if (values.length === 0) return [hole.unknown];
  return quoted ? [values.length === 1 ? (values[0] ?? '') : values.join('\n')] : values;
}

type Variable = Extract<Part, { is: 'variable' }>;

function variable({ name, quoted, op }: Variable, shell: Shell, run: RunNode): Fields[] {
  const known = valuesOf(name, shell, quoted);
  if (op.does === 'default') return withDefault(name, known, op, shell, run);
  if (op.does === 'follow') {
    const names = known?.flat() ?? [];
    return names.flatMap((inner) => valuesOf(inner, shell, quoted) ?? [[hole.unknown]]);
  }
  const values = known ?? [[hole.unknown]];
  if (op.does === 'nothing') return [...values];
  return values.map((fields) => fields.map((field) => applied(field, op, shell, run)));
}

function valuesOf(
  name: string,
  { variables, args, cwds, context }: Shell,
  quoted: boolean,
): readonly Fields[] | undefined {
  if (name === '@') return [args];
  if (name === '*') return [quoted ? [args.join(' ')] : args];
  if (/^\d+$/.test(name) && name !== '0') {
    const arg = args[Number(name) - 1];
    return arg === undefined ? undefined : [[arg]];
  }
  const value = variables.get(name);
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
  return known === undefined ? [...fallback, [hole.unknown]] : fallback;
}

function applied(field: Value, op: VariableOp, shell: Shell, run: RunNode): Value {
  if (op.does === 'case') return op.to === 'upper' ? field.toUpperCase() : field.toLowerCase();
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
