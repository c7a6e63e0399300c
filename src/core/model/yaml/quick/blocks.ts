import type { Span } from '../../document.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../node.ts';
import { plainScalar } from '../scalar.ts';
import { readBlockScalar } from './blockScalar.ts';
import { type Found, readFlow, readQuoted } from './flow.ts';
import { unusual } from './unusual.ts';

/**
 * Reads the YAML that most Compose files are written in, many times as fast as a full parser, and throws `unusual` at
 * anything else. What it knows, every entry beginning on a line of its own:
 *
 *     pairs at column n   one or more `key: value`, each key exactly at n
 *     items at column n   one or more `- value`, each dash exactly at n
 *     value               on the line: plain, quoted, `[…]`, `{…}`, or a block scalar's header with its lines below;
 *                         else pairs or items below at a column beyond n (items of a pair also at n), else null;
 *                         behind a dash also pairs, whose column is that of the first key
 *
 * Comments and blank lines may stand between lines. Anchors, tags, merge keys, other keys than words, what goes on
 * over several lines, tabs and control characters are unusual. Offsets count from the start of the text.
 */
export function readBlock(text: string): YamlMap {
  if (isOdd(text)) throw unusual;
  const reader = new Reader(text);
  const root = reader.pairs(reader.indent, 0);
  if (!reader.isDone) throw unusual;
  return root;
}

/**
 * Control characters but line ends, blanks but the space, what has no width, and a CR that ends no line. Most texts hold
 * none but the first letters, and then what the others are need not be looked up.
 */
function isOdd(text: string): boolean {
  return !/^[\n -~]*$/.test(text) && /[^\P{Cc}\n\r]|[^\P{Z} ]|\p{Cf}|\r(?!\n)/u.test(text);
}

const deepest = 50;
const space = 32;
const hash = 35;
const dash = 45;
const newline = 10;
const carriageReturn = 13;

/** Goes through a text line by line; it always stands at a line that says something, or at the end. */
class Reader {
  readonly text: string;
  /** Of the current line: how far it stands to the right, where it begins to say something, where it ends. */
  indent = 0;
  at = 0;
  end = 0;
  isDone = false;

  constructor(text: string) {
    this.text = text;
    this.goTo(0);
  }

  pairs(column: number, depth: number): YamlMap {
    if (depth > deepest) throw unusual;
    const entries = new Map<string, YamlEntry>();
    do {
      const start = this.at;
      const key = this.key();
      if (key === undefined || entries.has(key)) throw unusual;
      const colonEnd = start + key.length + 1;
      entries.set(key, this.value({ start, end: colonEnd }, column, depth));
    } while (this.isAt(column));
    return { type: 'map', tag: undefined, entries };
  }

  private items(column: number, depth: number): YamlNode {
    if (depth > deepest) throw unusual;
    const items: YamlEntry[] = [];
    do {
      const dashEnd = this.at + 1;
      const start = this.skipSpaces(dashEnd);
      // A dash with nothing, or another dash, behind it.
      if (this.isOver(start) || this.isDash(start)) throw unusual;
      this.at = start;
      if (this.key() === undefined) items.push(this.value({ start, end: start }, column, depth));
      else {
        const node = this.pairs(column + start - dashEnd + 1, depth + 1);
        items.push({ node, span: { start, end: endOf(node) } });
      }
    } while (this.isAt(column) && this.isDash(this.at));
    return { type: 'list', tag: undefined, items };
  }

  /** `before` is the key with its colon. Where nothing follows, that is all that states the entry. */
  private value(before: Span, column: number, depth: number): YamlEntry {
    const { start } = before;
    const from = this.skipSpaces(before.end);
    if (!this.isOver(from)) {
      const { node, end } = this.inLine(from, column);
      // A scalar that goes on over several lines.
      if (this.indent > column) throw unusual;
      return { node, span: { start, end } };
    }
    this.goTo(this.end);
    const isList = this.isDash(this.at);
    if (this.indent < column || (this.indent === column && !isList)) return { node: nothing, span: before };
    const node = isList ? this.items(this.indent, depth + 1) : this.pairs(this.indent, depth + 1);
    if (this.indent > column) throw unusual;
    return { node, span: { start, end: endOf(node) } };
  }

  /** A value on the line; then the next line is the current one. */
  private inLine(from: number, column: number): Found {
    const { text } = this;
    const first = text[from] ?? '';
    if (first === '|' || first === '>') {
      const found = readBlockScalar(text, from, column);
      this.goTo(found.next);
      return found;
    }
    const found = this.scalarOrFlow(first, from);
    if (!this.isOver(this.skipSpaces(found.end), found.end)) throw unusual;
    this.goTo(this.end);
    return found;
  }

  private scalarOrFlow(first: string, from: number): Found {
    if (first === '"' || first === "'") return readQuoted(this.text, from);
    if (first === '[' || first === '{') return readFlow(this.text, from);
    if (!/[\w/.$~+(\\^=;]/.test(first) && !(first === '-' && !this.isDash(from))) throw unusual;
    const line = this.text.slice(from, this.end);
    const comment = line.indexOf(' #');
    const source = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    // A pair within a scalar.
    if (source.includes(': ') || source.endsWith(':')) throw unusual;
    return { node: { type: 'scalar', tag: undefined, ...plainScalar(source) }, end: from + source.length };
  }

  /** The key that the current line begins with, if it is one that is known here. */
  private key(): string | undefined {
    plainKey.lastIndex = this.at;
    const key = plainKey.exec(this.text)?.[1];
    return key !== undefined && typeof plainScalar(key).value === 'string' ? key : undefined;
  }

  /** Goes to the next line that says something, from the end of a line or the start of one. */
  goTo(from: number): void {
    const { text } = this;
    let start = from;
    for (;;) {
      while (text.charCodeAt(start) === newline || text.charCodeAt(start) === carriageReturn) start++;
      if (start >= text.length) break;
      const at = this.skipSpaces(start);
      const end = lineEnd(text, at);
      if (at < end && text.charCodeAt(at) !== hash) {
        this.indent = at - start;
        this.at = at;
        this.end = end;
        return;
      }
      start = end;
    }
    this.indent = -1;
    this.at = this.end = text.length;
    this.isDone = true;
  }

  private isAt(column: number): boolean {
    return this.indent === column;
  }

  private isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== dash) return false;
    const next = this.text.charCodeAt(at + 1);
    return next === space || next === newline || next === carriageReturn || at + 1 >= this.text.length;
  }

  /** Whether the line says nothing more; a comment has to have a blank before it, where `behind` ends a value. */
  private isOver(at: number, behind?: number): boolean {
    return at >= this.end || (this.text.charCodeAt(at) === hash && at !== behind);
  }

  private skipSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === space) at++;
    return at;
  }
}

const plainKey = /([A-Za-z_][\w./-]{0,200}):(?=[ \r\n]|$)/y;

const nothing: YamlNode = { type: 'scalar', tag: undefined, ...plainScalar('') };

/** Without the line's end, be it LF or CRLF. */
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  if (found === -1) return text.length;
  return text.charCodeAt(found - 1) === carriageReturn ? found - 1 : found;
}

/** Where the last entry of pairs or items ends. */
function endOf(node: YamlNode): number {
  if (node.type === 'list') return node.items.at(-1)?.span.end ?? 0;
  let end = 0;
  if (node.type === 'map') for (const { span } of node.entries.values()) end = span.end;
  return end;
}
