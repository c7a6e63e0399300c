import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sameMeaning } from '../../../../src/core/diff/equal.ts';
import type { Entity, InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { shared, sharedJson, sharedText, skipped } from './shared.ts';

interface RealFile {
  readonly repo: string;
  readonly path: string;
}

/** Real files that Compose itself refuses, with the problem that says why. */
const refused: ReadonlyMap<string, string> = new Map([
  ['compose-spec/compose-go/loader/testdata/extends/base.yaml', 'wrong-shape'],
  ['confluentinc/demo-scene/industry-themes/insurance_fraud_graphing/docker-compose.yml', 'duplicate-key'],
  ['confluentinc/demo-scene/multi-cluster-connect-and-ksql/docker-compose.yml', 'duplicate-key'],
  ['confluentinc/demo-scene/pipeline-to-the-cloud/docker-compose_auto-provision.yml', 'duplicate-key'],
  ['coollabsio/coolify/templates/compose/langfuse.yaml', 'wrong-shape'],
  ['open-telemetry/opentelemetry-demo/compose.extras.yaml', 'empty-file'],
  [
    'thingsboard/thingsboard/msa/black-box-tests/src/test/resources/docker-compose.postgres-test-extras.yml',
    'empty-file',
  ],
]);

test('real files are read without problems, but for those that Compose refuses', {
  skip: skipped,
}, (context) => {
  const files = sharedJson<readonly RealFile[]>('corpus/index.json');
  const found = new Map<string, string>();
  let entities = 0;
  for (const { repo, path } of files) {
    const document = readDocument('compose', sharedText(join('corpus', repo, path)));
    const [problem] = document.problems;
    if (problem) found.set(`${repo}/${path}`, problem.code);
    entities += checkTree(document, document.root);
  }
  context.diagnostic(`${files.length - found.size} of ${files.length} real files, ${entities} entities`);
  assert.deepEqual(found, refused);
});

/** Each entity stands under its own name, within the text, and is stated by it. Gives how many there are. */
function checkTree(document: InfraDocument, entity: Entity): number {
  const { start, end } = entity.span;
  assert.ok(0 <= start && start <= end && end <= document.text.length);
  let count = 1;
  for (const [name, child] of entity.children) {
    assert.deepEqual(child.path, [...entity.path, name]);
    assert.ok(child.span.start < child.span.end, `${child.path.join('.')} has no text`);
    assert.ok(!/\s$/.test(document.text.slice(child.span.start, child.span.end)));
    assert.ok(!/[\r\n]/.test(child.label));
    count += checkTree(document, child);
  }
  return count;
}

interface RealEdit {
  readonly modelEqual: boolean | null;
}

/** Equal to Compose only while the variable that the edit passes on is not set. */
const equalByChance = ['052'];

test('real edits change the tree exactly where they change what Compose loads', {
  skip: skipped,
}, (context) => {
  const edits = readdirSync(join(shared ?? '', 'compose/history')).filter((name) => /^\d+$/.test(name));
  const judged = edits.flatMap((name) => {
    const { modelEqual } = sharedJson<RealEdit>(`compose/history/${name}/meta.json`);
    const sides = ['before', 'after'].map((side) =>
      readDocument('compose', sharedText(`compose/history/${name}/${side}.yml`)),
    );
    const [before, after] = sides;
    if (modelEqual === null || !before || !after) return [];
    const problems = [...before.problems, ...after.problems];
    return [{ name, right: problems.length === 0 && sameMeaning(before.root, after.root) === modelEqual }];
  });
  const wrong = judged.filter(({ right }) => !right).map(({ name }) => name);
  context.diagnostic(
    `${judged.length - wrong.length} of ${judged.length} real edits come out as Compose loads them`,
  );
  assert.deepEqual(wrong, equalByChance);
});
