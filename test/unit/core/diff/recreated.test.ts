import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recreatedBetween } from '../../../../src/core/diff/recreated.ts';
import type { Sources } from '../../../../src/core/model/compose/sources.ts';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { sharedJson, sharedText, skipped } from '../model/shared.ts';

interface Case {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly hashChanged: readonly string[] | null;
  readonly context?: {
    readonly files?: Readonly<Record<string, string>>;
    readonly env?: readonly Readonly<Record<string, string>>[];
    readonly overrideBefore?: string;
    readonly overrideAfter?: string;
  };
}

test('what is made anew is what Compose hashes otherwise, in every verified case', {
  skip: skipped,
}, async (context) => {
  const cases = sharedJson<readonly Case[]>('compose/equivalence.json');
  const asked = cases.flatMap((pair) => environmentsOf(pair).map((env) => ({ pair, env })));
  const runs = await Promise.all(
    asked.map(async (one) => ({ ...one, found: await found(one.pair, one.env) })),
  );
  const told = runs.filter((run) => run.found !== undefined && run.pair.hashChanged !== null);
  const wrong = told.filter(({ pair, found: names }) => !same(names, pair.hashChanged));
  context.diagnostic(
    `sweep: ${told.length - wrong.length} of ${told.length} verified pairs and environments name what is made anew`,
  );
  assert.deepEqual(
    wrong.map(({ pair, env, found: names }) => ({
      id: pair.id,
      env,
      found: names,
      expected: pair.hashChanged,
    })),
    [],
  );
  assert.ok(told.length > 200);
});

test('and in every real commit', { skip: skipped }, async (context) => {
  const commits = sharedJson<readonly { readonly n: string }[]>('compose/history/index.json');
  // These name variables otherwise. Their answer is for variables that are all set, and to the same.
  const otherVariables = ['087', '140', '239', '244'];
  const wrong: unknown[] = [];
  let told = 0;
  for (const { n } of commits.filter((one) => !otherVariables.includes(one.n))) {
    const { hashChanged } = sharedJson<{ readonly hashChanged: readonly string[] | null }>(
      `compose/history/${n}/meta.json`,
    );
    const [before, after] = ['before', 'after'].map((side) =>
      readDocument('compose', sharedText(`compose/history/${n}/${side}.yml`)),
    );
    const names = before && after && (await recreated(before, after));
    if (names === undefined || hashChanged === null) continue;
    told++;
    if (!same(names, hashChanged)) wrong.push({ n, names, hashChanged });
  }
  context.diagnostic(`sweep: ${told - wrong.length} of ${told} real commits name what is made anew`);
  assert.ok(told > 100);
  assert.deepEqual(wrong, []);
});

/** Nothing known of the environment, and each that the case names. */
function environmentsOf({ context }: Case): (Readonly<Record<string, string>> | undefined)[] {
  return [undefined, ...(context?.env ?? [])];
}

function found({ before, after, context }: Case, env: Readonly<Record<string, string>> | undefined) {
  const read = (text: string, override?: string) => {
    const files = { ...context?.files, ...(override !== undefined && { 'compose.override.yaml': override }) };
    const sources: Sources = {
      name: 'compose.yaml',
      read: (path) => (Object.hasOwn(files, path) ? files[path as keyof typeof files] : undefined),
      ...(env && { env }),
    };
    return readDocument('compose', text, sources);
  };
  return recreated(read(before, context?.overrideBefore), read(after, context?.overrideAfter));
}

async function recreated(
  before: InfraDocument,
  after: InfraDocument,
): Promise<readonly string[] | undefined> {
  return before.problems.length + after.problems.length > 0 ? undefined : recreatedBetween(before, after);
}

function same(one: readonly string[] | undefined, other: readonly string[] | null): boolean {
  return JSON.stringify([...(one ?? [])].sort()) === JSON.stringify([...(other ?? [])].sort());
}
