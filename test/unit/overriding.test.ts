import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { encodeText } from '../../src/content.ts';
import type { DeclaredScope, Origin } from '../../src/ports.ts';
import { incidentFile, type Workspace, workspace } from '../support/workspace.ts';

const base = 'docker-compose.yml';
const override = 'docker-compose.override.yml';
const ai: Origin = { author: 'ai' };
const unknown: Origin = { author: 'unknown' };

const changesImage = 'services:\n  l9-redis:\n    image: redis:3\n';
const addsService = 'services:\n  mail:\n    image: axllent/mailpit\n    ports: ["8025:8025"]\n';

/** What a new override file says, and the addresses of what it makes of the file beside it; none where it may stay. */
const rows: readonly { readonly what: string; readonly text: string; readonly changes: readonly string[] }[] =
  [
    { what: 'another image', text: changesImage, changes: ['services.l9-redis.image'] },
    {
      what: 'one more port',
      text: 'services:\n  l9-redis:\n    ports: ["7000:6379"]\n',
      changes: ['services.l9-redis.ports[7000:6379/tcp]'],
    },
    {
      what: 'a port less',
      text: 'services:\n  l9-redis:\n    ports: !reset []\n',
      changes: ['services.l9-redis.ports[6379:6379/tcp]'],
    },
    { what: 'a service of its own', text: addsService, changes: [] },
    {
      what: 'a service of its own, beside what says the same again',
      text: `${addsService}  l9-redis:\n    image: redis:7-alpine\n`,
      changes: [],
    },
  ];

async function guarded(t: TestContext, folder = ''): Promise<Workspace> {
  const place = await workspace(t, {});
  if (folder !== '') mkdirSync(join(place.root, folder));
  place.write(folder + base, incidentFile(base));
  await place.guard.adopt(folder + base);
  return place;
}

for (const { what, text, changes } of rows) {
  test(`a new override file with ${what}, before it is written`, async (t) => {
    const { guard } = await guarded(t);
    const after = encodeText(text);
    const review = await guard.review({ path: override, after, road: 'hook', origin: ai });
    assert.equal(review.outcome, changes.length > 0 ? 'held' : 'pass');
    if (review.outcome === 'held')
      assert.deepEqual(
        review.judgement.changes.map(({ address }) => address),
        changes,
      );
  });

  test(`a new override file with ${what}, on the disk`, async (t) => {
    const place = await guarded(t, 'deploy/');
    place.write(`deploy/${override}`, text);
    const review = await place.guard.settle(`deploy/${override}`, 'disk', unknown);
    assert.equal(review?.outcome, changes.length > 0 ? 'held' : undefined);
    assert.equal(existsSync(join(place.root, 'deploy', override)), changes.length === 0);
    if (review?.outcome !== 'held') return;
    const refused = await place.ports.quarantine.get(review.held.id);
    assert.deepEqual(refused?.content, encodeText(text));
    await place.guard.resolve(review.held, 'approve');
    assert.equal(place.read(`deploy/${override}`), text);
  });
}

test('a scope over the file covers what a new override file makes of it', async (t) => {
  const { guard, ports } = await guarded(t);
  const now = ports.clock.now();
  const scope: DeclaredScope = {
    grants: [{ op: 'change', address: 'services.l9-redis.image' }],
    ...{ declaredAt: now, expiresAt: now + 3_600_000 },
  };
  await guard.declare(scope);
  const after = encodeText(changesImage);
  assert.equal((await guard.review({ path: override, after, road: 'hook', origin: ai })).outcome, 'pass');
});

test('a person may write an override file that puts no data out of reach', async (t) => {
  const { guard } = await guarded(t);
  const review = (text: string) =>
    guard.review({ path: override, after: encodeText(text), road: 'save', origin: { author: 'human' } });
  assert.equal((await review(changesImage)).outcome, 'pass');
  assert.equal((await review('name: other\n')).outcome, 'held');
});

test('what Compose does not read as an override is the first version of itself', async (t) => {
  const place = await guarded(t);
  const after = encodeText(changesImage);
  for (const path of ['docker-compose.prod.yml', `deploy/${override}`, 'docker-compose.override.prod.yml'])
    assert.equal((await place.guard.review({ path, after, road: 'hook', origin: ai })).outcome, 'pass', path);
});

test('an override file that cannot be read is held before it is written, and an empty one may be begun', async (t) => {
  const place = await guarded(t);
  const after = encodeText('services: [');
  assert.equal(
    (await place.guard.review({ path: override, after, road: 'hook', origin: ai })).outcome,
    'held',
  );
  place.write(override, '');
  assert.equal(await place.guard.settle(override, 'disk', unknown), undefined);
  place.write(override, changesImage);
  assert.equal((await place.guard.settle(override, 'disk', unknown))?.outcome, 'held');
  assert.equal(place.read(override), '');
});

test('nothing can be cut out of a new override file, which is said', async (t) => {
  const place = await guarded(t);
  const after = encodeText(changesImage);
  const review = await place.guard.review({ path: override, after, road: 'hook', origin: ai });
  assert.ok(review.outcome === 'held');
  const salvaged = await place.guard.salvage(review.held);
  assert.equal('problem' in salvaged && salvaged.problem.code, 'cannot-salvage');
});
