import type { Change, Impact } from '../diff/change.ts';
import type { Problem, Severity } from '../model/document.ts';
import type { Grant } from '../scope/grant.ts';

/**
 * `undecided`: the texts could not be understood, or Compose would no longer load the file. It holds an edit just as
 * `ask` and `deny` do.
 */
export type Verdict = 'allow' | 'ask' | 'deny' | 'undecided';

/** Who made an edit. `unknown` is treated as `ai`. */
export type Author = 'human' | 'ai' | 'git' | 'unknown';

export interface JudgedChange extends Change {
  readonly inScope: boolean;
  /** The grant, as people type it, that cannot be carried out without this change. */
  readonly impliedBy: string | undefined;
}

/** A problem, and in which of the two texts it is. */
export interface SidedProblem extends Problem {
  readonly side: 'before' | 'after';
  /** The text can be read, and this is what Compose would say of loading it. */
  readonly ofModel: boolean;
  readonly severity: Severity;
  /** The edit did not bring it: the text before had it too. */
  readonly stoodBefore: boolean;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly changes: readonly JudgedChange[];
  /** Found when it is first asked for: most judgements are never shown. */
  readonly impact: () => Promise<Impact>;
  readonly problems: readonly SidedProblem[];
  readonly grants: readonly Grant[];
}
