import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../../../src/core/diff/change.ts';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { salvage } from '../../../../src/core/salvage/salvage.ts';

/** An edit, what of it is kept (`removed services.db`), and the text that must come out; or why none can. */
export interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly keep: readonly string[];
  readonly expected: string | RegExp;
}

export function check(cases: readonly Case[]): void {
  for (const entry of cases) test(entry.name, () => checkOne(entry));
}

/** The same where both texts are the body of one service. */
export function checkInService(cases: readonly Case[]): void {
  check(
    cases.map((entry) => ({
      ...entry,
      before: service(entry.before),
      after: service(entry.after),
      keep: entry.keep.map((change) => change.replace(' ', ' services.app.')),
      expected: typeof entry.expected === 'string' ? service(entry.expected) : entry.expected,
    })),
  );
}

/** A text without the margin it has in the test. */
export function yaml({ raw }: TemplateStringsArray): string {
  const lines = (raw[0] ?? '').replace(/^\n/, '').replace(/ *$/, '').split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(margin)).join('\n');
}

function service(body: string): string {
  return `services:\n  app:\n    image: app\n${body.replace(/^(?=.)/gm, '    ')}`;
}

function checkOne({ before, after, keep, expected }: Case): void {
  const old = readDocument('compose', before);
  const fresh = readDocument('compose', after);
  assert.deepEqual([...old.problems, ...fresh.problems], [], 'both texts can be read');
  const all = changesBetween(old, fresh);
  const names = all.map(nameOf);
  for (const name of keep) assert.ok(names.includes(name), `${name} is not among ${names.join(', ')}`);
  const wished = all.filter((change) => keep.includes(nameOf(change)));
  const result = salvage(old, fresh, wished);
  if (typeof expected !== 'string') {
    assert.ok('problem' in result, 'text' in result ? result.text : '');
    assert.equal(result.problem.code, 'cannot-salvage');
    assert.match(result.problem.message, expected);
    return;
  }
  assert.ok('text' in result, 'problem' in result ? result.problem.message : '');
  assert.equal(result.text, expected);
  const made = changesBetween(old, readDocument('compose', result.text)).map(nameOf);
  assert.deepEqual(made.sort(), wished.map(nameOf).sort(), 'the text means exactly what was kept');
}

function nameOf({ op, address }: Change): string {
  return `${op} ${address}`;
}
