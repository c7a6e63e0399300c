import { readDocument } from '../../src/core/model/read.ts';
import { judge } from '../../src/core/verdict/judge.ts';
import { stackOf, withOneEdit } from './stack.ts';

/** Judges one edit of a stack of so many services and prints what it took. Started as a process of its own. */
const services = Number(process.argv[2]);
const before = stackOf(services);
const after = withOneEdit(before, services);
const typed = withOneEdit(before.replace('name: bench', 'name: bench-2'), services);

const first = timeOf(() => judgeTexts(before, after));
const again = timeOf(() => judgeTexts(before, typed));
globalThis.gc?.();
const held = process.memoryUsage().heapUsed / 1e6;
const most = process.resourceUsage().maxRSS / 1e3;
console.log(JSON.stringify({ kilobytes: before.length / 1000, first, again, held, most }));

function judgeTexts(one: string, other: string): void {
  const documents = { before: readDocument('compose', one), after: readDocument('compose', other) };
  if (judge({ ...documents, scope: undefined, author: 'ai' }).verdict !== 'ask')
    throw new Error('judged wrongly');
}

function timeOf(step: () => void): number {
  const start = performance.now();
  step();
  return performance.now() - start;
}
