import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emptyDocument, readDocument } from '../../../../src/core/model/read.ts';
import type { Grant } from '../../../../src/core/scope/grant.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import type { Author, Verdict } from '../../../../src/core/verdict/judgement.ts';
import { salvageInScope } from '../../../../src/core/verdict/salvageInScope.ts';

const incident = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');
const before = readDocument('compose', incident('docker-compose.yml'));
const aiEdit = readDocument('compose', incident('ai-edit.yml'));
const askedFor = readDocument('compose', incident('asked-for.yml'));
const removePostgres: readonly Grant[] = [{ op: 'remove', address: 'services.l9-postgres' }];

test('the incident is denied under its own request, and each change has its place', () => {
  const { verdict, changes } = judge({
    before,
    after: aiEdit,
    scope: { grants: removePostgres },
    author: 'ai',
  });
  const placed = changes.map(({ address, inScope, impliedBy }) => [address, inScope, impliedBy]);
  assert.equal(verdict, 'deny');
  assert.deepEqual(placed, [
    ['services.l9-redis', false, undefined],
    ['services.l9-postgres', true, undefined],
    ['services.l9-neo4j', false, undefined],
    ['volumes.l9-redis-data', false, undefined],
    ['volumes.l9-postgres-data', false, undefined],
    ['volumes.l9-neo4j-data', false, undefined],
    ['volumes.l9-neo4j-logs', false, undefined],
    ['networks.l9-network', false, undefined],
    ['services.l9-api.depends_on.l9-postgres', true, 'remove service l9-postgres'],
    ['services.l9-api.environment.MEMORY_DSN', false, undefined],
    ['services.l9-api.extra_hosts[host.docker.internal]', false, undefined],
  ]);
});

test('exactly what was asked for is allowed', () => {
  const { verdict, changes } = judge({
    before,
    after: askedFor,
    scope: { grants: removePostgres },
    author: 'ai',
  });
  assert.equal(verdict, 'allow');
  assert.equal(changes.length, 2);
});

test('what is salvaged from the incident is what was asked for, byte for byte', () => {
  assert.deepEqual(salvageInScope(before, aiEdit, { grants: removePostgres }), {
    text: incident('asked-for.yml'),
  });
});

const one = 'services:\n  web:\n    image: nginx:1\n    volumes: ["data:/d"]\nvolumes:\n  data: {}\n';
const changed = one.replace('nginx:1', 'nginx:2');
const losing = one.replace('services:', 'services:\n  new: {image: a}').replace('volumes:\n  data: {}\n', '');
const change: readonly Grant[] = [{ op: 'change', address: 'services.web.image' }];

const verdicts: readonly (readonly [string, string, readonly Grant[] | undefined, Author, Verdict])[] = [
  ['a comment by an AI', `# new\n${one}`, undefined, 'ai', 'allow'],
  ['a change by an AI with nothing declared', changed, undefined, 'ai', 'ask'],
  ['a change by an unknown author with nothing declared', changed, undefined, 'unknown', 'ask'],
  ['a change by an AI within the scope', changed, change, 'ai', 'allow'],
  ['a change by an AI beyond the scope', changed, [{ op: 'remove', address: 'services.web' }], 'ai', 'deny'],
  ['a change by an AI under a scope that grants nothing', changed, [], 'ai', 'deny'],
  ['a change that git brings', losing, [], 'git', 'allow'],
  ['a change by a person', changed, undefined, 'human', 'allow'],
  ['a change by a person beyond the scope of the task', changed, [], 'human', 'allow'],
  ['data lost by a person', losing, undefined, 'human', 'ask'],
  [
    'data lost by a person who was granted it',
    losing,
    [{ op: 'remove', address: 'volumes.data' }],
    'human',
    'allow',
  ],
  ['a text that is broken', 'services: [', undefined, 'ai', 'undecided'],
  ['a text that is broken, by git', 'services: [', undefined, 'git', 'undecided'],
];

for (const [name, after, grants, author, expected] of verdicts) {
  test(`the verdict on ${name}: ${expected}`, () => {
    const documents = { before: readDocument('compose', one), after: readDocument('compose', after) };
    const scope = grants === undefined ? undefined : { grants };
    assert.equal(judge({ ...documents, scope, author }).verdict, expected);
  });
}

test('a file that goes takes everything in it along', () => {
  const documents = { before: readDocument('compose', one), after: emptyDocument('compose') };
  const { verdict, changes } = judge({ ...documents, scope: undefined, author: 'ai' });
  assert.equal(verdict, 'ask');
  assert.deepEqual(
    changes.map(({ op, address }) => `${op} ${address}`),
    ['removed services.web', 'removed volumes.data'],
  );
});

test('a problem names the side it is on', () => {
  const broken = readDocument('compose', 'services: [');
  const { problems } = judge({ before: broken, after: askedFor, scope: undefined, author: 'ai' });
  assert.equal(problems[0]?.side, 'before');
});
