import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { mappingsInAny } from '../../../../../src/core/model/compose/files.ts';
import { type PlacedProblem, Unreadable, type YamlNode } from '../../../../../src/core/model/yaml/node.ts';
import { readQuickly } from '../../../../../src/core/model/yaml/quick/read.ts';

export type Outcome = 'served' | 'declined' | 'differed' | 'hole';

/** What the quick reader makes of a text, measured by the full parser. A hole is a text that the parser refuses. */
export function outcomeOf(text: string): Outcome {
  const quick = readQuickly(text);
  if (quick === undefined) return 'declined';
  const full = readFully(text);
  if (full === undefined) return 'hole';
  return isDeepStrictEqual([plain(quick)], full.map(plain)) ? 'served' : 'differed';
}

export class Outcomes {
  private readonly counts = new Map<Outcome, number>();
  private readonly wrong: string[] = [];

  add(text: string, name = JSON.stringify(text)): Outcome {
    const outcome = outcomeOf(text);
    this.counts.set(outcome, this.of(outcome) + 1);
    if (outcome === 'differed' || outcome === 'hole') this.wrong.push(`${outcome}: ${name}`);
    return outcome;
  }

  of(outcome: Outcome): number {
    return this.counts.get(outcome) ?? 0;
  }

  /** Fails where one differed. */
  check(): string {
    assert.deepEqual(this.wrong.slice(0, 10), []);
    const total = [...this.counts.values()].reduce((sum, one) => sum + one, 0);
    return `${total} texts, ${this.of('served')} served, ${this.of('declined')} declined, ${this.of('differed')} differed, ${this.of('hole')} holes`;
  }
}

function readFully(text: string): YamlNode[] | undefined {
  const problems: PlacedProblem[] = [];
  try {
    const roots = mappingsInAny(text, problems);
    return problems.length === 0 ? roots : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** With real mappings, whose order counts as well. */
function plain(node: YamlNode): unknown {
  if (node.type === 'scalar') return node;
  if (node.type === 'list')
    return { ...node, items: node.items.map(({ node: item, span }) => ({ node: plain(item), span })) };
  const entries = [...node.entries].map(([name, entry]) => ({
    name,
    node: plain(entry.node),
    span: entry.span,
  }));
  return { ...node, entries };
}
