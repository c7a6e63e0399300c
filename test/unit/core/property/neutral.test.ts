import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import { everything, realFiles, seed, skipped } from '../mutation/corpus.ts';
import { forms } from './forms.ts';
import { spellings } from './rewrites.ts';

const mostFiles = 60;

test('a text read twice means the same', { skip: skipped }, (context) => {
  let files = 0;
  for (const { name, text, document } of realFiles()) {
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
    assert.deepEqual(
      [...tried].filter(([, times]) => everything && times === 0),
      [],
    );
    assert.ok(count > files);
  });
}

function changes(before: ReturnType<typeof readDocument>, text: string): string[] {
  const after = readDocument('compose', text);
  const { changes: found, problems } = judge({ before, after, scope: undefined, author: 'ai' });
  return [
    ...problems.map(({ message, line }) => `${line}: ${message}`),
    ...found.map(({ op, address }) => `${op} ${address}`),
  ];
}
