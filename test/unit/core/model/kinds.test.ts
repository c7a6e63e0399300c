import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf } from '../../../../src/core/model/kinds.ts';
import { readDocument } from '../../../../src/core/model/read.ts';

const rows: readonly (readonly [string, string | undefined])[] = [
  ['compose.yml', 'compose'],
  ['compose.yaml', 'compose'],
  ['docker-compose.yml', 'compose'],
  ['Docker-Compose.YAML', 'compose'],
  ['deploy/docker-compose.prod.yml', 'compose'],
  ['compose.override.yaml', 'compose'],
  ['docker-compose-dev.yml', 'compose'],
  ['docker-compose_secrets.yml', 'compose'],
  ['docker_compose.yml', 'compose'],
  ['prod.compose.yml', 'compose'],
  ['app.docker-compose.yml', 'compose'],
  ['fleet-compose.yml', 'compose'],
  ['docker-stack.yml', 'compose'],
  ['C:\\work\\compose.yml', 'compose'],
  ['.infrahold.yml', 'text'],
  ['sub/.infrahold.yml', 'text'],
  ['composer.yml', undefined],
  ['decompose.yml', undefined],
  ['compose.yml.bak', undefined],
  ['compose.md', undefined],
  ['compose/readme.yml', undefined],
  ['node_modules/a/compose.yml', undefined],
  ['.git/compose.yml', undefined],
  ['', undefined],
];

for (const [path, kind] of rows) {
  test(`${path === '' ? 'nothing' : path} is ${kind ?? 'nothing to protect'}`, () => {
    assert.equal(kindOf(path), kind);
  });
}

test('a text is one entity, and any edit of it another', () => {
  const { root, problems } = readDocument('text', 'a\nb\n');
  assert.deepEqual(problems, []);
  assert.deepEqual([...root.children.keys()], ['file']);
  assert.equal(root.children.get('file')?.value, 'a\nb\n');
  assert.equal(root.children.get('file')?.label, '2 lines');
});
