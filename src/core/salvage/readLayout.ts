import { CST, Parser } from 'yaml';
import { splitGap, withoutTrailingBlank } from './gaps.ts';
import {
  type Collection,
  type Entry,
  emptyLeaf,
  isBlock,
  type Layout,
  type Leaf,
  type Value,
} from './layout.ts';
import { Refusal } from './refusal.ts';

/** Reads a YAML text of one document into its layout. The text is known to be free of errors. */
export function readLayout(text: string): Layout {
  const eol = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  const lacksFinalEol = text !== '' && !text.endsWith('\n');
  const source = lacksFinalEol ? text + eol : text;
  const documents = [...new Parser().parse(source)].filter((token) => token.type === 'document');
  const [document] = documents;
  if (documents.length > 1) throw new Refusal('the text holds more than one YAML document', 0);
  const token = document?.value;
  if (!token || !CST.isCollection(token))
    return { head: source, root: undefined, tail: '', eol, lacksFinalEol };
  const reader = new Reader(source);
  const root = reader.collection(token, undefined);
  return { head: reader.head, root, tail: reader.remainder(root), eol, lacksFinalEol };
}

interface Item {
  readonly start: readonly CST.SourceToken[];
  readonly key?: CST.Token | null;
  readonly sep?: readonly CST.SourceToken[];
  readonly value?: CST.Token;
}

/** Goes through the text once from start to end; `at` is where the parts that are read end. */
class Reader {
  head = '';
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  collection(token: CST.Token, mother: Entry | undefined): Collection {
    if (token.type === 'flow-collection') return this.flow(token, mother);
    if (token.type !== 'block-map' && token.type !== 'block-seq')
      throw new Refusal('not a collection', this.at);
    const shape = token.type === 'block-map' ? 'map' : 'seq';
    const items = (token.items as readonly Item[]).filter(isEntry);
    const column = items[0] ? this.columnOf(startOf(items[0])) : 0;
    const entries: Entry[] = [];
    for (const item of items) {
      const start = startOf(item);
      const isCompact = entries.length === 0 && mother !== undefined && mother.rest === '';
      const around = isCompact ? noGap : this.gap(start, column, entries.at(-1), mother === undefined);
      entries.push(this.entry(item, around, (end) => this.lineEnd(end)));
    }
    return { shape, style: 'block', column, entries, close: '' };
  }

  /** What is left behind the last entry, once the comments that speak of that entry are given to it. */
  remainder(root: Collection): string {
    const text = this.source.slice(this.at);
    return root.style === 'flow' ? text : splitGap(text, -1, root.entries.at(-1), root.column).above;
  }

  private gap(start: number, column: number, previous: Entry | undefined, isRoot: boolean): Gap {
    const lineStart = this.source.lastIndexOf('\n', start - 1) + 1;
    const text = this.source.slice(this.at, lineStart);
    const indent = this.source.slice(Math.max(lineStart, this.at), start);
    if (previous || !isRoot) return { ...splitGap(text, column, previous, column), indent };
    // The comment on top of a file speaks of the file, whatever the first entry is.
    this.head = text;
    return { above: '', own: '', indent };
  }

  private entry(item: Item, around: Gap, restEnd: (valueEnd: number) => number): Entry {
    const start = startOf(item);
    const marks = item.sep ? [...item.sep] : [...item.start];
    const colon = marks.find(
      ({ type }) => type === 'map-value-ind' || (type === 'seq-item-ind' && !item.sep),
    );
    const keyEnd = item.key ? endOf(item.key) : start;
    const markEnd = Math.max(colon ? endOf(colon) : start, keyEnd);
    const props = marks.filter(
      ({ type, offset }) => (type === 'anchor' || type === 'tag') && offset >= markEnd,
    );
    const last = props.at(-1);
    const propsEnd = last ? endOf(last) : markEnd;
    const anchor = props.find(({ type }) => type === 'anchor')?.source.slice(1);
    const entry = {
      ...around,
      mark: this.source.slice(start, markEnd),
      props: this.source.slice(markEnd, propsEnd),
      ...emptyParts,
      key: keyOf(item.key),
      start,
      anchor,
      end: propsEnd,
    };
    this.at = propsEnd;
    this.fill(entry, item.value, restEnd);
    return entry;
  }

  private fill(entry: Writable, token: CST.Token | undefined, restEnd: (valueEnd: number) => number): void {
    if (token?.type === 'block-map' || token?.type === 'block-seq') {
      const first = (token.items as readonly Item[]).find(isEntry);
      const between = this.source.slice(this.at, first ? startOf(first) : token.offset);
      const lineEnd = between.indexOf('\n') + 1;
      if (lineEnd === 0) entry.pad = between;
      else entry.rest = between.slice(0, lineEnd);
      this.at += lineEnd === 0 ? between.length : lineEnd;
      entry.value = this.collection(token, entry);
      entry.end = lastEnd(entry);
      return;
    }
    if (token) {
      entry.pad = this.source.slice(this.at, token.offset);
      this.at = token.offset;
      entry.value = token.type === 'flow-collection' ? this.flow(token, entry) : this.leaf(token);
    }
    entry.end = this.at;
    const end = restEnd(this.at);
    entry.rest = this.source.slice(this.at, end);
    this.at = end;
  }

