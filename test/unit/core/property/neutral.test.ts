import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDocument } from '../../../../src/core/model/read.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import { chanceFrom } from '../mutation/chance.ts';
import { everything, realFiles, seed, skipped } from '../mutation/corpus.ts';
import { forms } from './forms.ts';
import { spellings } from './rewrites.ts';
import { stacks } from './stacks.ts';

const mostFiles = 30;
/** The rewrites that some text was fit for. */
const used = new Set<string>();

test('a text read twice means the same', { skip: skipped }, (context) => {
  let files = 0;
  for (const { name, text, document } of realFiles(300)) {
    files++;
    assert.deepEqual(changes(document, text), [], name);
    // The same words in another place are read anew or moved.
    if (!/^(?:---|%|\uFEFF)/m.test(text)) assert.deepEqual(changes(document, `\n# top\n${text}`), [], name);
  }
  context.diagnostic(`sameness sweep: ${files} files, 0 of them differ from themselves`);
});

for (const [kind, rewrites] of [
  ['spellings', spellings],
  ['forms', forms],
] as const) {
  test(`no neutral rewrite of a real file is a change: ${kind}`, { skip: skipped }, (context) => {
    const tried = new Map(rewrites.map(({ name }) => [name, 0]));
    const wrong: string[] = [];
    let files = 0;
    for (const { name, text, document, chance } of realFiles(mostFiles)) {
      files++;
      for (const { name: how, rewrite } of rewrites) {
        const rewritten = rewrite(text, chance);
        if (rewritten === undefined || rewritten === text) continue;
        tried.set(how, (tried.get(how) ?? 0) + 1);
        const told = changes(document, rewritten);
        if (told.length > 0) wrong.push(`${name}: ${how}: ${told.slice(0, 5).join('; ')}`);
      }
    }
    const count = [...tried.values()].reduce((sum, one) => sum + one, 0);
    context.diagnostic(
      `neutral sweep, ${kind} (${everything ? 'all' : `seed ${seed}`}): ${files} files, ${rewrites.length} rewrites, ${count} texts, ${wrong.length} false alarms`,
    );
    if (everything) for (const [how, times] of tried) context.diagnostic(`${times} × ${how}`);
    assert.deepEqual(wrong.slice(0, 30), []);
    for (const [how, times] of tried) if (times > 0) used.add(how);
    assert.ok(count > files);
  });
}

test('no neutral rewrite of a generated file is a change', (context) => {
  let texts = 0;
  const rewrites = [...spellings, ...forms];
  fc.assert(
    fc.property(stacks, fc.integer(), (text, number) => {
      const document = readDocument('compose', text);
      assert.deepEqual(document.problems, []);
      for (const { name, rewrite } of rewrites) {
        const rewritten = rewrite(text, chanceFrom(number));
        if (rewritten === undefined) continue;
        texts++;
        used.add(name);
        assert.deepEqual(changes(document, rewritten), [], `${name}:\n${rewritten}`);
      }
    }),
    { seed, numRuns: everything ? 1000 : 20 },
  );
  context.diagnostic(
    `neutral sweep, generated files: ${rewrites.length} rewrites, ${texts} texts, 0 false alarms`,
  );
  if (everything)
    assert.deepEqual(
      rewrites.filter(({ name }) => !used.has(name)),
      [],
    );
});

function changes(before: ReturnType<typeof readDocument>, text: string): string[] {
  const after = readDocument('compose', text);
  const { changes: found, problems } = judge({ before, after, scope: undefined, author: 'ai' });
  return [
    ...problems.map(({ message, line }) => `${line}: ${message}`),
    ...found.map(({ op, address }) => `${op} ${address}`),
  ];
}
