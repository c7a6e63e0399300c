import type { DanglingReference, Impact } from '../../core/diff/change.ts';
import type { Position } from '../../core/model/document.ts';
import type { Judgement, Verdict } from '../../core/verdict/judgement.ts';

/** What was found out about one file. */
export interface Report {
  /** The file that the texts are versions of, as it is named to people and to other programs. */
  readonly file: string;
  /** What each text is called in messages about it. */
  readonly before: string;
  readonly after: string;
  readonly judgement: Judgement;
}

/** References that lead nowhere, without those that a problem tells of already. */
export function danglingBeside(
  { danglingReferences }: Impact,
  problems: readonly Position[],
): readonly DanglingReference[] {
  const told = new Set(problems.map(({ line, column }) => `${line}:${column}`));
  return danglingReferences.filter(({ line, column }) => !told.has(`${line}:${column}`));
}

/** The gravest verdict speaks for all: what could not be decided comes before what is held. */
export function worstVerdict(reports: readonly Report[]): Verdict {
  const verdicts = new Set(reports.map(({ judgement }) => judgement.verdict));
  return (['undecided', 'deny', 'ask'] as const).find((verdict) => verdicts.has(verdict)) ?? 'allow';
}
