import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Span } from '../document.ts';
import {
  isNull,
  mostParts,
  type PlacedProblem,
  tooManyParts,
  Unreadable,
  type YamlEntry,
  type YamlNode,
} from './node.ts';
import { plainScalar, type ScalarMeaning, taggedScalar, textScalar } from './scalar.ts';

export interface WalkedDocument {
  /** `undefined` for a document that holds nothing, or null. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly PlacedProblem[];
}

/** Follows aliases and merges merge keys, each anchor once, in time linear in the text. */
export function walkDocument(text: string, document: Document.Parsed): WalkedDocument {
  const walk: Walk = { text, anchors: new Map(), extents: new WeakMap(), merged: 0, problems: [] };
  const { contents } = document;
  const root = contents === null ? undefined : nodeOf(walk, contents);
  // Under a tag that takes it away, a document that says nothing is still one that Compose does not load.
  const isEmpty = root === undefined || (isNull(root) && root.tag !== '!reset');
  return { root: isEmpty ? undefined : root, problems: walk.problems };
}

interface Walk {
  readonly text: string;
  /** The anchor that stands nearest before an alias counts; one without a node is not finished. */
  readonly anchors: Map<string, { node: YamlNode | undefined }>;
  readonly extents: WeakMap<YamlNode, Extent>;
  merged: number;
  readonly problems: PlacedProblem[];
}

/** What a node comes to with all its aliases followed: a chain of them nests, or doubles, in a short text. */
interface Extent {
  readonly depth: number;
  readonly size: number;
}

const deepest = 250;
/** Merging copies entries; so many are only reached by a text that is made to be expensive. */
const mostMerged = 500_000;

function nodeOf(walk: Walk, node: Node): YamlNode {
  if (isAlias(node)) return aliased(walk, node.source, offsetOf(node));
  const { anchor } = node as { anchor?: string };
  const holder: { node: YamlNode | undefined } = { node: undefined };
  if (anchor !== undefined) walk.anchors.set(anchor, holder);
  holder.node = isScalar(node) ? scalarOf(walk, node) : collectionOf(walk, node as YAMLMap | YAMLSeq);
  return holder.node;
}

function aliased(walk: Walk, name: string, offset: number): YamlNode {
  const target = walk.anchors.get(name);
  if (target === undefined) {
    throw new Unreadable(
      'unresolved-alias',
      `nothing before *${name} is marked &${name}; mark it, or write it out`,
      offset,
    );
  }
  if (target.node === undefined) {
    throw new Unreadable('unresolved-alias', `*${name} lies within &${name} itself; write it out`, offset);
  }
  return target.node;
}

function scalarOf({ text, problems }: Walk, node: Node): YamlNode {
  const { type, tag, value, source = String(value ?? '') } = node as unknown as ParsedScalar;
  const isCut = type?.startsWith('BLOCK') && node.range?.[1] === text.length && /\S *$/.test(text);
  // A last line that the text's end cuts has no line end to keep (yaml_parser_scan_block_scalar of go-yaml).
  const said = isCut && source.endsWith('\n') ? source.slice(0, -1) : source;
  const meaning = meaningOf(type, tag, said);
  if (/\p{Surrogate}/u.test(said))
    problems.push({ code: 'yaml-syntax', message: halfCharacter, offset: offsetOf(node) });
  if (meaning === undefined)
    problems.push({ code: 'wrong-value', message: wrongTag(tag), offset: offsetOf(node) });
  return { type: 'scalar', tag, ...(meaning ?? textScalar(said)) };
}

/** Go refuses the escape of one (scannerc.go: invalid Unicode character escape code). */
const halfCharacter = 'an escape names half a character, which is no text; write the character itself';

function wrongTag(tag = ''): string {
  return `the value is not what its tag ${tag.replace('tag:yaml.org,2002:', '!!')} makes of it; write the value itself, without the tag`;
}

interface ParsedScalar {
  readonly type?: string;
  readonly tag?: string;
  readonly value: unknown;
  readonly source?: string;
}

function meaningOf(
  type: string | undefined,
  tag: string | undefined,
  source: string,
): ScalarMeaning | undefined {
  if (tag !== undefined && !composeTags.has(tag)) return taggedScalar(tag, source);
  return type === 'PLAIN' ? plainScalar(source) : textScalar(source);
}

const composeTags: ReadonlySet<string> = new Set(['!reset', '!override']);

function collectionOf(walk: Walk, node: YAMLMap | YAMLSeq): YamlNode {
  const entries = isMap(node) ? mapEntries(walk, node) : undefined;
  const items = entries ? [] : (node as YAMLSeq).items.map((item) => itemOf(walk, item));
  const { tag } = node;
  const found: YamlNode = entries ? { type: 'map', tag, entries } : { type: 'list', tag, items };
  const extent = extentOf(walk, entries?.values() ?? items);
  if (extent.depth > deepest + 1) throw new Unreadable('too-complex', tooDeep, offsetOf(node));
  if (extent.size > mostParts) throw new Unreadable('too-complex', tooManyParts, offsetOf(node));
  walk.extents.set(found, extent);
  return found;
}

function extentOf(walk: Walk, children: Iterable<YamlEntry>): Extent {
  let depth = 0;
  let size = 1;
  for (const { node } of children) {
    const inner = walk.extents.get(node);
    depth = Math.max(depth, inner?.depth ?? 0);
    size += inner?.size ?? 1;
  }
  return { depth: depth + 1, size };
}

const tooDeep = `aliases nest more than ${deepest} levels deep; write some of them out so that the file can be judged`;

function itemOf(walk: Walk, item: unknown): YamlEntry {
  // An item may be a lone pair: `[a: 1]` is a mapping without braces, which the parser wraps for us.
  const node = item as Node;
  return { node: nodeOf(walk, node), span: spanOf(walk, offsetOf(node), node) };
}

function mapEntries(walk: Walk, map: YAMLMap): ReadonlyMap<string, YamlEntry> {
  const entries = new Map<string, YamlEntry>();
  let merges: YamlEntry | undefined;
  for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
    const start = key === null ? offsetOf(map) : offsetOf(key);
    const name = keyOf(walk, key, start);
    const entry = {
      node: value === null ? nothing : nodeOf(walk, value),
      span: spanOf(walk, start, value, key),
    };
    const isMerge = name === '<<' && (key as unknown as ParsedScalar).type === 'PLAIN';
    if (isMerge ? merges : entries.has(name)) walk.problems.push(duplicate(name, start));
    if (isMerge) merges ??= entry;
    else entries.set(name, entry);
  }
  if (merges) merge(walk, entries, merges);
  return entries;
}

