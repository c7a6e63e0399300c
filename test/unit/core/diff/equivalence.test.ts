import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import type { Sources } from '../../../../src/core/model/compose/sources.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { sharedJson, skipped } from '../model/shared.ts';

interface Case {
  readonly id: string;
  readonly equal: boolean;
  readonly before: string;
  readonly after: string;
  readonly context?: {
    readonly files?: Readonly<Record<string, string>>;
    readonly overrideBefore?: string;
    readonly overrideAfter?: string;
  };
}

test('pairs that Compose takes for equal have no changes, others have', { skip: skipped }, (context) => {
  const cases = sharedJson<readonly Case[]>('compose/equivalence.json');
  const wrong = cases.filter((pair) => isChanged(pair) === pair.equal).map(({ id }) => id);
  context.diagnostic(
    `sweep: ${cases.length - wrong.length} of ${cases.length} verified pairs are told apart rightly`,
  );
  assert.deepEqual(wrong, []);
});

/** A text that Compose refuses may also show as a problem. */
function isChanged({ before, after, context }: Case): boolean {
  const old = readDocument('compose', before, sources(context?.files, context?.overrideBefore));
  const fresh = readDocument('compose', after, sources(context?.files, context?.overrideAfter));
  return fresh.problems.length > 0 || changesBetween(old, fresh).length > 0;
}

function sources(files: Readonly<Record<string, string>> = {}, override?: string): Sources {
  const beside = new Map(Object.entries(files));
  if (override !== undefined) beside.set('compose.override.yaml', override);
  return { name: 'compose.yaml', read: (path) => beside.get(path) };
}
