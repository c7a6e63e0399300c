import type { Change } from '../diff/change.ts';
import { changesBetween } from '../diff/compare.ts';
import type { InfraDocument, Problem } from '../model/document.ts';
import { readDocument } from '../model/read.ts';
import { salvage } from '../salvage/salvage.ts';
import type { Scope } from '../scope/grant.ts';
import { judge } from './judge.ts';

/**
 * The text of `before` with only what the scope allows of `after`, everything else byte for byte as it was. The
 * result is read again and must mean exactly that; where it does not, the answer is a problem and no text.
 */
export function salvageInScope(
  before: InfraDocument,
  after: InfraDocument,
  scope: Scope | undefined,
): { readonly text: string } | { readonly problem: Problem } {
  const { changes, problems } = judge({ before, after, scope, author: 'ai' });
  const [problem] = problems;
  if (problem !== undefined) return { problem };
  const wished = changes.filter(({ inScope }) => inScope);
  const result = salvage(before, after, wished);
  if ('problem' in result) return result;
  const reread = readDocument(before.kind, result.text);
  return means(before, reread, after, wished) ? result : { problem: untrue };
}

const untrue: Problem = {
  code: 'cannot-salvage',
  message:
    'the part that was asked for cannot be cut out of this edit; make it by hand, or approve or put back the whole',
  line: 1,
  column: 1,
};

/** Labels are masked, so that the values themselves are right shows in that nothing wished for is left to do. */
function means(
  before: InfraDocument,
  result: InfraDocument,
  after: InfraDocument,
  wished: readonly Change[],
): boolean {
  if (result.problems.length > 0) return false;
  const made = changesBetween(before, result).map(key).sort();
  const asked = wished.map(key).sort();
  const left = new Set(changesBetween(result, after).map(({ address }) => address));
  return (
    made.length === asked.length &&
    made.every((item, index) => item === asked[index]) &&
    wished.every(({ address }) => !left.has(address))
  );
}

function key({ op, address, from, to, renamedTo }: Change): string {
  return JSON.stringify([op, address, from, to, renamedTo]);
}
