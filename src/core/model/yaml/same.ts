import { fromSameWords } from '../moved.ts';
import type { YamlEntry, YamlNode } from './node.ts';

/**
 * Whether two nodes say the same to whoever reads them, down to the text of each scalar and the order of the keys. Only
 * where they stand in their texts may differ.
 */
export function isSameNode(one: YamlNode, other: YamlNode): boolean {
  if (one === other || fromSameWords(one, other)) return true;
  if (one.tag !== other.tag) return false;
  if (one.type === 'scalar')
    return other.type === 'scalar' && Object.is(one.value, other.value) && one.text === other.text;
  if (one.type === 'list') return other.type === 'list' && isSameInOrder(one.items, other.items, isSameEntry);
  return other.type === 'map' && isSameInOrder([...one.entries], [...other.entries], isSamePair);
}

type Pair = readonly [string, YamlEntry];

function isSameEntry(one: YamlEntry, other: YamlEntry): boolean {
  return isSameNode(one.node, other.node);
}

function isSamePair([name, entry]: Pair, [otherName, otherEntry]: Pair): boolean {
  return name === otherName && isSameEntry(entry, otherEntry);
}

function isSameInOrder<T>(
  ones: readonly T[],
  others: readonly T[],
  isSame: (one: T, other: T) => boolean,
): boolean {
  if (ones.length !== others.length) return false;
  return ones.every((one, at) => {
    const other = others[at];
    return other !== undefined && isSame(one, other);
  });
}
