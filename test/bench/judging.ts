import { load } from 'js-yaml';
import { readDocument } from '../../src/core/model/read.ts';
import { judge } from '../../src/core/verdict/judge.ts';
import { stackOf, withOneEdit } from './stack.ts';

export interface JudgingTime {
  readonly services: number;
  readonly kilobytes: number;
  /** Medians in milliseconds: judging an edit (both texts read anew), and js-yaml loading both texts. */
  readonly judge: number;
  readonly jsYaml: number;
}

/** Times judging against js-yaml on the same two texts, the two taking turns so that noise meets both. */
export function timeJudging(sizes: readonly number[]): JudgingTime[] {
  return sizes.map((services) => {
    const before = stackOf(services);
    const after = withOneEdit(before, services);
    const runs = Math.max(5, Math.min(200, Math.round(4000 / services)));
    const judged: number[] = [];
    const loaded: number[] = [];
    for (let run = 0; run < runs + 3; run++) {
      const judgeTime = timed(() => judgeTexts(before, after));
      const loadTime = timed(() => [load(before), load(after)]);
      // The first runs warm the compiler up and are not counted.
      if (run >= 3) judged.push(judgeTime);
      if (run >= 3) loaded.push(loadTime);
    }
    return { services, kilobytes: before.length / 1024, judge: median(judged), jsYaml: median(loaded) };
  });
}

function judgeTexts(before: string, after: string): void {
  const documents = { before: readDocument('compose', before), after: readDocument('compose', after) };
  const { verdict, changes } = judge({ ...documents, scope: undefined, author: 'ai' });
  if (verdict !== 'ask' || changes.length !== 1)
    throw new Error(`judged wrongly: ${verdict}, ${changes.length} changes`);
}

function timed(step: () => unknown): number {
  const before = performance.now();
  step();
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
