/**
 * A text as the entries it is written in, with everything between them: joined in order, the parts of a layout are
 * the text again, byte for byte. An edit takes entries out, puts others in, and leaves every other part alone.
 */
export interface Layout {
  /** Byte order mark, directives, comments: whatever stands before the first entry and its own comments. */
  head: string;
  root: Collection | undefined;
  tail: string;
  readonly eol: '\n' | '\r\n';
  /** A text without a final line end is given one here, so that its last line is like any other. */
  readonly lacksFinalEol: boolean;
}

export type Value = Collection | Leaf;

export interface Leaf {
  readonly shape: 'leaf';
  /** As written, quotes and block scalar header included; empty where there is no value. */
  readonly text: string;
  /** What it says; `undefined` for an alias. */
  readonly says: string | undefined;
  readonly style: 'plain' | 'quoted' | 'block' | 'alias' | 'empty';
}

export interface Collection {
  shape: 'map' | 'seq';
  style: 'block' | 'flow';
  /** Of a block collection: how far its entries stand to the right. */
  column: number;
  readonly entries: Entry[];
  /** Of a flow collection: what follows the last entry, up to and with the closing bracket. */
  close: string;
}

/** A pair of a mapping or an item of a list, with the white space and comments around it. */
export interface Entry {
  /** Blank lines and comments that stay when the entry goes. In a flow collection: what precedes the entry. */
  above: string;
  /** The comment lines directly above, which speak of this entry and go with it. */
  own: string;
  indent: string;
  /** The key with its colon, or the dash of an item; empty for an item of a flow list. */
  mark: string;
  /** Anchor and tag of the value, with the white space before them. */
  props: string;
  pad: string;
  value: Value;
  /** What follows the value on its line; before a block collection on lines of its own, what follows the mark. */
  rest: string;
  /** Comment lines below that stand further to the right than the entry. */
  below: string;
  key: string | undefined;
  /** Where key and value stood in the text it was read from. */
  readonly start: number;
  readonly end: number;
  readonly anchor: string | undefined;
}

export const emptyLeaf: Leaf = { shape: 'leaf', text: '', says: '', style: 'empty' };

export function write(layout: Layout): string {
  const text = layout.head + (layout.root ? writeValue(layout.root) : '') + layout.tail;
  return layout.lacksFinalEol && text.endsWith(layout.eol) ? text.slice(0, -layout.eol.length) : text;
}

export function writeValue(value: Value): string {
  if (value.shape === 'leaf') return value.text;
  if (value.style === 'block') return value.entries.map(writeEntry).join('');
  const open = value.shape === 'map' ? '{' : '[';
  return open + value.entries.map(writeEntry).join(',') + value.close;
}

export function writeEntry(entry: Entry): string {
  const { above, own, indent, mark, props, pad, value, rest, below } = entry;
  const start = above + own + indent + mark + props;
  return isOnOwnLines(entry)
    ? start + rest + writeValue(value) + below
    : start + pad + writeValue(value) + rest + below;
}

/** A block collection that begins on the line below the mark, unlike one that begins right behind a dash. */
export function isOnOwnLines({ value, rest }: Pick<Entry, 'value' | 'rest'>): boolean {
  return isBlock(value) && rest !== '';
}

export function isBlock(value: Value): value is Collection {
  return value.shape !== 'leaf' && value.style === 'block';
}

/** Every entry of a value, outer before inner. */
export function* entriesOf(value: Value | undefined): Generator<Entry> {
  if (value === undefined || value.shape === 'leaf') return;
  for (const entry of value.entries) {
    yield entry;
    yield* entriesOf(entry.value);
  }
}
