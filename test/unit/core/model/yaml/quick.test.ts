import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { everything, realFiles, seed, skipped } from '../../mutation/corpus.ts';
import { applied } from '../../mutation/mutation.ts';
import { mutationsOf } from '../../mutation/operators.ts';
import { placesIn } from '../../mutation/places.ts';
import { sharedJson, sharedText } from '../shared.ts';
import { Outcomes } from './bothReaders.ts';
import { neatTexts, roughTexts } from './yamlTexts.ts';

const runs = everything ? 100_000 : 1500;

for (const [kind, texts] of [
  ['rough', roughTexts],
  ['neat', neatTexts],
] as const) {
  test(`of ${kind} texts both readers say the same, or the quick one nothing`, (context) => {
    const outcomes = new Outcomes();
    fc.assert(
      fc.property(texts(), (text) => !['differed', 'hole'].includes(outcomes.add(text))),
      { seed, numRuns: runs },
    );
    context.diagnostic(`quick reader sweep, ${kind} texts (seed ${seed}): ${outcomes.check()}`);
    assert.ok(outcomes.of('served') > runs / 50 && outcomes.of('declined') > runs / 10);
  });
}

test('of real texts both readers say the same, or the quick one nothing', { skip: skipped }, (context) => {
  const outcomes = new Outcomes();
  for (const { repo, path } of sharedJson<readonly { repo: string; path: string }[]>('corpus/index.json')) {
    outcomes.add(sharedText(join('corpus', repo, path)), path);
  }
  const served = outcomes.of('served');
  for (const [name, text] of [...historyTexts(), ...equivalenceTexts()]) outcomes.add(text, name);
  context.diagnostic(`quick reader sweep, real texts: ${outcomes.check()}`);
  assert.ok(served > 700, `${served} of the corpus are served`);
});

test('of mutated texts both readers say the same, or the quick one nothing', { skip: skipped }, (context) => {
  const outcomes = new Outcomes();
  for (const { name, text, chance } of realFiles(150)) {
    const all = mutationsOf(text, placesIn(text));
    for (const mutation of everything ? all : chance.sample(all, 12)) {
      outcomes.add(applied(text, [mutation]), `${mutation.operator} in ${name}`);
    }
  }
  context.diagnostic(
    `quick reader sweep, mutated texts (${everything ? 'all' : `seed ${seed}`}): ${outcomes.check()}`,
  );
  assert.ok(outcomes.of('served') > 500);
});

function* historyTexts(): Generator<[string, string]> {
  for (const { n } of sharedJson<readonly { n: string }[]>('compose/history/index.json')) {
    for (const side of ['before.yml', 'after.yml'])
      yield [`${n}/${side}`, sharedText(join('compose/history', n, side))];
  }
}

function* equivalenceTexts(): Generator<[string, string]> {
  const cases =
    sharedJson<readonly { id: string; before: string; after: string }[]>('compose/equivalence.json');
  for (const { id, before, after } of cases) {
    yield [`${id} before`, before];
    yield [`${id} after`, after];
  }
}
