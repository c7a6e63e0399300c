import { CORE_SCHEMA, eventsToAst, type Node, parseEvents, YAMLException } from 'js-yaml';

/**
 * What a text of YAML says, read by a parser that the judge does not know: mappings, lists, texts and nothing.
 */
export type Tree = null | string | readonly Tree[] | ReadonlyMap<string, Tree>;

/** The documents of a text; `undefined` where that parser refuses it. */
export function treesOf(text: string): readonly Tree[] | undefined {
  try {
    const events = parseEvents(text, { maxDepth: 1_000 });
    const documents = eventsToAst(events, { source: text, schema: CORE_SCHEMA });
    return documents.map(({ contents }) =>
      contents === null ? null : treeOf(contents, { anchors: new Map(), sizes: new Map() }),
    );
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function untagged(tree: Tree): Tree {
  return tree instanceof Map && tree.size === 1 ? (tree.get('!override') ?? tree) : tree;
}

/** Tags that make something else of what they stand on; to Compose every other but `!!binary` says nothing. */
const merging: ReadonlySet<string> = new Set(['!reset', '!override']);

interface Holder {
  tree: Tree | undefined;
}

interface Reading {
  readonly anchors: Map<string, Holder>;
  /** What a tree comes to with its aliases followed. */
  readonly sizes: Map<Tree, number>;
}

/** A text that aliases blow up is not compared part by part. */
const mostParts = 50_000;

function treeOf(node: Node, reading: Reading): Tree {
  if (node.kind === 'alias') {
    const target = reading.anchors.get(node.anchor)?.tree;
    if (target === undefined) throw new YAMLException(`nothing is marked ${node.anchor}`);
    return target;
  }
  // Of two with one name the later counts, and what is inside begins later.
  const holder: Holder = { tree: undefined };
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, holder);
  const tree = contentOf(node, reading);
  measure(tree, reading.sizes);
  const isBinary = node.kind === 'scalar' && /binary$/.test(node.tag);
  const said = node.tagged && (isBinary || merging.has(node.tag)) ? new Map([[node.tag, tree]]) : tree;
  holder.tree = said;
  return said;
}

function contentOf(node: Exclude<Node, { readonly kind: 'alias' }>, reading: Reading): Tree {
  if (node.kind === 'scalar') return node.tag === 'tag:yaml.org,2002:null' ? null : node.value;
  if (node.kind === 'sequence') return node.items.map((item) => treeOf(item, reading));
  const map = new Map<string, Tree>();
  const merged: Tree[] = [];
  for (const { key, value } of node.items) {
    const name = treeOf(key, reading);
    const said = treeOf(value, reading);
    if (typeof name !== 'string') throw new YAMLException('a key is no text');
    if (name === '<<' && key.kind === 'scalar' && key.style === 1)
      merged.push(...(Array.isArray(said) ? said : [said]).map((source) => untagged(source)));
    else if (map.has(name)) throw new YAMLException(`${name} stands twice`);
    else map.set(name, said);
  }
  for (const source of merged) {
    if (!(source instanceof Map)) throw new YAMLException('<< takes mappings');
    for (const [name, value] of source) if (!map.has(name)) map.set(name, value);
  }
  return map;
}

function measure(tree: Tree, sizes: Map<Tree, number>): void {
  if (tree === null || typeof tree === 'string') return;
  const parts = tree instanceof Map ? [...tree.values()] : (tree as readonly Tree[]);
  const size = parts.reduce((sum: number, part) => sum + (sizes.get(part) ?? 1), 1);
  if (size > mostParts) throw new YAMLException('aliases make too much of it');
  sizes.set(tree, size);
}

/** The paths at which two trees differ. Lists are compared as they are: what differs in one is told of the whole list. */
export function differences(
  one: Tree | undefined,
  other: Tree | undefined,
  path: readonly string[] = [],
): (readonly string[])[] {
  const [mine, its] = [entriesOf(one), entriesOf(other)];
  if (mine === undefined || its === undefined) return isSame(one, other) ? [] : [path];
  const names = new Set([...mine.keys(), ...its.keys()]);
  // A section of the file that says nothing is as good as none; anything else is there or not.
  if (names.size === 0) return (one === undefined) === (other === undefined) || path.length < 2 ? [] : [path];
  return [...names].flatMap((name) => differences(mine.get(name), its.get(name), [...path, name]));
}

/** Nothing, and no mapping, is a mapping without entries. */
function entriesOf(tree: Tree | undefined): ReadonlyMap<string, Tree> | undefined {
  return tree === undefined || tree === null ? new Map() : tree instanceof Map ? tree : undefined;
}

export function isSame(one: Tree | undefined, other: Tree | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (one instanceof Map && other instanceof Map) return differences(one, other).length === 0;
  return one === other;
}
