import { load } from 'js-yaml';
import { parseDocument } from 'yaml';
import { readDocument } from '../../src/core/model/read.ts';
import { judge } from '../../src/core/verdict/judge.ts';
import { stackOf, withAllEdited, withOneEdit } from './stack.ts';

export interface JudgingTime {
  readonly name: string;
  readonly services: number;
  readonly kilobytes: number;
  /** Medians in milliseconds: of judging, and of what it is measured against in the same turns. */
  readonly judge: number;
  readonly against: number;
  /** What it is measured against, and how many times that it may take. */
  readonly measure: string;
  readonly most: number | undefined;
}

type Step = (variant: string) => { readonly judge: () => void; readonly against: () => void };

/** Times judging stacks of some sizes after one edit, and the large one in every way that has a goal. */
export function timeJudging(sizes: readonly number[]): JudgingTime[] {
  const cold = sizes.map((services) =>
    timed(
      `judging ${services} services, one changed, nothing known`,
      services,
      againstBoth,
      oneEdited(services),
      2,
    ),
  );
  const large = sizes.filter((services) => services === goalSize);
  const further = large.flatMap((services) => [
    timed(
      `judging ${services} services, after one more keystroke`,
      services,
      againstOnce,
      oneMoreKeystroke(services),
      0.5,
    ),
    timed(
      `judging ${services} services, all changed, nothing known`,
      services,
      againstParser,
      allEdited(services),
      3,
    ),
  ]);
  return [...cold, ...further];
}

/** The size that the goals speak of. */
const goalSize = 1000;
const againstBoth = 'js-yaml, both texts';
const againstOnce = 'js-yaml, one text';
const againstParser = 'yaml, both texts';

function oneEdited(services: number): Step {
  return (variant) => {
    const before = stackOf(services, variant);
    const after = withOneEdit(before, services, variant);
    return { judge: () => judgeTexts(before, after, 1), against: () => [load(before), load(after)] };
  };
}

/** Both texts were judged before the key was pressed, at the start of the file so that everything moves. */
function oneMoreKeystroke(services: number): Step {
  return (variant) => {
    const before = stackOf(services, variant);
    const after = withOneEdit(before, services, variant);
    const typed = after.replace(':1.4.2', ':1.4.23');
    judgeTexts(before, after, 1);
    return { judge: () => judgeTexts(before, typed, 2), against: () => load(typed) };
  };
}

function allEdited(services: number): Step {
  return (variant) => {
    const before = stackOf(services, variant);
    const after = withAllEdited(before);
    return {
      judge: () => judgeTexts(before, after, services),
      against: () => [parseDocument(before), parseDocument(after)],
    };
  };
}

/** The two take turns so that noise meets both. Each turn has a stack of its own, of which nothing is known. */
function timed(name: string, services: number, measure: string, step: Step, most: number): JudgingTime {
  const runs = Math.max(7, Math.min(60, Math.round(20_000 / services)));
  const judged: number[] = [];
  const others: number[] = [];
  for (let run = 0; run < runs + 3; run++) {
    const { judge: judgeBoth, against } = step(`v${run}-`);
    const judgeTime = timeOf(judgeBoth);
    const otherTime = timeOf(against);
    // The first runs warm the compiler up and are not counted.
    if (run >= 3) judged.push(judgeTime);
    if (run >= 3) others.push(otherTime);
  }
  const kilobytes = stackOf(services).length / 1000;
  return {
    name,
    services,
    kilobytes,
    judge: median(judged),
    against: median(others),
    measure,
    most: services === goalSize ? most : undefined,
  };
}

function judgeTexts(before: string, after: string, expected: number): void {
  const documents = { before: readDocument('compose', before), after: readDocument('compose', after) };
  const { verdict, changes } = judge({ ...documents, scope: undefined, author: 'ai' });
  if (verdict !== 'ask' || changes.length !== expected)
    throw new Error(`judged wrongly: ${verdict}, ${changes.length} changes`);
}

function timeOf(step: () => unknown): number {
  const before = performance.now();
  step();
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
