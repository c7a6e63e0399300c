import { linesOf } from './gaps.ts';
import { type Collection, type Entry, isOnOwnLines, type Leaf, type Value } from './layout.ts';
import type { Style } from './style.ts';

/** Where an entry comes from and where it goes: the columns of the entry on both sides, and the style it takes. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly old: Style;
  readonly style: Style;
}

/** The entry, with all it contains, as it reads in a block collection of the other text. */
export function adoptEntry(entry: Entry, move: Move): Entry {
  const { from, to, style } = move;
  const shift = (text: string) => shiftLines(text, to - from, style.eol);
  return {
    ...entry,
    above: shiftComments(entry.above, move),
    own: shiftComments(entry.own, move),
    indent: ' '.repeat(to),
    mark: shift(entry.mark),
    props: shift(entry.props),
    pad: shift(entry.pad),
    value: adoptValue(entry, move),
    rest: shift(entry.rest),
    below: shiftComments(entry.below, move),
  };
}

/** The value of an entry as it reads in an entry at another column. */
export function adoptValue(entry: Entry, move: Move): Value {
  const { value } = entry;
  if (value.shape === 'leaf') return adoptLeaf(value, move);
  if (value.style === 'flow') return adoptFlow(value, move);
  const column = isOnOwnLines(entry) ? innerColumn(entry, value, move) : move.to + (value.column - move.from);
  const inner: Move = { ...move, from: value.column, to: column };
  const entries = value.entries.map((child) => adoptEntry(child, inner));
  const [first] = entries;
  if (first && !isOnOwnLines(entry)) first.indent = '';
  return { ...value, column, entries };
}

function innerColumn(entry: Entry, value: Collection, { from, to, old, style }: Move): number {
  if (value.shape === 'seq' && entry.key !== undefined) {
    const step = value.column - from;
    return to + (step === old.dash || step === 0 || step === old.unit ? style.dash : step);
  }
  return to + style.unit;
}

function adoptLeaf(leaf: Leaf, move: Move): Leaf {
  if (leaf.style !== 'block')
    return { ...leaf, text: shiftLines(leaf.text, move.to - move.from, move.style.eol) };
  const [header = '', ...lines] = linesOf(leaf.text);
  const content = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const step = Math.min(...content) - move.from;
  // An indentation that is written out in the header counts from the entry and has to stay what it is.
  const isUsual = step === move.old.unit && !/^[|>][+-]?\d/.test(header);
  const delta = move.to - move.from + (isUsual ? move.style.unit - step : 0);
  return { ...leaf, text: withEol(header, move.style.eol) + shift(lines, delta, move.style.eol) };
}

function adoptFlow(flow: Collection, move: Move): Collection {
  const shift = (text: string) => shiftLines(text, move.to - move.from, move.style.eol);
  const entries = flow.entries.map((entry) => ({
    ...entry,
    above: shift(entry.above),
    mark: shift(entry.mark),
    props: shift(entry.props),
    pad: shift(entry.pad),
    value: adoptValue(entry, move),
    rest: shift(entry.rest),
  }));
  return { ...flow, entries, close: shift(flow.close) };
}

/** Moves every line but the first, which goes on where something else ends. */
function shiftLines(text: string, delta: number, eol: string): string {
  const [first = '', ...lines] = linesOf(text);
  return withEol(first, eol) + shift(lines, delta, eol);
}

function shiftComments(text: string, { from, to, style }: Move): string {
  return shift(linesOf(text), to - from, style.eol);
}

function shift(lines: readonly string[], delta: number, eol: string): string {
  return lines.map((line) => withEol(moved(line, delta), eol)).join('');
}

function moved(line: string, delta: number): string {
  if (line.trim() === '' && line.endsWith('\n')) return line;
  if (delta >= 0) return ' '.repeat(delta) + line;
  const space = line.length - line.trimStart().length;
  return line.slice(Math.min(-delta, space));
}

function withEol(line: string, eol: string): string {
  return line.replace(/\r?\n$/, eol);
}
