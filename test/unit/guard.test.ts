import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeText } from '../../src/content.ts';
import { createGuard } from '../../src/guard.ts';
import type { Origin } from '../../src/ports.ts';
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
import { type Workspace, workspace } from '../support/workspace.ts';

const human: Origin = { author: 'human' };

test('a save beyond the scope is held, kept whole and told once', async (t) => {
  const { guard, ports, read } = await guarded(t);
  const edit = { path, after: encodeText(aiEdit), road: 'save', origin: ai } as const;
  const first = await guard.review(edit);
  const second = await guard.review(edit);
  assert.deepEqual([first.outcome, second.outcome], ['held', 'held']);
  assert.deepEqual(
    [first, second].map((review) => review.outcome === 'held' && review.isNew),
    [true, false],
  );
  const kept = await ports.quarantine.get(heldOf(first).id);
  assert.deepEqual(kept?.content, encodeText(aiEdit));
  assert.equal(read(path), before);
});

test('an edit in scope after which Compose would not load the file is held on every road', async (t) => {
  for (const road of ['hook', 'save', 'disk'] as const) {
    const { guard, ports } = await guarded(t);
    await guard.declare({
      ...removePostgres(ports.clock.now()),
      grants: [{ op: 'change', address: 'services.l9-api' }],
    });
    const after = encodeText(before.replace('  l9-api:\n', '  l9-api:\n    imagee: a\n'));
    const held = heldOf(await guard.review({ path, after, road, origin: ai }));
    assert.equal(held.judgement.verdict, 'undecided');
    assert.deepEqual(
      held.judgement.problems.map(({ code, line }) => [code, line]),
      [['unknown-key', before.slice(0, before.indexOf('  l9-api:')).split('\n').length + 1]],
    );
  }
});

test('a person who makes a mistake may save it, and the first version of a file may have one', async (t) => {
  const { guard } = await guarded(t);
  const mistaken = before.replace('  l9-api:\n', '  l9-api:\n    imagee: a\n');
  const typed = await guard.review({ path, after: encodeText(mistaken), road: 'save', origin: human });
  assert.deepEqual([typed.outcome, typed.judgement.verdict], ['pass', 'undecided']);
  const fresh = encodeText('services: {web: {imagee: a}}\n');
  const first = await guard.review({ path: 'compose.yml', after: fresh, road: 'hook', origin: ai });
  assert.equal(first.outcome, 'pass');
});

test('a write on disk beyond the scope is put back and kept whole', async (t) => {
  const place = await guarded(t);
  place.write(path, aiEdit);
  const held = heldOf(await place.guard.settle(path, 'disk', { author: 'unknown' }));
  assert.equal(place.read(path), before);
  assert.deepEqual((await place.ports.quarantine.get(held.id))?.content, encodeText(aiEdit));
  assert.deepEqual(await events(place), ['baseline-taken', 'held', 'restored']);
});

test('a removed file is put back', async (t) => {
  const place = await guarded(t);
  rmSync(join(place.root, path));
  const held = heldOf(await place.guard.settle(path, 'disk', { author: 'unknown' }));
  assert.equal(held.proposal, undefined);
  assert.equal(place.read(path), before);
});

test('a write that changes no meaning is accepted without a word', async (t) => {
  const place = await guarded(t);
  const neutral = before.replace('# L9 stack.', '# The L9 stack.').replace('["6379:6379"]', "['6379:6379']");
  place.write(path, neutral);
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'pass');
  assert.equal(place.read(path), neutral);
  assert.deepEqual(await place.guard.baseline(path), encodeText(neutral));
});

test('what a person saved is not undone when it reaches the disk', async (t) => {
  const place = await guarded(t);
  const typed = before.replace('redis:7-alpine', 'redis:8-alpine');
  const review = await place.guard.review({ path, after: encodeText(typed), road: 'save', origin: human });
  place.write(path, typed);
  const settled = await place.guard.settle(path, 'disk', { author: 'unknown' });
  assert.deepEqual([review.outcome, settled?.outcome], ['pass', 'pass']);
  assert.equal(place.read(path), typed);
});

