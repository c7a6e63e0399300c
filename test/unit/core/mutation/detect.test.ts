import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../../../src/core/diff/change.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import { everything, realFiles, seed, skipped } from './corpus.ts';
import { applied, type Expected, type Mutation } from './mutation.ts';
import { mutationsOf, operators } from './operators.ts';
import { placesIn } from './places.ts';

const mostFiles = 250;
const mostPerFile = 25;

test('every mutation of a real file is told where it is, and nowhere else', { skip: skipped }, (context) => {
  const tried = new Map(operators.map(({ name }) => [name, 0]));
  const wrong: string[] = [];
  let files = 0;
  for (const { name, text, document, chance } of realFiles(mostFiles)) {
    files++;
    const all = mutationsOf(text, placesIn(text));
    for (const mutation of everything ? all : chance.sample(all, mostPerFile)) {
      tried.set(mutation.operator, (tried.get(mutation.operator) ?? 0) + 1);
      const after = readDocument('compose', applied(text, [mutation]));
      const { changes, problems } = judge({ before: document, after, scope: undefined, author: 'ai' });
      const [problem] = problems;
      const told = problem ? problem.message : changes.map(shown).join('; ');
      if (problem || !isExactly(changes, mutation.expected)) wrong.push(explained(name, mutation, told));
    }
  }
  const count = [...tried.values()].reduce((sum, one) => sum + one, 0);
  const used = [...tried.values()].filter((one) => one > 0).length;
  context.diagnostic(
    `mutation sweep (${everything ? 'all' : `seed ${seed}`}): ${files} files, ${used} operators, ${count} mutations, ${wrong.length} told wrong`,
  );
  if (everything) for (const [name, times] of tried) context.diagnostic(`${times} × ${name}`);
  assert.ok(count > 1000);
  assert.deepEqual(wrong.slice(0, 40), []);
});

/** A rename with two possible partners is told as one that goes and one that comes. */
function isExactly(changes: readonly Change[], { op, path, to }: Expected): boolean {
  const told = changes.map(shown).sort();
  const whole = [`${op} ${JSON.stringify(path)}`];
  const parts = to ? [`added ${JSON.stringify(to)}`, `removed ${JSON.stringify(path)}`] : whole;
  return [whole, parts].some((wanted) => JSON.stringify(wanted) === JSON.stringify(told));
}

function shown({ op, path }: Change): string {
  return `${op} ${JSON.stringify(path)}`;
}

function explained(name: string, { operator, expected }: Mutation, told: string): string {
  return `${name}: ${operator}: expected ${expected.op} ${JSON.stringify(expected.path)}, told ${told || 'nothing'}`;
}
