import type { Change } from '../diff/change.ts';
import { formatAddress } from '../model/address.ts';
import { saysTheSame } from '../model/compose.ts';
import type { InfraDocument, ModelProblem, ProblemCode } from '../model/document.ts';
import { type JudgeInput, judge } from './judge.ts';
import type { JudgedChange, Judgement, SidedProblem } from './judgement.ts';

/**
 * Judges one edit, and what Compose would say of loading the file after it. An error that the edit brings is never
 * allowed; what was asked about or denied stays so, and what the text before had already is no matter of the edit.
 */
export async function judgeLoading(input: JudgeInput, stage: Stage = 'result'): Promise<Judgement> {
  return withLoading(judge(input), input, stage);
}

/**
 * Whether the text is what somebody wants to have, or a step on the way: who may remove a service may do so first and
 * take out what names it with the next edit.
 */
export type Stage = 'result' | 'step';

/**
 * The same where time counts: only an edit that would be let pass is looked at once more, and not where it leaves
 * every value as it was, for then it brings nothing.
 */
export async function judgeLoadingIfAllowed(input: JudgeInput, stage: Stage = 'result'): Promise<Judgement> {
  const judgement = judge(input);
  if (judgement.verdict !== 'allow' || saysTheSame(input.before, input.after)) return judgement;
  return withLoading(judgement, input, stage);
}

/** What people are told: with a file that Compose did not load before, nobody is told so again. */
export function broughtProblems({ problems }: Judgement): SidedProblem[] {
  return problems.filter(({ ofModel, stoodBefore }) => !ofModel || !stoodBefore);
}

/** An error that the edit brings; a text that cannot be read is one as well. */
export function bringsRefusal({ severity, stoodBefore }: SidedProblem): boolean {
  return severity === 'error' && !stoodBefore;
}

async function withLoading(
  judgement: Judgement,
  { before, after }: JudgeInput,
  stage: Stage,
): Promise<Judgement> {
  if (judgement.problems.length > 0) return judgement;
  const problems = await problemsOf(before, after, judgement.changes, stage);
  if (problems.length === 0) return judgement;
  const isRefused = judgement.verdict === 'allow' && problems.some(bringsRefusal);
  return { ...judgement, problems, verdict: isRefused ? 'undecided' : judgement.verdict };
}

/** The problems of the text after. Those of the text before are only there to be told apart from. */
async function problemsOf(
  before: InfraDocument,
  after: InfraDocument,
  changes: readonly JudgedChange[],
  stage: Stage,
): Promise<SidedProblem[]> {
  const found = (await after.modelProblems?.()) ?? [];
  if (found.length === 0) return [];
  const stood = (await before.modelProblems?.()) ?? [];
  const known = new Set(stood.flatMap((problem) => [problem, ...renamed(problem, changes)].map(keyOf)));
  const isPart = stood.some(({ code }) => code === 'no-image');
  const gone = new Set(
    stage === 'step' ? changes.filter(isLeaving).map(({ path }) => formatAddress(path)) : [],
  );
  const sided = found.map((problem): SidedProblem => {
    const { code, message, line, column, severity } = problem;
    return {
      code,
      message,
      line,
      column,
      side: 'after',
      ofModel: true,
      severity: (isPart && elsewhere.has(code)) || isLeft(problem, gone) ? 'warning' : severity,
      // What could not be checked in either text is not known to be the same.
      stoodBefore: code !== 'internal' && known.has(keyOf(problem)),
    };
  });
  if (sided.length <= mostTold) return sided;
  return [...sided.filter(bringsRefusal), ...sided.filter((problem) => !bringsRefusal(problem))].slice(
    0,
    mostTold,
  );
}

/** A file can have thousands of problems, of which the first that the edit brings say enough. */
const mostTold = 100;

/** A file whose services had no image is one of several that are put over each other, and another may say these. */
const elsewhere: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['no-image', 'undefined-reference']);

/** Something that may go, or may get another name. */
function isLeaving({ op, inScope }: JudgedChange): boolean {
  return inScope && (op === 'removed' || op === 'renamed');
}

function isLeft({ missing }: ModelProblem, gone: ReadonlySet<string>): boolean {
  return missing !== undefined && gone.has(formatAddress(missing));
}

/** What is wrong with a service goes with it to its new name. */
function renamed(problem: ModelProblem, changes: readonly Change[]): ModelProblem[] {
  return changes.flatMap(({ address, renamedTo }) => {
    const rest = problem.subject.slice(address.length);
    const isWithin = problem.subject.startsWith(address) && /^(?:$|[.[])/.test(rest);
    if (renamedTo === undefined || !isWithin) return [];
    return [{ ...problem, subject: formatAddress(renamedTo) + rest }];
  });
}

function keyOf({ code, subject }: ModelProblem): string {
  return JSON.stringify([code, subject]);
}
