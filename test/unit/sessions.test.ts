import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { encodeText } from '../../src/content.ts';
import type { Grant } from '../../src/core/scope/grant.ts';
import type { Review } from '../../src/holding.ts';
import type { Origin, SessionScope } from '../../src/ports.ts';
import { heldOf } from '../support/guarded.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const path = 'compose.yml';
const before =
  'services:\n  api:\n    image: api:1\n  redis:\n    image: redis:7\n    volumes: [data:/data]\nvolumes:\n  data:\n';
const withoutRedis = 'services:\n  api:\n    image: api:1\nvolumes:\n  data:\n';
const withoutData = 'services:\n  api:\n    image: api:1\n';
const otherImage = before.replace('api:1', 'api:2');
const agent: Origin = { author: 'ai', tool: 'codex', session: 's1' };
const removeRedis: Grant = { op: 'remove', address: 'services.redis' };
const removeData: Grant = { op: 'remove', address: 'volumes.data' };

async function told(t: TestContext, grants: readonly Grant[], isPart = false): Promise<Workspace> {
  const place = await workspace(t, { [path]: before });
  await place.guard.adopt(path);
  await place.guard.hear(scopeOf(place, grants, isPart));
  return place;
}

function scopeOf({ ports }: Workspace, grants: readonly Grant[], isPart: boolean): SessionScope {
  const heardAt = ports.clock.now();
  const files = [{ path, grants, isPart }];
  return { host: 'codex', session: 's1', requests: ['…'], files, heardAt, expiresAt: heardAt + 3_600_000 };
}

const propose = ({ guard }: Workspace, text: string, origin = agent): Promise<Review> =>
  guard.review({ path, after: encodeText(text), road: 'hook', origin });

test('what a session was told lets its own edits pass and nobody else’s', async (t) => {
  const place = await told(t, [removeRedis]);
  assert.equal((await propose(place, withoutRedis)).outcome, 'pass');
  assert.equal(heldOf(await propose(place, withoutRedis, { ...agent, session: 's2' })).path, path);
  assert.equal(heldOf(await propose(place, withoutRedis, { ...agent, tool: 'gemini' })).path, path);
  place.pass(3_600_001);
  assert.equal((await propose(place, withoutRedis)).judgement.verdict, 'ask');
});

test('beyond what was told the answer is no, and where a part was not understood a person is asked', async (t) => {
  const whole = await told(t, [removeRedis]);
  assert.equal((await propose(whole, otherImage)).judgement.verdict, 'deny');
  const part = await told(t, [removeRedis], true);
  assert.equal((await propose(part, otherImage)).judgement.verdict, 'ask');
});

test('data is lost only where the prompt names it', async (t) => {
  const service = await told(t, [removeRedis]);
  assert.equal((await propose(service, withoutData)).judgement.verdict, 'ask');
  const both = await told(t, [removeRedis, removeData]);
  assert.equal((await propose(both, withoutData)).judgement.verdict, 'allow');
  const inside = await told(t, [{ op: 'change', address: 'services.redis' }]);
  const moved = before.replace('data:/data', 'other:/data').replace('  data:\n', '  data:\n  other:\n');
  assert.notEqual((await propose(inside, moved)).judgement.verdict, 'allow');
  const renamed = await told(t, [{ op: 'rename', address: 'volumes.data', to: 'volumes.fresh' }]);
  assert.equal((await propose(renamed, before.replaceAll('data:', 'fresh:'))).judgement.verdict, 'ask');
});

test('a scope that a person declared is the ceiling: prompts add nothing to it', async (t) => {
  const place = await told(t, [removeRedis]);
  const now = place.ports.clock.now();
  const grants: Grant[] = [{ op: 'change', address: 'services.api.image' }];
  await place.guard.declare({ grants, declaredAt: now, expiresAt: now + 1000 });
  assert.equal((await propose(place, withoutRedis)).judgement.verdict, 'deny');
  assert.equal((await propose(place, otherImage)).outcome, 'pass');
  place.pass(1001);
  assert.equal((await propose(place, withoutRedis)).outcome, 'pass');
});