test('a half-typed text is a person’s to save and nobody else’s', async (t) => {
  const { guard } = await guarded(t);
  const after = encodeText('services: [');
  assert.equal((await guard.review({ path, after, road: 'save', origin: human })).outcome, 'pass');
  assert.equal((await guard.review({ path, after, road: 'save', origin: ai })).outcome, 'held');
});

test('keeping only what was asked lands exactly that', async (t) => {
  const place = await guarded(t);
  await place.guard.declare(removePostgres(place.ports.clock.now()));
  place.write(path, aiEdit);
  const held = heldOf(await place.guard.settle(path, 'disk', ai));
  assert.equal(held.judgement.verdict, 'deny');
  await place.guard.resolve(held, 'keep-asked');
  assert.equal(place.read(path), askedFor);
  assert.deepEqual(place.guard.held(), []);
  assert.equal(await place.guard.settle(path, 'disk', ai), undefined);
});

test('an approved edit lands and becomes the baseline', async (t) => {
  const place = await guarded(t);
  place.write(path, aiEdit);
  await place.guard.resolve(heldOf(await place.guard.settle(path, 'disk', ai)), 'approve');
  assert.equal(place.read(path), aiEdit);
  assert.deepEqual(await place.guard.baseline(path), encodeText(aiEdit));
  assert.equal(await place.guard.settle(path, 'disk', ai), undefined);
});

test('an approval that cannot be landed leaves the hold and the baseline as they were', async (t) => {
  const { guard } = await guarded(t);
  const held = heldOf(await guard.review({ path, after: encodeText(aiEdit), road: 'save', origin: ai }));
  const fails = () => Promise.reject(new Error('the disk is full'));
  await assert.rejects(guard.resolve(held, 'approve', fails), /disk is full/);
  assert.equal(guard.held().length, 1);
  assert.deepEqual(await guard.baseline(path), encodeText(before));
});

test('an edit within the scope passes, and no longer does when the scope has expired', async (t) => {
  const { guard, ports, pass } = await guarded(t);
  const edit = { path, after: encodeText(askedFor), road: 'hook', origin: ai } as const;
  await guard.declare(removePostgres(ports.clock.now()));
  assert.equal((await guard.review(edit)).outcome, 'pass');
  pass(3_600_001);
  assert.equal((await guard.review(edit)).outcome, 'held');
});

test('what changed while nobody watched is asked about and not undone', async (t) => {
  const place = await guarded(t);
  place.write(path, aiEdit);
  const held = heldOf(await place.guard.settle(path, 'start', { author: 'unknown' }));
  assert.equal(place.read(path), aiEdit);
  assert.equal((await place.guard.settle(path, 'disk', ai))?.outcome, 'held');
  assert.equal(place.read(path), aiEdit);
  await place.guard.resolve(held, 'put-back');
  assert.equal(place.read(path), before);
});

test('a file that appears where none was is taken as it is', async (t) => {
  const place = await workspace(t, {});
  place.write(path, before);
  assert.equal(await place.guard.settle(path, 'disk', ai), undefined);
  assert.deepEqual(await place.guard.baseline(path), encodeText(before));
});

test('the first version of a file passes on every road, unless it cannot be read', async (t) => {
  const { guard } = await workspace(t, {});
  const made = (text: string) => ({ path, after: encodeText(text), road: 'hook', origin: ai }) as const;
  assert.equal((await guard.review(made(before))).outcome, 'pass');
  assert.equal((await guard.review(made('services: ['))).outcome, 'held');
});

test('content that a checkout brings is accepted and recorded as git’s', async (t) => {
  const place = await guarded(t);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: place.root });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'one');
  git('checkout', '-qb', 'other');
  place.write(path, aiEdit);
  git('commit', '-qam', 'two');
  git('checkout', '-q', 'main');
  assert.equal(await place.guard.settle(path, 'disk', ai), undefined);
  git('checkout', '-q', 'other');
  assert.equal((await place.guard.settle(path, 'disk', { author: 'unknown' }))?.outcome, 'pass');
  assert.equal(place.read(path), aiEdit);
  assert.ok((await events(place)).includes('committed'));
});