  private flow(token: CST.FlowCollection, mother: Entry | undefined): Collection {
    if (!mother) this.head = this.source.slice(0, token.offset);
    this.at = token.offset + 1;
    const entries: Entry[] = [];
    const closing = token.end[0];
    const end = closing ? closing.offset + 1 : this.at;
    for (const [index, item] of (token.items as readonly Item[]).entries()) {
      const comma = item.start.find(({ type }) => type === 'comma');
      const previous = entries.at(-1);
      if (comma && previous) previous.rest = this.source.slice(this.at, comma.offset);
      if (comma) this.at = comma.offset + (isEntry(item) ? 1 : 0);
      if (!isEntry(item) || (index > 0 && !comma)) continue;
      const above = this.source.slice(this.at, startOf(item));
      entries.push(this.entry(item, { above, own: '', indent: '' }, (valueEnd) => valueEnd));
    }
    const close = this.source.slice(this.at, end);
    this.at = end;
    return {
      shape: token.start.type === 'flow-map-start' ? 'map' : 'seq',
      style: 'flow',
      column: 0,
      entries,
      close,
    };
  }

  private leaf(token: CST.Token): Leaf {
    const says = token.type === 'alias' ? undefined : saysOf(token);
    const end = endOf(token);
    const raw = this.source.slice(token.offset, end);
    const text = token.type === 'block-scalar' ? withoutLastEol(raw) : raw;
    this.at = token.offset + text.length;
    return { shape: 'leaf', text, says, style: styleOf(token) };
  }

  private lineEnd(from: number): number {
    const newline = this.source.indexOf('\n', from);
    return newline === -1 ? this.source.length : newline + 1;
  }

  private columnOf(offset: number): number {
    const lineStart = this.source.lastIndexOf('\n', offset - 1) + 1;
    return offset - lineStart - (this.source[lineStart] === byteOrderMark ? 1 : 0);
  }
}

interface Gap {
  readonly above: string;
  readonly own: string;
  readonly indent: string;
}

type Writable = { -readonly [Name in keyof Entry]: Entry[Name] };

const byteOrderMark = '\uFEFF';
const noGap: Gap = { above: '', own: '', indent: '' };
const emptyParts = { pad: '', value: emptyLeaf as Value, rest: '', below: '' };

function isEntry(item: Item): boolean {
  return (
    item.key !== undefined ||
    item.sep !== undefined ||
    item.value !== undefined ||
    markedStart(item) !== undefined
  );
}

function markedStart({ start }: Item): CST.SourceToken | undefined {
  return start.find(({ type }) => ['seq-item-ind', 'explicit-key-ind', 'anchor', 'tag'].includes(type));
}

function startOf(item: Item): number {
  const found = markedStart(item)?.offset ?? item.key?.offset ?? item.sep?.[0]?.offset ?? item.value?.offset;
  if (found === undefined) throw new Refusal('an entry without a place', 0);
  return found;
}

function endOf(token: CST.Token): number {
  if (token.type === 'block-scalar') {
    const header = token.props.reduce(
      (length, prop) => length + ('source' in prop ? prop.source.length : 0),
      0,
    );
    return token.offset + header + token.source.length;
  }
  if (token.type === 'flow-collection') return (token.end[0]?.offset ?? token.offset) + 1;
  if ('source' in token) return token.offset + token.source.length;
  throw new Refusal('a key that is itself a collection', token.offset);
}

function lastEnd(entry: Writable): number {
  const last = isBlock(entry.value) ? entry.value.entries.at(-1) : undefined;
  return last ? last.end : entry.end;
}

/** Trailing blank lines are part of a block scalar only where its header says so. */
function withoutLastEol(raw: string): string {
  const header = raw.slice(0, raw.indexOf('\n'));
  return /^[|>]\d?\+/.test(header)
    ? raw.replace(/\r?\n$/, '')
    : withoutTrailingBlank(raw).replace(/\r?\n$/, '');
}

function keyOf(key: CST.Token | null | undefined): string | undefined {
  return key && CST.isScalar(key) ? saysOf(key) : undefined;
}

/** What is wrong with a scalar is told by whoever reads the document for its meaning. */
function saysOf(token: CST.Token): string {
  return CST.resolveAsScalar(token, true, () => undefined)?.value ?? '';
}

function styleOf({ type }: CST.Token): Leaf['style'] {
  if (type === 'alias') return 'alias';
  if (type === 'block-scalar') return 'block';
  return type === 'scalar' ? 'plain' : 'quoted';
}
