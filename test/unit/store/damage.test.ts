import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { encodeText } from '../../../src/content.ts';
import { exists, isRoot, temporaryFolder } from '../disk/temporaryFolder.ts';
import { type GuardedPlace, guardAt, prepareState } from './crashSteps.ts';

const path = 'compose.yml';
const accepted = 'services:\n  api:\n    image: api:1\n  redis:\n    image: redis:7\n';
const refused = accepted.replace('redis:7', 'evil:1');

/** Where each kind of stored file lies: `.` for the state itself, and how to know one there. */
const kinds: Readonly<Record<string, readonly [folder: string, name: RegExp]>> = {
  'the accepted version': ['baselines', /\.json$/],
  'a content': ['objects', /^[0-9a-f]{64}$/],
  'a refused version': ['quarantine', /\.json$/],
  'the scope': ['.', /^scope\.json$/],
  'the record': ['.', /^audit\.jsonl$/],
  'the head of the record': ['.', /^audit\.head$/],
  'a prompt that was heard': ['sessions', /\.json$/],
  'an approval': ['receipts', /\.json$/],
  'a guard at work': ['guards', /\.json$/],
};

const damages: Readonly<Record<string, (file: string) => void>> = {
  'cut in half': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  emptied: (file) => truncateSync(file, 0),
  'filled with garbage': (file) => writeFileSync(file, '\0\u00ff{garbage'.repeat(50)),
  gone: (file) => rmSync(file),
  'a folder': (file) => {
    rmSync(file);
    mkdirSync(join(file, 'x'), { recursive: true });
  },
};

async function damagedPlace(t: TestContext, kind: string, damage: (file: string) => void) {
  const base = temporaryFolder(t);
  const [shop, state] = [join(base, 'shop'), join(base, 'state')];
  for (const folder of [shop, state]) mkdirSync(folder);
  await prepareState(shop, state);
  const running = await guardAt(shop, state);
  await running.guard.hear({
    ...{ host: 'codex', session: 's', requests: ['x'], heardAt: 1, expiresAt: 9e12 },
    files: [{ path, grants: [{ op: 'change', address: 'services.api.labels' }], isPart: true }],
  });
  const content = encodeText(accepted);
  await running.ports.receipts.add({ path, before: content, after: content, at: 1, expiresAt: 9e12 });
  running.store.announce();
  const [folder, name] = kinds[kind] ?? ['', /$^/];
  const at = join(running.store.directory, folder);
  const files = readdirSync(at).filter((one) => name.test(one));
  assert.ok(files.length > 0, `there is ${kind}`);
  for (const file of files) damage(join(at, file));
  return { base, shop, state, running };
}

/** Whatever is damaged: what is not in scope does not become what is accepted. */
async function holds(place: GuardedPlace, what: string): Promise<void> {
  const failures: string[] = [];
  const attempt = async (step: () => Promise<unknown>) =>
    step().catch((error: Error) => void failures.push(error.message));
  const review = await attempt(() =>
    place.guard.review({ path, after: encodeText(refused), road: 'save', origin: { author: 'ai' } }),
  );
  if (typeof review === 'object' && review !== null && 'outcome' in review)
    assert.equal(review.outcome, 'held', what);
  place.write(path, refused);
  const settled = await attempt(() => place.guard.settle(path, 'disk', { author: 'unknown' }));
  if (typeof settled === 'object' && settled !== null && 'outcome' in settled)
    assert.equal(settled.outcome, 'held', what);
  const baseline = await place.guard.baseline(path).catch(() => undefined);
  assert.notDeepEqual(baseline, encodeText(refused), `${what}: taken as accepted`);
  assert.ok(place.read(path) === accepted || baseline === undefined, `${what}: not put back`);
  for (const failure of failures) assert.match(failure, /Infrahold|state|could not/, what);
}

