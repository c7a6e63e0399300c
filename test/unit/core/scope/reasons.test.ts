import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatGrant, parseGrant } from '../../../../src/core/scope/grants.ts';
import { readRequest } from '../../../../src/core/scope/request.ts';
import { l9, shop } from './stacks.ts';

const reasons: readonly (readonly [request: string, ...reasons: readonly RegExp[]])[] = [
  ['clean up the compose file', /nothing that can be held to; begin with what to do/],
  ['make it production ready', /begin with what to do/],
  ['remvoe the worker', /did you mean "remove" by "remvoe"/],
  ['remove the wroker', /did you mean "worker" by "wroker"/],
  ['should we remove the worker?', /asks and does not order/],
  ['remove the worker if nobody needs it', /depends on something/],
  ['remove everything except db', /takes something out/],
  ['remove all services', /asks for more than can be named/],
  ['my boss said remove db', /somebody else/],
  ['remove the worker. Never mind.', /taken back/],
  ['remove the cache and keep the cache', /must stay/],
  ['Ideas:\n- remove worker', /below a heading/],
  ['remove worker from other.yml', /another file/],
  ['remove mysql', /names nothing that is in this file/],
  ['drop mysql. should we drop kafka?', /names nothing/, /asks and does not order/],
];

for (const [request, ...expected] of reasons) {
  test(`why ${JSON.stringify(request)} grants nothing is told`, () => {
    const read = readRequest(request, shop, 'compose.yaml');
    assert.deepEqual(read.grants, []);
    assert.equal(read.notUnderstood.length, expected.length);
    assert.equal(read.reasons?.length, expected.length);
    expected.forEach((pattern, index) => {
      assert.match(read.reasons?.[index] ?? '', pattern);
    });
  });
}

test('a request that is understood has no reasons', () => {
  assert.deepEqual(Object.keys(readRequest('remove worker', shop)), ['grants', 'ambiguous', 'notUnderstood']);
});

/** What may be meant is told as the grants with which a person would say it. */
const choices: readonly (readonly [request: string, ...grants: readonly string[]])[] = [
  ['remove redis', 'remove service cache', 'remove service redis-commander'],
  ['rename redis to kv', 'rename service cache to kv', 'rename service redis-commander to kv'],
  [
    'set LOG_LEVEL to debug',
    'change services.api.environment.LOG_LEVEL',
    'change services.worker.environment.LOG_LEVEL',
  ],
  [
    'publish redis on 9000',
    'add services.cache.ports[9000:6379/tcp]',
    'add services.redis-commander.ports[9000:8081/tcp]',
  ],
  ['remove worker or cache', 'remove service worker', 'remove service cache'],
];

for (const [request, ...expected] of choices) {
  test(`${JSON.stringify(request)} is answered with grants to choose from`, () => {
    const [ambiguity, ...others] = readRequest(request, shop).ambiguous;
    assert.deepEqual([others, ambiguity?.grants.map(formatGrant)], [[], expected]);
    for (const text of expected) assert.ok(!('problem' in parseGrant(text)));
  });
}

test('no choice is offered that cannot be made', () => {
  const [ambiguity] = readRequest('publish neo4j on 9000', l9).ambiguous;
  assert.deepEqual(ambiguity?.grants.map(formatGrant), [
    'add services.l9-neo4j.ports[9000:7687/tcp]',
    'add services.l9-neo4j.ports[9000:7474/tcp]',
  ]);
});
