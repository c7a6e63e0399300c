import { isReset, type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts';
import { hasVariable, partsOf } from '../interpolation.ts';

/** A mapping as plain values. Nodes that are shared give values that are shared. */
export function plainValue(root: YamlMap): unknown {
  const done = new Map<YamlNode, unknown>();
  const plain = (node: YamlNode, isNamed: boolean): unknown => {
    if (node.type === 'scalar') return typeof node.value === 'string' ? unescaped(node.value) : node.value;
    const known = done.get(node);
    if (known !== undefined) return known;
    const made: unknown[] | Record<string, unknown> = node.type === 'list' ? [] : Object.create(null);
    done.set(node, made);
    if (Array.isArray(made)) {
      for (const { node: item } of itemsOf(node).slice(0, mostItems)) made.push(plain(item, false));
      return made;
    }
    for (const [name, entry] of node.type === 'map' ? node.entries : []) {
      if (isReset(entry)) continue;
      // Nothing below `x-` is read by anybody, and an alias could repeat it without end; below these it is a name.
      const isSkipped = name.startsWith('x-') && !isNamed;
      made[name] = isSkipped ? null : plain(entry.node, sections.has(name) && node === root);
    }
    return made;
  };
  return plain(root, false);
}

/** Items are compared each with each, and a list that is longer than any real one is made to take time. */
const mostItems = 1000;

/** compose-go loader/loader.go userDefinedKeys */
const sections: ReadonlySet<string> = new Set([
  'services',
  'volumes',
  'networks',
  'configs',
  'secrets',
  'models',
]);

/** What stands at a place that the validator names, with the names on the way. */
export interface Located {
  /** List items are named by what they say, so that the path holds when another is put before them. */
  readonly path: readonly string[];
  readonly entry: YamlEntry;
  readonly parent: YamlNode;
}

/** Finds `#/services/web/ports/0`; `undefined` for the whole. */
export function locate(root: YamlMap, pointer: string): Located | undefined {
  let node: YamlNode = root;
  let found: Located | undefined;
  const path: string[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const name = decodeURI(part).replaceAll('~1', '/').replaceAll('~0', '~');
    const entry: YamlEntry | undefined =
      node.type === 'map'
        ? node.entries.get(name)
        : node.type === 'list'
          ? itemsOf(node)[Number(name)]
          : undefined;
    if (entry === undefined) return found;
    path.push(node.type === 'list' ? itemName(entry.node, name) : name);
    found = { path: [...path], entry, parent: node };
    node = entry.node;
  }
  return found;
}

/** Whether a scalar depends on a variable that nobody knows, so that nothing can be said of its value. */
export function isOpen(node: YamlNode): boolean {
  return node.type === 'scalar' && typeof node.value === 'string' && hasVariable(node.value);
}

function itemsOf(node: YamlNode): readonly YamlEntry[] {
  return node.type === 'list' ? node.items.filter((item) => !isReset(item)) : [];
}

function itemName(node: YamlNode, index: string): string {
  return node.type === 'scalar' && node.text !== '' ? node.text : index;
}

/** A doubled dollar is one, once nothing is left to put in. */
function unescaped(text: string): string {
  if (!text.includes('$$') || hasVariable(text)) return text;
  return partsOf(text)
    .map((part) => part.text)
    .join('');
}