test('a write that nobody signs may be what any session was told', async (t) => {
  const place = await told(t, [removeRedis]);
  place.write(path, withoutRedis);
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'pass');
  place.write(path, otherImage);
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'held');
  assert.equal(place.read(path), withoutRedis);
});

test('an approved tool call is kept for the agent to make, for exactly that content', async (t) => {
  const place = await told(t, []);
  const held = heldOf(await propose(place, otherImage));
  await place.guard.resolve(held, 'approve');
  assert.equal(place.read(path), before);
  assert.equal((await propose(place, otherImage)).outcome, 'pass');
  assert.equal((await propose(place, before.replace('api:1', 'api:3'))).outcome, 'held');
  place.write(path, otherImage);
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'pass');
  assert.equal(place.read(path), otherImage);
  place.write(path, before);
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'held');
});

test('an approval runs out', async (t) => {
  const place = await told(t, []);
  await place.guard.resolve(heldOf(await propose(place, otherImage)), 'approve');
  place.pass(12 * 3_600_000 + 1);
  assert.equal((await propose(place, otherImage)).outcome, 'held');
});

test('what the host itself asks about is approved by that very call alone', async (t) => {
  const place = await told(t, []);
  const at = place.ports.clock.now();
  const pair = { path, before: encodeText(before), after: encodeText(otherImage) };
  await place.ports.receipts.add({ ...pair, at, expiresAt: at + 1000, call: 'call 1' });
  const again = { path, after: pair.after, road: 'hook' as const, origin: agent, call: 'call 1' };
  assert.equal((await place.guard.review(again)).outcome, 'held', 'it has not run yet');
  place.write(path, otherImage);
  const settle = (call: string) => place.guard.settle(path, 'hook', agent, { call });
  assert.equal((await settle('call 2'))?.outcome, 'held');
  assert.equal(place.read(path), before);
  place.write(path, otherImage);
  assert.equal((await settle('call 1'))?.outcome, 'pass');
});

test('a tool call that is put back was never written, so nothing on disk is touched', async (t) => {
  const place = await told(t, []);
  const held = heldOf(await propose(place, otherImage));
  place.write(path, `${before}# typed meanwhile\n`);
  await place.guard.resolve(held, 'put-back');
  assert.equal(place.read(path), `${before}# typed meanwhile\n`);
  assert.deepEqual(place.guard.held(), []);
});

test('a refused edit that comes back on another road, whole or in part, is named as such', async (t) => {
  const place = await told(t, []);
  const both = withoutRedis.replace('api:1', 'api:2');
  const refused = heldOf(await propose(place, both));
  place.write(path, otherImage);
  const part = heldOf(await place.guard.settle(path, 'disk', { author: 'unknown' }));
  assert.equal(part.returns, refused.id);
  place.write(path, both);
  const review = await place.guard.settle(path, 'hook', agent, { by: 'sed -i' });
  assert.equal(heldOf(review).returns, refused.id);
  assert.equal(review?.outcome === 'held' && review.isNew, true);
  const notes = (await place.ports.audit.tail(20)).flatMap(({ note }) => note ?? []);
  assert.deepEqual(notes, [
    `the edit that was refused as ${refused.id} came back by another road`,
    `the edit that was refused as ${refused.id} came back by sed -i`,
  ]);
  place.write(path, before.replace('redis:7', 'redis:8'));
  assert.equal(heldOf(await place.guard.settle(path, 'disk', { author: 'unknown' })).returns, undefined);
});

test('what changed while nobody watched is taken as it is, and said', async (t) => {
  const place = await told(t, []);
  place.write(path, otherImage);
  await place.guard.catchUp(path);
  assert.equal(await place.guard.settle(path, 'hook', agent), undefined);
  const [last] = (await place.ports.audit.tail(1)).map(({ event, note }) => [event, note]);
  assert.deepEqual(last, ['baseline-taken', 'it was changed while nobody watched']);
});