let cases = 0;
for (const kind of Object.keys(kinds)) {
  for (const [how, damage] of Object.entries(damages)) {
    test(`with ${kind} ${how} the guard holds, at work and at the next start`, {
      skip: process.platform === 'win32',
    }, async (t) => {
      for (const when of ['at work', 'at the next start']) {
        const { shop, state, running } = await damagedPlace(t, kind, damage);
        const told: string[] = [];
        const place =
          when === 'at work' ? running : await guardAt(shop, state, (message) => void told.push(message));
        await holds(place, `${kind} ${how}, ${when}`);
        cases++;
      }
    });
  }
}

test('with the whole state gone the guard at work says so and lets nothing pass', async (t) => {
  const { shop, state, running } = await damagedPlace(t, 'the scope', () => undefined);
  rmSync(running.store.directory, { recursive: true });
  running.write(path, refused);
  const gone = { code: 'state-gone' };
  await assert.rejects(running.guard.settle(path, 'disk', { author: 'unknown' }), gone);
  const edit = { path, after: encodeText(refused), road: 'save', origin: { author: 'ai' } } as const;
  await assert.rejects(running.guard.review(edit), gone);
  assert.ok((await guardAt(shop, state)).store.directory.length > 0);
  t.diagnostic(`damage sweep: ${cases} damaged states, none open`);
});

test('an accepted version that was lost is found again where the file still holds it', async (t) => {
  const { shop, state } = await damagedPlace(t, 'a content', damages.emptied ?? (() => undefined));
  const told: string[] = [];
  const place = await guardAt(shop, state, (message) => void told.push(message));
  assert.equal(await place.guard.settle(path, 'start', { author: 'unknown' }), undefined);
  assert.deepEqual(await place.guard.baseline(path), encodeText(accepted));
  assert.ok(told.some((message) => message.includes('set aside')));
});

test('an accepted version that was lost for good is asked about, and nothing is deleted for it', async (t) => {
  const { shop, state } = await damagedPlace(t, 'the accepted version', damages.emptied ?? (() => undefined));
  const { guard, write, read } = await guardAt(shop, state);
  write(path, refused);
  const review = await guard.settle(path, 'start', { author: 'unknown' });
  assert.equal(review?.outcome, 'held');
  await assert.rejects(guard.resolve(review.held, 'put-back'), /is lost/);
  assert.equal(read(path), refused);
  await guard.resolve(review.held, 'approve');
  assert.deepEqual(await guard.baseline(path), encodeText(refused));
  assert.equal(await guard.settle(path, 'start', { author: 'unknown' }), undefined);
});

test('a full disk lets nothing pass, and what is accepted stays', async (t) => {
  const base = temporaryFolder(t);
  const [shop, state] = [join(base, 'shop'), join(base, 'state')];
  for (const folder of [shop, state]) mkdirSync(folder);
  const mount = () =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', state], { stdio: 'pipe' });
  try {
    if (!isRoot || process.platform !== 'linux') throw new Error('only root can mount');
    mount();
  } catch {
    t.skip('no small file system can be mounted here');
    return;
  }
  try {
    await fillAndFree(shop, state);
  } finally {
    execFileSync('umount', ['-l', state]);
  }
});

async function fillAndFree(shop: string, state: string): Promise<void> {
  await prepareState(shop, state);
  const place = await guardAt(shop, state);
  writeFileSync(join(state, 'ballast'), '');
  const full = { code: 'no-space' };
  assert.throws(
    () => {
      for (;;) writeFileSync(join(state, 'ballast'), new Uint8Array(4_096), { flag: 'a' });
    },
    { code: 'ENOSPC' },
  );
  place.write(path, refused);
  await assert.rejects(place.guard.settle(path, 'disk', { author: 'unknown' }), full);
  assert.deepEqual(await place.guard.baseline(path), encodeText(accepted));
  rmSync(join(state, 'ballast'));
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'held');
  assert.equal(place.read(path), accepted);
  assert.equal((await place.store.audit.verify()).intact, true);
  assert.ok(exists(join(shop, path)) && readFileSync(join(shop, path), 'utf8') === accepted);
}
