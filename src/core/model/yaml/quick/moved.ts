import type { Span } from '../../document.ts';
import { MovedMap, remember } from '../../moved.ts';
import type { YamlEntry, YamlNode } from '../node.ts';

/** The same node `by` further on in a text. What lies within moves when somebody asks for it. */
export function movedNode(node: YamlNode, by: number): YamlNode {
  return by === 0 || node.type === 'scalar' ? node : remember(shifted(node, by), node, by);
}

export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function shifted(node: YamlNode, by: number): YamlNode {
  const entry = ({ node: inner, span }: YamlEntry): YamlEntry => ({
    node: shifted(inner, by),
    span: movedSpan(span, by),
  });
  if (node.type === 'scalar') return node;
  if (node.type === 'list') return { ...node, items: node.items.map(entry) };
  return { ...node, entries: new MovedMap(node.entries, entry) };
}
