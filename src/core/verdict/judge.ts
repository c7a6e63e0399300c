import { type Change, noImpact } from '../diff/change.ts';
import { changesBetween } from '../diff/compare.ts';
import type { InfraDocument, Problem } from '../model/document.ts';
import { once } from '../model/once.ts';
import { covers, grantedPath } from '../scope/coverage.ts';
import type { Grant, Scope } from '../scope/grant.ts';
import { formatGrant } from '../scope/grants.ts';
import { impliedChanges } from '../scope/implied.ts';
import { samePath } from '../scope/sections.ts';
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
  const judged = placeInScope(changes, scope ?? { grants }, before, after);
  return {
    verdict: verdictOn(judged, scope, author),
    changes: judged,
    impact: once(async () => (await import('../diff/impact.ts')).impactOf(before, after, changes)),
    problems: [],
    grants,
  };
}

/** The judgement on content that could not be read: not text, too large, broken. */
export function judgeUnreadable(problems: readonly SidedProblem[], grants: readonly Grant[] = []): Judgement {
  return { verdict: 'undecided', changes: [], impact: async () => noImpact, problems, grants };
}

/** Problems of reading a text, which nothing can be judged with. */
export function sided(problems: readonly Problem[], side: 'before' | 'after'): SidedProblem[] {
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
  scope: Scope,
  before: InfraDocument,
  after: InfraDocument,
): JudgedChange[] {
  const { grants } = scope;
  const implied = impliedChanges(grants, changes, before, after);
  return changes.map((change) => {
    if (before.kind === 'settings' && strengthens(change)) return placed(change, true);
    if (grants.some((grant) => covers(grant, change) && isEnough(grant, change, scope)))
      return placed(change, true);
    const grant = implied.get(change);
    const isImplied = grant !== undefined && isEnough(grant, change, scope);
    return placed(change, isImplied, isImplied ? formatGrant(grant) : undefined);
  });
}

/** What is found only when it is read stays so: a copy of the values would read all of it. */
function placed(change: Change, inScope: boolean, impliedBy?: string): JudgedChange {
  const same: Change = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(change));
  return Object.assign(same, { inScope, impliedBy });
}

/** An entry that comes and a switch that goes make the guard no weaker, and are nobody's question. */
function strengthens({ op, path: [section] }: Change): boolean {
  return section === 'hooks' ? op === 'added' : op === 'removed';
}

/**
 * An order that was only heard puts data out of reach where it names that very data, and never by what it takes along:
 * "remove the redis-data volume" does, "rename the volume" and "change the api" do not.
 */
export function isEnough(grant: Grant, { dataLoss, path }: Change, { heard }: Pick<Scope, 'heard'>): boolean {
  if (!dataLoss || heard === undefined) return true;
  const granted = grant.op === 'remove' ? grantedPath(grant) : undefined;
  const isVolume = granted?.[0] === 'volumes' && granted[1] !== '*';
  return granted !== undefined && (isVolume || samePath(granted, path));
}

/**
 * Nothing declared means that a person is asked; declared and gone beyond means no. Of a prompt that was understood in
 * part nobody knows whether the rest asked for it, and data that goes along with what was ordered is asked about. A person's own typing is only ever asked about data, and git brings
 * what was accepted before.
 */
export function verdictOn(
  changes: readonly JudgedChange[],
  scope: Scope | undefined,
  author: Author,
): Verdict {
  if (changes.length === 0 || author === 'git') return 'allow';
  if (author === 'human')
    return changes.some(({ dataLoss, inScope }) => dataLoss && !inScope) ? 'ask' : 'allow';
  const outside = changes.filter(({ inScope }) => !inScope);
  if (outside.length === 0) return 'allow';
  if (scope === undefined || scope.heard === 'part') return 'ask';
  return scope.heard === 'whole' && outside.every(({ dataLoss }) => dataLoss) ? 'ask' : 'deny';
}
