import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { salvage } from '../../../../src/core/salvage/salvage.ts';

const before = readDocument('compose', incident('docker-compose.yml'));
const after = readDocument('compose', incident('ai-edit.yml'));
const changes = changesBetween(before, after);

test('of the edit that took the stack down only what was asked for is kept, byte for byte', () => {
  const asked = ['services.l9-postgres', 'services.l9-api.depends_on.l9-postgres'];
  const result = salvage(
    before,
    after,
    changes.filter(({ address }) => asked.includes(address)),
  );
  assert.deepEqual(result, { text: incident('asked-for.yml') });
});

test('with everything kept, the text means what the edit means', () => {
  const result = salvage(before, after, changes);
  assert.ok('text' in result);
  assert.deepEqual(changesBetween(readDocument('compose', result.text), after), []);
});

test('a text that cannot be read is not cut', () => {
  const broken = readDocument('compose', 'services: [');
  const result = salvage(broken, after, []);
  assert.equal('problem' in result && result.problem.code, 'cannot-salvage');
});

function incident(name: string): string {
  return readFileSync(`test/cases/incident/${name}`, 'utf8');
}
