import type { Entity } from '../model/document.ts';
import type { ChangeOp } from './change.ts';
import { dataLossCodes, type Finding } from './findings/codes.ts';
import { fieldOf } from './references.ts';

export interface Loss {
  readonly loss: boolean;
  readonly dataLoss: boolean;
}

/** What a change takes away. Which findings are about stored data is in the table of their codes. */
export function lossOf(
  op: ChangeOp,
  before: Entity | undefined,
  after: Entity | undefined,
  findings: readonly Finding[],
): Loss {
  const dataLoss = findings.some(({ code }) => dataLossCodes.has(code));
  return { loss: dataLoss || op === 'removed' || op === 'renamed' || unpublishes(before, after), dataLoss };
}

function unpublishes(before: Entity | undefined, after: Entity | undefined): boolean {
  if (before?.kind !== 'port' || after === undefined) return false;
  return fieldOf(before, 'published') !== undefined && !sameAddress(before, after);
}

function sameAddress(before: Entity, after: Entity): boolean {
  return (
    fieldOf(before, 'published') === fieldOf(after, 'published') &&
    (fieldOf(before, 'host_ip') === fieldOf(after, 'host_ip') || fieldOf(after, 'host_ip') === undefined)
  );
}
