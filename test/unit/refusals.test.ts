import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGuard } from '../../src/guard.ts';
import type { Review } from '../../src/holding.ts';
import {
  ai,
  aiEdit,
  askedFor,
  before,
  events,
  guarded,
  heldOf,
  path,
  removePostgres,
} from '../support/guarded.ts';
import type { Workspace } from '../support/workspace.ts';

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
