import type { EntityKind } from '../model/document.ts';
import type { Change } from './change.ts';

/** Sorts what is lost first: data, then running things by kind, then what was rewired, then what came. */
export function byGravity(one: Change, other: Change): number {
  return (
    rank(one) - rank(other) ||
    kindRank(one.kind) - kindRank(other.kind) ||
    (one.before ?? one.after ?? start).line - (other.before ?? other.after ?? start).line ||
    compareText(one.address, other.address)
  );
}

const start = { line: 0 };

const kinds: readonly EntityKind[] = ['service', 'volume', 'network', 'mount', 'port', 'secret', 'config'];

function rank(change: Change): number {
  if (change.kind === 'service' && change.loss) return 0;
  if (change.dataLoss) return 1;
  if (change.loss) return 2;
  return change.op === 'added' ? 4 : 3;
}

function kindRank(kind: EntityKind): number {
  const index = kinds.indexOf(kind);
  return index === -1 ? kinds.length : index;
}

/** Code units, not the reader's language: the order must be the same on every machine. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
