import { isNull, isReset, type YamlEntry, type YamlNode } from '../../yaml/node.ts';

/** The entries of a mapping, by name; none for anything else. */
export function entriesIn(node: YamlNode | undefined): [string, YamlEntry][] {
  return node?.type === 'map' ? [...node.entries].filter(([, entry]) => !isReset(entry)) : [];
}

export function itemsIn(node: YamlNode | undefined): YamlEntry[] {
  return node?.type === 'list' ? node.items.filter((item) => !isReset(item)) : [];
}

/** The entry at a path of names. */
export function entryAt(node: YamlNode | undefined, ...path: readonly string[]): YamlEntry | undefined {
  let found: YamlEntry | undefined;
  for (const name of path) {
    const within: YamlNode | undefined = found === undefined ? node : found.node;
    found = within?.type === 'map' ? within.entries.get(name) : undefined;
    if (found === undefined || isReset(found)) return undefined;
  }
  return found;
}

/** Whether something is said there: null, an empty text and an empty collection say nothing. */
export function says(entry: YamlEntry | undefined): entry is YamlEntry {
  if (entry === undefined || isNull(entry.node)) return false;
  const { node } = entry;
  if (node.type === 'scalar') return node.text !== '';
  return node.type === 'map' ? node.entries.size > 0 : node.items.length > 0;
}

/** The text of a scalar at an entry. */
export function textAt(entry: YamlEntry | undefined): string | undefined {
  return entry?.node.type === 'scalar' && !isNull(entry.node) ? entry.node.text : undefined;
}
