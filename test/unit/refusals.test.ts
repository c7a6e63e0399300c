import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { HeldEdit } from '../../src/choosing.ts';
import { createGuard } from '../../src/guard.ts';
import type { Review } from '../../src/holding.ts';
import type { DeclaredScope, Origin } from '../../src/ports.ts';
import { incidentFile, type Workspace, workspace } from '../support/workspace.ts';

const path = 'docker-compose.yml';
const before = incidentFile(path);
const aiEdit = incidentFile('ai-edit.yml');
const askedFor = incidentFile('asked-for.yml');
const ai: Origin = { author: 'ai' };

const removePostgres = (now: number): DeclaredScope => ({
  grants: [{ op: 'remove', address: 'services.l9-postgres' }],
  declaredAt: now,
  expiresAt: now + 3_600_000,
});

async function guarded(t: TestContext): Promise<Workspace> {
  const place = await workspace(t, { [path]: before });
  await place.guard.adopt(path);
  return place;
}

function heldOf(review: Review | undefined): HeldEdit {
  assert.equal(review?.outcome, 'held');
  return review.held;
}

async function events({ ports }: Workspace): Promise<readonly string[]> {
  return (await ports.audit.tail(100)).map(({ event }) => event);
}

test('what a person has refused is put back again and not asked about again, by any guard of the folder', async (t) => {
  const place = await guarded(t);
  const first = await settledWith(place, aiEdit);
  await place.guard.resolve(heldOf(first), 'put-back');
  for (const guard of [place.guard, createGuard(place.ports)]) {
    place.write(path, aiEdit);
    const again = await guard.settle(path, 'disk', ai);
    assert.deepEqual([again?.outcome, again?.outcome === 'held' && again.isNew], ['held', false]);
    assert.equal(heldOf(again).wasRefused, true);
    assert.equal(guard.held().length, 1, 'it can be found');
    assert.equal(place.read(path), before);
  }
  const after = (await events(place)).slice(-3);
  assert.deepEqual(after, ['held', 'restored', 'restored'], 'and it is on record');
  await place.guard.resolve(heldOf(await settledWith(place, aiEdit)), 'approve');
  assert.equal(place.read(path), aiEdit, 'and it can still be approved');
});

test('a refusal is of one edit over one accepted version under one scope', async (t) => {
  const place = await guarded(t);
  const isAsked = async (text: string) => {
    const review = await settledWith(place, text);
    return review?.outcome === 'held' && review.isNew;
  };
  const refuse = async () => {
    const [held] = place.guard.held();
    assert.ok(held);
    await place.guard.resolve(held, 'put-back');
  };
  assert.equal(await isAsked(aiEdit), true);
  await refuse();
  assert.equal(await isAsked(`${aiEdit}# other\n`), true, 'another edit');
  await refuse();
  await place.guard.declare(removePostgres(place.ports.clock.now()));
  assert.equal(await isAsked(aiEdit), true, 'another scope');
  await refuse();
  assert.equal(await isAsked(aiEdit), false);
  await place.guard.declare(undefined);
  assert.equal(await isAsked(aiEdit), false, 'the first scope again');
  await place.guard.declare(removePostgres(place.ports.clock.now()));
  await settledWith(place, askedFor);
  assert.equal(place.read(path), askedFor);
  assert.equal(await isAsked(aiEdit), true, 'another accepted version');
});

test('what was refused and stands on disk at the start is asked about all the same', async (t) => {
  const place = await guarded(t);
  await place.guard.resolve(heldOf(await settledWith(place, aiEdit)), 'put-back');
  place.write(path, aiEdit);
  const found = await createGuard(place.ports).settle(path, 'start', { author: 'unknown' });
  assert.equal(found?.outcome === 'held' && found.isNew, true);
  assert.equal(place.read(path), aiEdit);
});

async function settledWith(place: Workspace, text: string): Promise<Review | undefined> {
  place.write(path, text);
  return place.guard.settle(path, 'disk', ai);
}
