import type { Change } from '../diff/change.ts';
import { changesBetween } from '../diff/compare.ts';
import { impactOf, noImpact } from '../diff/impact.ts';
import type { InfraDocument, Problem } from '../model/document.ts';
import { covers } from '../scope/coverage.ts';
import type { Grant, Scope } from '../scope/grant.ts';
import { formatGrant } from '../scope/grants.ts';
import { impliedChanges } from '../scope/implied.ts';
import type { Author, JudgedChange, Judgement, SidedProblem, Verdict } from './judgement.ts';

export interface JudgeInput {
  readonly before: InfraDocument;
  readonly after: InfraDocument;
  /** `undefined` where nothing was declared; a scope without grants lets nothing change. */
  readonly scope: Scope | undefined;
  readonly author: Author;
}

/**
 * Judges one edit of one file. A function of its arguments: the same edit under the same scope gets the same
 * judgement in the editor, in a hook, on a disk and in CI. A document with problems is never allowed.
 */
export function judge({ before, after, scope, author }: JudgeInput): Judgement {
  const grants = scope?.grants ?? [];
  const problems = [...sided(after.problems, 'after'), ...sided(before.problems, 'before')];
  if (problems.length > 0) return judgeUnreadable(problems, grants);
  const changes = changesBetween(before, after);
  const judged = placeInScope(changes, grants, before, after);
  return {
    verdict: verdictOn(judged, scope, author),
    changes: judged,
    impact: impactOf(before, after, changes),
    problems: [],
    grants,
  };
}

/** The judgement on content that could not be read: not text, too large, broken. */
export function judgeUnreadable(problems: readonly SidedProblem[], grants: readonly Grant[] = []): Judgement {
  return { verdict: 'undecided', changes: [], impact: noImpact, problems, grants };
}

function sided(problems: readonly Problem[], side: 'before' | 'after'): SidedProblem[] {
  return problems.map((problem) => ({
    ...problem,
    side,
    ofModel: false,
    severity: 'error' as const,
    stoodBefore: side === 'before',
  }));
}

function placeInScope(
  changes: readonly Change[],
  grants: readonly Grant[],
  before: InfraDocument,
  after: InfraDocument,
): JudgedChange[] {
  const implied = impliedChanges(grants, changes, before, after);
  return changes.map((change) => {
    if (grants.some((grant) => covers(grant, change)))
      return { ...change, inScope: true, impliedBy: undefined };
    const grant = implied.get(change);
    return { ...change, inScope: grant !== undefined, impliedBy: grant && formatGrant(grant) };
  });
}

/**
 * Nothing declared means that a person is asked; declared and gone beyond means no. A person's own typing is only
 * ever asked about data, and git brings what was accepted before.
 */
function verdictOn(changes: readonly JudgedChange[], scope: Scope | undefined, author: Author): Verdict {
  if (changes.length === 0 || author === 'git') return 'allow';
  if (author === 'human')
    return changes.some(({ dataLoss, inScope }) => dataLoss && !inScope) ? 'ask' : 'allow';
  if (changes.every(({ inScope }) => inScope)) return 'allow';
  return scope === undefined ? 'ask' : 'deny';
}
