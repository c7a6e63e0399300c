import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameMeaning } from '../../../../src/core/diff/equal.ts';
import type { Sources } from '../../../../src/core/model/compose/sources.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { sharedJson, skipped } from './shared.ts';

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

/** Cases that do not come out right yet, each with what it would take. */
const notYet: ReadonlyMap<string, string> = new Map();

test('pairs that Compose takes for equal have equal trees, others have not', { skip: skipped }, (context) => {
  const cases = sharedJson<readonly Case[]>('compose/equivalence.json');
  const wrong = cases.filter((pair) => !isRight(pair)).map(({ id }) => id);
  context.diagnostic(`${cases.length - wrong.length} of ${cases.length} verified pairs come out right`);
  assert.deepEqual(wrong.sort(), [...notYet.keys()].sort());
});

/** A pair that differs is also told apart by a problem of the text after; the text before always loads. */
function isRight({ before, after, equal, context }: Case): boolean {
  const old = readDocument('compose', before, sources(context, context?.overrideBefore));
  const fresh = readDocument('compose', after, sources(context, context?.overrideAfter));
  if (old.problems.length > 0) return false;
  if (fresh.problems.length > 0) return !equal;
  return sameMeaning(old.root, fresh.root) === equal;
}

function sources(context: Case['context'], override: string | undefined): Sources {
  const files: Readonly<Record<string, string>> = {
    ...context?.files,
    ...(override !== undefined && { 'compose.override.yaml': override }),
  };
  return { name: 'compose.yaml', read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined) };
}