const nothing: YamlNode = { type: 'scalar', tag: undefined, value: null, text: '' };

function duplicate(name: string, offset: number): PlacedProblem {
  const message = `the key ${name} stands twice in this mapping, which Compose refuses; remove one`;
  return { code: 'duplicate-key', message, offset };
}

/** Compose refuses keys that are not texts, `8080: web` or `true: 1` (compose-go loader/loader.go). */
function keyOf(walk: Walk, key: Node | null, offset: number): string {
  const node = key === null ? nothing : nodeOf(walk, key);
  if (node.type === 'scalar' && typeof node.value === 'string') return node.value;
  const message = 'a key must be a text; put it in quotes';
  walk.problems.push({ code: 'wrong-shape', message, offset });
  return node.type === 'scalar' ? node.text : `?${offset}`;
}

/** Keys that are written out win wherever `<<` stands; in a sequence the earlier mapping wins. */
function merge(walk: Walk, entries: Map<string, YamlEntry>, { node, span }: YamlEntry): void {
  const sources = node.type === 'list' ? node.items.map((item) => item.node) : [node];
  for (const source of sources) {
    if (source.type !== 'map') {
      walk.problems.push({
        code: 'wrong-shape',
        message: '<< takes a mapping, or a list of mappings',
        offset: span.start,
      });
      continue;
    }
    walk.merged += source.entries.size;
    if (walk.merged > mostMerged) throw new Unreadable('too-complex', tooMuch, span.start);
    for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
  }
}

const tooMuch = 'merge keys repeat more than can be judged; write some of them out';

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** From the key, or the item itself, to the end of the value. What comments follow is no part of it. */
function spanOf(walk: Walk, start: number, value: Node | null, key?: Node | null): Span {
  let end = endOf(walk.text, start, value, key);
  while (end > start && /\s/.test(walk.text[end - 1] ?? '')) end--;
  return { start, end };
}

function endOf(text: string, start: number, value: Node | null, key?: Node | null): number {
  const [valueStart = start, valueEnd = start] = value?.range ?? [];
  const { tag, anchor } = (value ?? {}) as { tag?: string; anchor?: string };
  const last: unknown = isCollection(value) && !value.flow ? value.items.at(-1) : undefined;
  if (isPair<Node | null, Node | null>(last))
    return endOf(text, last.key === null ? start : offsetOf(last.key), last.value, last.key);
  if (isNode(last)) return endOf(text, offsetOf(last), last);
  // An empty value has its place somewhere behind the colon, and what states it is the colon.
  const isStated = valueEnd > valueStart || tag !== undefined || anchor !== undefined || key === undefined;
  return isStated ? valueEnd : colonAfter(text, key?.range?.[1] ?? start);
}

function colonAfter(text: string, offset: number): number {
  const colon = /\s*:/y;
  colon.lastIndex = offset;
  return colon.test(text) ? colon.lastIndex : offset;
}
