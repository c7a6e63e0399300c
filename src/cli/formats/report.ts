import type { DanglingReference, Impact } from '../../core/diff/change.ts';
import type { Judgement, SidedProblem, Verdict } from '../../core/verdict/judgement.ts';
import { broughtProblems } from '../../core/verdict/loading.ts';

/** What was found out about one file. */
export interface Report {
  /** The file that the texts are versions of, as it is named to people and to other programs. */
  readonly file: string;
  /** What each text is called in messages about it. */
  readonly before: string;
  readonly after: string;
  readonly judgement: Judgement;
  readonly impact: Impact;
}

/** The problems to tell beside the references that lead nowhere: each of those is a problem too, told once. */
export function problemsBeside(
  judgement: Judgement,
  dangling: readonly DanglingReference[],
): readonly SidedProblem[] {
  const told = new Set(dangling.map(({ line, column }) => `${line}:${column}`));
  return broughtProblems(judgement).filter(({ line, column }) => !told.has(`${line}:${column}`));
}

/** The gravest verdict speaks for all: what could not be decided comes before what is held. */
export function worstVerdict(reports: readonly Report[]): Verdict {
  const verdicts = new Set(reports.map(({ judgement }) => judgement.verdict));
  return (['undecided', 'deny', 'ask'] as const).find((verdict) => verdicts.has(verdict)) ?? 'allow';
}
