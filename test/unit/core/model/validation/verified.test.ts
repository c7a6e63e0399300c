import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '../../../../../src/core/model/document.ts';
import { readDocument } from '../../../../../src/core/model/read.ts';
import { judgeLoading } from '../../../../../src/core/verdict/loading.ts';
import { sharedJson, skipped } from '../shared.ts';

interface Case {
  readonly id: string;
  readonly equal: boolean;
  readonly afterError?: boolean;
  readonly before: string;
  readonly after: string;
  readonly context?: {
    readonly files?: Readonly<Record<string, string>>;
    readonly overrideBefore?: string;
    readonly overrideAfter?: string;
  };
}

/** The first thing that keeps Compose from loading the text after, and where it stands. */
const expected: ReadonlyMap<string, string> = new Map([
  ['secret-undefined', 'undefined-reference 4:15'],
  ['dep-string', 'wrong-type 4:5'],
  ['dep-undefined', 'undefined-reference 4:18'],
  ['dep-self', 'dependency-cycle 4:18'],
  ['dep-undefined-optional', 'undefined-reference 5:7'],
  ['envfile-map-form', 'wrong-type 4:5'],
  ['env-nested', 'wrong-type 4:19'],
  ['env-inf', 'wrong-value 4:19'],
  ['env-space-before-equals', 'wrong-name 4:19'],
  ['hc-duration-bare-number', 'wrong-type 4:28'],
  ['include-missing-file', 'file-not-found 1:11'],
  ['include-removed-breaks-dependency', 'undefined-reference 2:38'],
  ['interp-service-key', 'wrong-name 2:3'],
  ['ulimits-soft-only', 'missing-key 4:15'],
  ['user-number', 'wrong-type 4:5'],
  ['net-mode-and-networks', 'contradiction 5:5'],
  ['ports-ip-missing-colon', 'wrong-value 4:13'],
  ['ports-ipv6-unbracketed', 'wrong-value 4:13'],
  ['ports-invalid-proto', 'wrong-value 4:13'],
  ['profiles-breaks-required-dependency', 'disabled-dependency 2:38'],
  ['mem-limit-conflict', 'contradiction 4:5'],
  ['restart-false', 'wrong-type 4:5'],
  ['mem-limit-and-partial-deploy', 'contradiction 4:5'],
  ['scale-container-name', 'contradiction 5:5'],
  ['image-missing', 'no-image 2:3'],
  ['service-removed-depended-on', 'undefined-reference 2:38'],
  ['service-removed-netns', 'undefined-reference 2:25'],
  ['service-removed-links', 'undefined-reference 2:33'],
  ['service-null', 'wrong-shape 2:3'],
  ['vol-too-many-colons', 'wrong-value 4:15'],
  ['vol-declared-removed', 'undefined-reference 4:15'],
  ['vol-undefined', 'undefined-reference 4:15'],
  ['yaml-version-unquoted', 'wrong-type 1:1'],
  ['yaml-empty-section-key', 'wrong-type 4:5'],
  ['yaml-duplicate-env-key', 'duplicate-key 6:7'],
  ['yaml-tab-indent', 'yaml-syntax 2:1'],
  ['yaml-alias-inside-list-does-not-splice', 'wrong-type 5:13'],
  ['yaml-unknown-service-key', 'unknown-key 4:5'],
]);

test('what Compose refuses of the verified cases is an error at its line, and nothing else is one', {
  skip: skipped,
}, async (context) => {
  const cases = sharedJson<readonly Case[]>('compose/equivalence.json');
  const found = new Map<string, string>();
  const alarms: string[] = [];
  for (const { id, before, after, afterError, context: around } of cases) {
    const [old, fresh] = [
      read(before, around?.files, around?.overrideBefore),
      read(after, around?.files, around?.overrideAfter),
    ];
    if ((await errorsOf(old)).length > 0) alarms.push(`${id} before`);
    const [error] = await errorsOf(fresh);
    if (error && afterError) found.set(id, `${error.code} ${error.line}:${error.column}`);
    if (error && !afterError) alarms.push(`${id} after`);
    const judged = await judgeLoading({ before: old, after: fresh, scope: undefined, author: 'ai' });
    if (afterError) assert.notEqual(judged.verdict, 'allow', id);
  }
  context.diagnostic(
    `sweep: ${found.size} of ${expected.size} refused texts have an error, ${alarms.length} false alarms in ${cases.length} pairs`,
  );
  assert.deepEqual(alarms, []);
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
});

function read(text: string, files: Readonly<Record<string, string>> = {}, override?: string) {
  const beside = new Map(Object.entries(files));
  if (override !== undefined) beside.set('compose.override.yaml', override);
  return readDocument('compose', text, { name: 'compose.yaml', read: (path) => beside.get(path) });
}

async function errorsOf({
  problems,
  modelProblems,
}: ReturnType<typeof readDocument>): Promise<readonly Problem[]> {
  if (problems.length > 0) return problems;
  return ((await modelProblems?.()) ?? []).filter(({ severity }) => severity === 'error');
}
