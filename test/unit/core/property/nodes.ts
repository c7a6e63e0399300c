import { isAlias, isMap, isScalar, isSeq, type Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';

export function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node);
}

export function isUnmarked(node: Node): boolean {
  return !isAlias(node) && !('anchor' in node && node.anchor) && node.tag === undefined;
}

export function isText(node: unknown): node is Scalar {
  return (
    isScalar(node) &&
    typeof node.value === 'string' &&
    node.value !== '' &&
    node.value !== '~' &&
    !/^(?:null|true|false|\d.*)$/i.test(node.value)
  );
}

export function plain(value: string): Scalar {
  const scalar = new Scalar(value);
  scalar.type = 'PLAIN';
  return scalar;
}

export function quoted(value: string): Scalar {
  const scalar = new Scalar(value);
  scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

export function mapOf(pairs: Readonly<Record<string, Node>>): YAMLMap {
  const map = new YAMLMap();
  for (const [name, value] of Object.entries(pairs)) map.set(plain(name), value);
  return map;
}

export function listOf(items: readonly Node[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items.push(...items);
  return list;
}

/** The texts of a list of nothing but texts, each once. */
export function textsOf(node: Node): string[] | undefined {
  if (!isSeq(node) || node.items.length === 0) return undefined;
  const texts = node.items.map((item) =>
    isScalar(item) && typeof item.value === 'string' && isUnmarked(item) ? item.value : undefined,
  );
  return texts.some((text) => text === undefined || text.includes('$'))
    ? undefined
    : texts.filter((text) => text !== undefined);
}
