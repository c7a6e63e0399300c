import type { YamlEntry, YamlNode } from '../yaml/node.ts';
import { type Environment, resolvedText } from './resolve.ts';

/** The same nodes with what the variables hold in their place; one that is not there holds nothing. */
export function resolvedNode(
  node: YamlNode,
  env: Environment,
  known: Map<YamlNode, YamlNode> = new Map(),
): YamlNode {
  const before = known.get(node);
  if (before !== undefined) return before;
  const entry = (one: YamlEntry): YamlEntry => ({ ...one, node: resolvedNode(one.node, env, known) });
  const after = resolved(node, env, entry);
  known.set(node, after);
  return after;
}

function resolved(node: YamlNode, env: Environment, entry: (one: YamlEntry) => YamlEntry): YamlNode {
  if (node.type === 'map')
    return { ...node, entries: new Map([...node.entries].map(([name, one]) => [name, entry(one)])) };
  if (node.type === 'list') return { ...node, items: node.items.map(entry) };
  if (typeof node.value !== 'string' || !node.text.includes('$')) return node;
  const text = resolvedText(node.text, env).replaceAll('$', '$$$$');
  return { ...node, value: text, text };
}
