import type { YamlEntry, YamlNode } from '../yaml/node.ts';
import { partsOf } from './interpolation.ts';

/** The values of variables by their names. */
export type Environment = Readonly<Record<string, string>>;

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

/** What a text says once its variables are known (compose-go template/template.go). */
export function resolvedText(text: string, env: Environment, depth = 0): string {
  return partsOf(text)
    .map((part) => (part.variable ? heldBy(part.text, env, depth) : part.text))
    .join('');
}

/** Nobody nests defaults deeper. */
const deepest = 20;

function heldBy(variable: string, env: Environment, depth: number): string {
  const match = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?)([-?+])(.*))?\}$/s.exec(variable);
  if (match === null || depth > deepest) return variable;
  const [, name = '', colon, operator, operand = ''] = match;
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  const isThere = value !== undefined && (colon !== ':' || value !== '');
  if (operator === '-') return isThere ? value : resolvedText(operand, env, depth + 1);
  if (operator === '+') return isThere ? resolvedText(operand, env, depth + 1) : '';
  return value ?? '';
}
