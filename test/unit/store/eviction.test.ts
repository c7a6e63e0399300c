import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { RefusedVersion } from '../../../src/ports.ts';
import { type Bounds, boundsIn } from '../../../src/store/eviction.ts';
import { openStore } from '../../../src/store/open.ts';
import { temporaryFolder } from '../disk/temporaryFolder.ts';

const tenth = 100 * 1024;

async function opened(t: TestContext, bounds: Bounds) {
  const folder = temporaryFolder(t);
  const workspace = join(folder, 'shop');
  mkdirSync(workspace);
  const damage: string[] = [];
  const onDamage = (message: string) => void damage.push(message);
  const store = await openStore(workspace, { stateHome: join(folder, 'state'), onDamage, bounds });
  const keep = (at: number, path = 'compose.yml') => store.quarantine.keep(refusedAt(at, path));
  const ids = async () => (await store.quarantine.list()).map(({ id }) => id);
  return { store, damage, keep, ids };
}

function refusedAt(at: number, path: string): RefusedVersion {
  const content = new Uint8Array(tenth).fill(at % 251);
  return { path, content, at, road: 'disk', origin: { author: 'ai' }, verdict: 'ask' };
}

test('where there is too much, the oldest answered versions go, each on record', async (t) => {
  const { store, damage, keep, ids } = await opened(t, { megabytes: 1, versions: 100, auditMegabytes: 20 });
  await store.baselines.accept('compose.yml', { content: new Uint8Array(tenth).fill(255) });
  const kept: string[] = [];
  for (let at = 1; at <= 20; at++) kept.push(await keep(at));
  for (const id of kept.slice(0, 15)) await store.quarantine.answered(id);
  await store.evict();
  // 21 tenths of a megabyte are there, 10 may be: the eleven oldest go.
  assert.deepEqual((await ids()).sort(), kept.slice(11).sort());
  const gone = (await store.audit.tail(100)).filter(({ event }) => event === 'evicted');
  assert.deepEqual(
    gone.map(({ quarantine }) => quarantine),
    kept.slice(0, 11),
  );
  assert.equal(readdirSync(join(store.directory, 'objects')).length, 10);
  for (const id of kept.slice(11)) assert.equal((await store.quarantine.get(id))?.content?.length, tenth);
  assert.equal((await store.baselines.get('compose.yml'))?.content?.length, tenth);
  assert.equal((await store.audit.verify()).intact, true);
  assert.deepEqual(damage, []);
});

test('what nobody has answered and the last accepted versions stay, though it be too much, and that is said', async (t) => {
  const { store, damage, keep, ids } = await opened(t, { megabytes: 0.5, versions: 3, auditMegabytes: 20 });
  await store.baselines.accept('compose.yml', { content: new Uint8Array(tenth).fill(255) });
  for (let at = 1; at <= 10; at++) await keep(at);
  await store.evict();
  assert.equal((await ids()).length, 10);
  assert.ok((await store.baselines.get('compose.yml')) !== undefined);
  assert.equal(damage.length, 1);
  assert.match(damage[0] ?? '', /never dropped/);
});

test('of one path no more versions stay than may, and another path loses none for it', async (t) => {
  const { store, keep, ids } = await opened(t, { megabytes: 100, versions: 5, auditMegabytes: 20 });
  const kept: string[] = [];
  for (let at = 1; at <= 8; at++) kept.push(await keep(at));
  const other = await keep(1, 'other.yml');
  for (const id of [...kept, other]) await store.quarantine.answered(id);
  await store.evict();
  assert.deepEqual((await ids()).sort(), [...kept.slice(3), other].sort());
  assert.equal((await store.quarantine.get(other))?.content?.length, tenth);
});

test('a content that nothing names goes once it is old, and one that is wanted again does not', async (t) => {
  const { store } = await opened(t, { megabytes: 100, versions: 5, auditMegabytes: 20 });
  const accept = (byte: number) =>
    store.baselines.accept('compose.yml', { content: new Uint8Array(tenth).fill(byte) });
  const objects = join(store.directory, 'objects');
  const long = new Date(Date.now() - 3_600_000);
  for (const byte of [1, 2]) await accept(byte);
  writeFileSync(join(objects, '.half.tmp'), 'x');
  for (const name of readdirSync(objects)) utimesSync(join(objects, name), long, long);
  await accept(1);
  await accept(3);
  await store.evict();
  // Of the first, wanted a moment ago, and of the third.
  assert.equal(readdirSync(objects).length, 2);
  assert.equal(existsSync(join(objects, '.half.tmp')), false);
});

test('the bounds are what a person has set for the machine, and nothing in the workspace can change them', async (t) => {
  const { store } = await opened(t, { megabytes: 1, versions: 1, auditMegabytes: 20 });
  const root = dirname(store.directory);
  assert.deepEqual(boundsIn(root), { megabytes: 200, versions: 500, auditMegabytes: 20 });
  writeFileSync(join(root, 'limits.json'), '{"megabytes":50,"versions":-1}');
  assert.deepEqual(boundsIn(root), { megabytes: 50, versions: 500, auditMegabytes: 20 });
  writeFileSync(join(root, 'limits.json'), 'garbage');
  assert.deepEqual(boundsIn(root), { megabytes: 200, versions: 500, auditMegabytes: 20 });
});
