import { plainScalar } from '../scalar.ts';
import { unusual } from './unusual.ts';

/** A top-level pair of a text: from its key to where the next begins. */
export interface Section {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Where its entries begin, each with its line; none where it is to be read as a whole. */
  readonly parts: readonly number[];
}

/**
 * Cuts a text at the lines that say something and begin at the left edge, and a section of which only the key stands
 * there at the lines that stand as far to the right as its first one. This is right of any text in which every piece
 * is a `readBlock` block: what goes on over several lines of one stands further to the right.
 */
export function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  const cutter = new Cutter(text);
  for (let at = cutter.start(); at < text.length; ) {
    const section = cutter.sectionFrom(at);
    if (section !== undefined) sections.push(section);
    at = section?.end ?? cutter.next(at);
  }
  return sections;
}

const startMark = /--- *(?:\r?\n|$)/y;
const headPattern = /([A-Za-z_][\w./-]{0,200}): *(?: #[^\n]*)?(?:\r?\n|$)/y;
const space = 32;

class Cutter {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Comments and `---` may stand before the first section. */
  start(): number {
    let at = 0;
    while (at < this.text.length && this.columnOf(at) === undefined) at = this.next(at);
    startMark.lastIndex = at;
    return startMark.test(this.text) ? startMark.lastIndex : 0;
  }

  /** The section that begins with this line; `undefined` for a line that says nothing. */
  sectionFrom(start: number): Section | undefined {
    const column = this.columnOf(start);
    if (column === undefined) return undefined;
    if (column > 0) throw unusual;
    headPattern.lastIndex = start;
    const name = headPattern.exec(this.text)?.[1];
    const from = this.next(start);
    // A key that is no text is refused when its section is read as a whole.
    if (name === undefined || typeof plainScalar(name).value !== 'string')
      return { name: '', start, end: this.endOf(from), parts: [] };
    return this.cut(name, start, from);
  }

  private cut(name: string, start: number, from: number): Section {
    const { text } = this;
    const parts: number[] = [];
    let edge = 0;
    let at = from;
    for (; at < text.length; at = this.next(at)) {
      const column = this.columnOf(at, edge === 0 ? undefined : edge);
      if (column === undefined) continue;
      if (column === 0) break;
      if (edge === 0) edge = column;
      if (column < edge || text[at + column] === '-') return { name, start, end: this.endOf(at), parts: [] };
      parts.push(at);
    }
    return { name, start, end: at, parts };
  }

  /** Where the next line begins that says something at the left edge. */
  private endOf(from: number): number {
    let at = from;
    while (at < this.text.length && this.columnOf(at, 0) !== 0) at = this.next(at);
    return at;
  }

  next(from: number): number {
    const found = this.text.indexOf('\n', from);
    return found === -1 ? this.text.length : found + 1;
  }

  /** How far to the right a line begins to say something; `undefined` for one that does not, or lies beyond `edge`. */
  private columnOf(start: number, edge = Number.POSITIVE_INFINITY): number | undefined {
    const { text } = this;
    let at = start;
    while (text.charCodeAt(at) === space) {
      at++;
      if (at - start > edge) return undefined;
    }
    const first = text[at];
    return first === undefined || first === '\n' || first === '\r' || first === '#' ? undefined : at - start;
  }
}
