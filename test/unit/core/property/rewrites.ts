import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Chance } from '../mutation/chance.ts';
import { endsInBlock, hasLongScalars, reprinted } from './reprinted.ts';

/** Writes a text anew so that Compose takes it for the same; `undefined` where there is nothing to rewrite. */
export interface Rewrite {
  readonly name: string;
  readonly rewrite: (text: string, chance: Chance) => string | undefined;
}

/** Rewrites of the characters alone. */
const ofText: readonly Rewrite[] = [
  { name: 'CRLF', rewrite: (text) => (text.includes('\r') ? undefined : text.replaceAll('\n', '\r\n')) },
  { name: 'a byte order mark', rewrite: (text) => (text.startsWith('\uFEFF') ? undefined : `\uFEFF${text}`) },
  {
    name: 'a document marker',
    rewrite: (text) => (/^(?:---|%|\uFEFF)/m.test(text) ? undefined : `---\n${text}`),
  },
  {
    name: 'an end marker',
    rewrite: (text) => (/^\.\.\./m.test(text) || endsInBlock(text) ? undefined : `${text.trimEnd()}\n...\n`),
  },
  {
    name: 'comments on top and at the end',
    rewrite: (text) =>
      endsInBlock(text) || text.startsWith('\uFEFF')
        ? undefined
        : `# top\n\n${text.trimEnd()} # end\n  # after\n`,
  },
  { name: 'comments and blank lines between', rewrite: between },
  { name: 'comments behind values', rewrite: behind },
  {
    name: 'comments out',
    rewrite: (text) =>
      reprinted(
        text,
        (document) => void visit(document, { Node: (_, node) => bare(node), Pair: () => undefined }),
      ),
  },
  {
    name: 'trailing blanks',
    rewrite: (text) => (hasLongScalars(text) ? undefined : text.replace(/[^\s]$/gm, '$&  ')),
  },
];

/** Rewrites of the tree, printed again by a library that knows nothing of Compose. */
const ofTree: readonly Rewrite[] = [
  { name: 'printed again', rewrite: (text) => reprinted(text, () => undefined) },
  { name: 'four blanks for an indent', rewrite: (text) => reprinted(text, () => undefined, { indent: 4 }) },
  { name: 'lists at their keys', rewrite: (text) => reprinted(text, () => undefined, { indentSeq: false }) },
  {
    name: 'mappings in another order',
    rewrite: (text, chance) => reprinted(text, (document) => reorder(document, chance)),
  },
  {
    name: 'double quotes',
    rewrite: (text) => reprinted(text, (document) => requote(document, 'QUOTE_DOUBLE')),
  },
  {
    name: 'single quotes',
    rewrite: (text) => reprinted(text, (document) => requote(document, 'QUOTE_SINGLE')),
  },
  { name: 'no quotes', rewrite: (text) => reprinted(text, (document) => requote(document, 'PLAIN')) },
  { name: 'quoted keys', rewrite: (text) => reprinted(text, quoteKeys) },
  {
    name: 'in brackets',
    rewrite: (text) => reprinted(text, (document) => setFlow(document, true), { lineWidth: 0 }),
  },
  {
    name: 'in brackets over several lines',
    rewrite: (text) => reprinted(text, (document) => setFlow(document, true), { lineWidth: 40 }),
  },
  { name: 'without brackets', rewrite: (text) => reprinted(text, (document) => setFlow(document, false)) },
  { name: 'anchors written out', rewrite: (text) => reprinted(text, inline) },
  { name: 'equal parts in an anchor', rewrite: (text) => reprinted(text, factor) },
  {
    name: 'a merge key',
    rewrite: (text, chance) => reprinted(text, (document) => mergeOut(document, chance)),
  },
];

export const spellings: readonly Rewrite[] = [...ofText, ...ofTree];

function bare(node: Node): void {
  node.commentBefore = null;
  node.comment = null;
  node.spaceBefore = false;
}

function between(text: string, chance: Chance): string | undefined {
  if (hasLongScalars(text)) return undefined;
  return text.replace(
    /^(?= *[\w-][^\n]*$)/gm,
    () => ['', '', '# a: remark\n', '\n', '          # far: out\n'][chance.below(5)] ?? '',
  );
}

function behind(text: string): string | undefined {
  if (hasLongScalars(text) || text.includes('#')) return undefined;
  return text.replace(/(?<=\S)(\r?)$/gm, ' # "remark: \'$1');
}