test('binary content is put back and kept byte for byte', async (t) => {
  const place = await guarded(t);
  const bytes = Uint8Array.from([0, 1, 2, 255, 254]);
  place.write(path, bytes);
  const held = heldOf(await place.guard.settle(path, 'disk', ai));
  assert.equal(held.judgement.problems[0]?.code, 'binary-file');
  assert.deepEqual((await place.ports.quarantine.get(held.id))?.content, bytes);
  assert.equal(place.read(path), before);
  assert.ok(existsSync(join(place.root, path)));
});

/** A guard that finds another version on disk as soon as a refused one is safe: somebody wrote in between. */
function interrupted(place: Workspace, ...others: string[]): Workspace['guard'] {
  const { quarantine } = place.ports;
  return createGuard({
    ...place.ports,
    quarantine: {
      ...quarantine,
      keep: async (version) => {
        const id = await quarantine.keep(version);
        const next = others.shift();
        if (next !== undefined) place.write(path, next);
        return id;
      },
    },
  });
}

test('a version that is written in the middle of a restore is refused and kept as well', async (t) => {
  const place = await guarded(t);
  place.write(path, aiEdit);
  const review = await interrupted(place, askedFor).settle(path, 'disk', ai);
  assert.deepEqual(heldOf(review).proposal, encodeText(askedFor));
  assert.equal(place.read(path), before);
  const kept = (await place.ports.quarantine.list()).map(({ id }) => place.ports.quarantine.get(id));
  const texts = (await Promise.all(kept)).map((version) => new TextDecoder().decode(version?.content));
  assert.deepEqual(new Set(texts), new Set([aiEdit, askedFor]));
});

test('a version that may stay is not undone with the one before it, nor when a restore came over it', async (t) => {
  const neutral = `# The same.\n${before}`;
  const refused = [1, 2, 3].map((at) => aiEdit.replace('l9-api:', `l9-api-${at}:`));
  for (const [others, restored] of [
    [[neutral], 0],
    [[...refused, neutral], 1],
  ] as const) {
    const place = await guarded(t);
    place.write(path, aiEdit);
    const review = await interrupted(place, ...others).settle(path, 'disk', ai);
    assert.equal(review?.outcome, 'pass');
    assert.equal(place.read(path), neutral);
    assert.deepEqual(await place.guard.baseline(path), encodeText(neutral));
    assert.equal((await events(place)).filter((event) => event === 'restored').length, restored);
    assert.equal((await place.ports.quarantine.list()).length, others.length);
  }
});

test('a restore that fails is on record once, with the refused version held', async (t) => {
  const place = await guarded(t);
  const { files } = place.ports;
  const guard = createGuard({
    ...place.ports,
    files: { ...files, replace: () => Promise.reject(new Error('the disk is read-only')) },
  });
  place.write(path, aiEdit);
  for (let tries = 0; tries < 2; tries++)
    await assert.rejects(guard.settle(path, 'disk', ai), /the disk is read-only/);
  assert.deepEqual(
    guard.held().map(({ proposal }) => proposal),
    [encodeText(aiEdit)],
  );
  assert.deepEqual(await events(place), ['baseline-taken', 'held', 'restore-failed']);
  await place.guard.settle(path, 'disk', ai);
  assert.equal(place.read(path), before);
});

test('a restore that could not be put on record is told and on record once it can be', async (t) => {
  const place = await guarded(t);
  const { audit } = place.ports;
  let isFull = true;
  const append: typeof audit.append = (...records) =>
    isFull ? Promise.reject(new Error('no space')) : audit.append(...records);
  const guard = createGuard({ ...place.ports, audit: { ...audit, append } });
  place.write(path, aiEdit);
  await assert.rejects(guard.settle(path, 'disk', ai), /no space/);
  assert.equal(place.read(path), before);
  isFull = false;
  const review = await guard.settle(path, 'disk', ai);
  assert.equal(review?.outcome === 'held' && review.isNew, true);
  assert.deepEqual(await events(place), ['baseline-taken', 'held', 'restored']);
  assert.equal(await guard.settle(path, 'disk', ai), undefined);
});