function hasMarks(document: Document): boolean {
  let found = false;
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) || ('anchor' in node && node.anchor)) found = true;
    },
  });
  return found;
}

/** The order of keys means nothing to Compose; an anchor has to stand before its aliases. */
function reorder(document: Document, chance: Chance): void {
  if (hasMarks(document)) return;
  visit(document, {
    Map: (_, map) => {
      map.items = map.items
        .map((item) => ({ item, at: chance.below(1e9) }))
        .sort((one, other) => one.at - other.at)
        .map(({ item }) => item);
    },
  });
}

/** Texts that are the same text with and without quotes, whoever reads them. */
const tame = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z/][A-Za-z0-9 ./_-]*[A-Za-z0-9]$/i;

function requote(document: Document, type: 'PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): void {
  visit(document, {
    Scalar: (key, scalar) => {
      const isOneLine =
        scalar.type === 'PLAIN' || scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
      if (key !== 'key' && isOneLine && tame.test(String(scalar.value))) scalar.type = type;
    },
  });
}

function quoteKeys(document: Document): void {
  visit(document, {
    Scalar: (key, scalar) => {
      if (
        key === 'key' &&
        scalar.type === 'PLAIN' &&
        /^[a-z]\w+$/.test(String(scalar.value)) &&
        tame.test(String(scalar.value))
      )
        scalar.type = 'QUOTE_DOUBLE';
    },
  });
}

function setFlow(document: Document, flow: boolean): void {
  visit(document, {
    Node: (_, node) => {
      bare(node);
      if (isCollection(node)) node.flow = flow;
      if (flow && isScalar(node) && node.type?.startsWith('BLOCK')) node.type = 'QUOTE_DOUBLE';
    },
  });
}

/** Writes out each alias and each merge key. */
function inline(document: Document): void {
  visit(document, {
    Alias: (_, alias) => {
      const source = alias.resolve(document);
      if (source === undefined) return undefined;
      const copy = source.clone() as Node;
      if ('anchor' in copy) delete copy.anchor;
      return copy;
    },
  });
  visit(document, {
    Map: (_, map) => {
      const merge = map.items.find(isMerge);
      if (merge === undefined) return;
      map.items = map.items.filter((item) => item !== merge);
      const sources = isSeq(merge.value) ? merge.value.items : [merge.value];
      for (const source of sources)
        for (const item of isMap(source) ? source.items : [])
          if (!map.has(item.key)) map.items.push(item.clone());
      // A mapping that was merged may merge another one itself.
      return map.items.some(isMerge) ? map : undefined;
    },
  });
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** The second of two collections that are written alike becomes an alias of the first. */
function factor(document: Document): void {
  if (hasMarks(document)) return;
  const known = new Map<string, Node>();
  let count = 0;
  visit(document, {
    Collection: (key, node, path) => {
      const holder = path.at(-1);
      if (node.items.length === 0 || key === 'key' || !(isPair(holder) || isSeq(holder))) return undefined;
      const written = JSON.stringify(spelled(node));
      const first = known.get(written);
      if (first === undefined) {
        known.set(written, node);
        return undefined;
      }
      if (!('anchor' in first) || !first.anchor) (first as YAMLMap).anchor = `same-${count++}`;
      return document.createAlias(first as YAMLMap);
    },
  });
}

/** With what tells a text from a number. */
function spelled(node: unknown): unknown {
  if (isScalar(node)) return [node.type === 'PLAIN', node.value];
  if (isSeq(node)) return node.items.map(spelled);
  return isMap(node) ? { pairs: node.items.map(({ key, value }) => [spelled(key), spelled(value)]) } : null;
}

/** Moves some keys of a service into a mapping of its own that the service merges. */
function mergeOut(document: Document, chance: Chance): void {
  const services = document.get('services');
  if (hasMarks(document) || !isMap(services) || !isMap(document.contents)) return;
  const service = services.items
    .map(({ value }) => value)
    .find((value): value is YAMLMap => isMap(value) && value.items.length > 2 && !value.flow);
  if (service === undefined) return;
  const moved = service.items.filter(() => chance.below(2) === 0);
  if (moved.length === 0) return;
  const base = document.createNode({}) as YAMLMap;
  base.items = moved;
  base.anchor = 'moved';
  service.items = service.items.filter((item) => !moved.includes(item));
  service.items.unshift(document.createPair('<<', document.createAlias(base)));
  document.contents.items.unshift(document.createPair('x-moved', base));
}
