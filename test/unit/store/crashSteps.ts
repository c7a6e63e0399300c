import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Choice } from '../../../src/choosing.ts';
import { encodeText, sameBytes } from '../../../src/content.ts';
import { kindOf } from '../../../src/core/model/kinds.ts';
import { systemClock } from '../../../src/disk/clock.ts';
import { gitCommits } from '../../../src/disk/commits.ts';
import { protectedFiles } from '../../../src/disk/files.ts';
import { createGuard, type Guard } from '../../../src/guard.ts';
import type { DeclaredScope, Ports, Road } from '../../../src/ports.ts';
import { mostBytes } from '../../../src/store/auditFiles.ts';
import { openStore, type Store } from '../../../src/store/open.ts';

export interface GuardedPlace {
  readonly guard: Guard;
  readonly ports: Ports;
  readonly store: Store;
  read(name: string): string;
  write(name: string, content: string): void;
}

/** Something a guard does, which a crash may cut short anywhere. */
export interface CrashStep {
  /** What comes before, and is not cut short; gives the step itself. */
  ready(place: GuardedPlace): Promise<() => Promise<unknown>>;
  /** What must be so wherever it was cut short. */
  survived(place: GuardedPlace): Promise<void>;
  /** What must be so when it was done, the second time. */
  done(place: GuardedPlace): Promise<void>;
  /** The oldest records may go. */
  readonly letsGo?: true;
}

/** The real guard over the real state of a folder. */
export async function guardAt(
  workspace: string,
  stateHome: string,
  onDamage: (message: string) => void = () => undefined,
): Promise<GuardedPlace> {
  const store = await openStore(workspace, { stateHome, onDamage });
  const ports: Ports = {
    ...store,
    clock: systemClock,
    policy: { kindOf },
    files: protectedFiles(workspace),
    commits: gitCommits(workspace),
  };
  return {
    guard: createGuard(ports),
    ports,
    store,
    read: (name) => readFileSync(join(workspace, name), 'utf8'),
    write: (name, content) => writeFileSync(join(workspace, name), content),
  };
}

const path = 'compose.yml';
const unseen = 'more/compose.yml';
const accepted = 'services:\n  api:\n    image: api:1\n  redis:\n    image: redis:7\n';
const neutral = `# The same.\n${accepted}`;
const refusedEarlier = accepted.replace('redis:7', 'redis:6');
const refused = 'services:\n  api:\n    image: api:2\n';
const askedFor = accepted.replace('api:1', 'api:2');
const scope: DeclaredScope = {
  grants: [{ op: 'change', address: 'services.api.image' }],
  declaredAt: 1,
  expiresAt: 9_000_000_000_000,
};

/** What every crash finds: an accepted version, a refused one, a scope, and the records of them. */
export async function prepareState(workspace: string, stateHome: string): Promise<void> {
  const place = await guardAt(workspace, stateHome);
  mkdirSync(join(workspace, 'more'));
  place.write(path, accepted);
  place.write(unseen, accepted);
  await place.guard.adopt(path);
  await place.guard.declare(scope);
  await place.guard.review(saved(refusedEarlier));
}

/** What was acknowledged before the crash. */
export async function earlierIsThere(
  { guard, ports, store }: GuardedPlace,
  { letsGo }: CrashStep,
): Promise<void> {
  const events = (await ports.audit.tail(1_000)).map(({ event }) => event);
  const mayBeGone = letsGo === true && events.includes('records-evicted');
  if (!mayBeGone) assert.deepEqual(events.slice(0, 3), ['baseline-taken', 'scope-declared', 'held']);
  assert.deepEqual((await store.audit.verify()).problems, []);
  assert.ok(await isKept(ports, refusedEarlier));
  assert.ok((await guard.baseline(path)) !== undefined);
}

export const crashSteps: Readonly<Record<string, CrashStep>> = {
  adopt: {
    ready:
      async ({ guard }) =>
      () =>
        guard.adopt(unseen),
    survived: async ({ guard }) => isOneOf(await guard.baseline(unseen), [undefined, accepted]),
    done: async ({ guard }) => isOneOf(await guard.baseline(unseen), [accepted]),
  },
  'take stock': {
    ready:
      async ({ guard }) =>
      () =>
        guard.takeStock([unseen, path]),
    survived: async ({ guard }) => {
      isOneOf(await guard.baseline(unseen), [undefined, accepted]);
      isOneOf(await guard.baseline(path), [accepted]);
    },
    done: async ({ guard }) => isOneOf(await guard.baseline(unseen), [accepted]),
  },
  'hold a save': {
    ready:
      async ({ guard }) =>
      () =>
        guard.review(saved(refused)),
    survived: async ({ guard }) => isOneOf(await guard.baseline(path), [accepted]),
    done: async ({ ports }) => assert.ok(await isKept(ports, refused)),
  },
  restore: {
    ready: async ({ guard, write }) => {
      write(path, refused);
      return () => guard.settle(path, 'disk', { author: 'unknown' });
    },
    survived: async ({ guard, ports, read }) => {
      assert.ok(read(path) === refused || (await isKept(ports, refused)), 'the refused version is lost');
      isOneOf(await guard.baseline(path), [accepted]);
      isOneOf(encodeText(read(path)), [accepted, refused]);
    },
    done: async ({ ports, read }) => {
      assert.equal(read(path), accepted);
      assert.ok(await isKept(ports, refused));
      const events = (await ports.audit.tail(1_000)).map(({ event }) => event);
      assert.ok(events.includes('restored') && events.filter((event) => event === 'held').length >= 2);
    },
  },
  'accept what changes no meaning': {
    ready: async ({ guard, write }) => {
      write(path, neutral);
      return () => guard.settle(path, 'disk', { author: 'unknown' });
    },
    survived: async ({ guard, read }) => {
      isOneOf(await guard.baseline(path), [accepted, neutral]);
      assert.equal(read(path), neutral);
    },
    done: async ({ guard }) => isOneOf(await guard.baseline(path), [neutral]),
  },
  approve: choice('approve', 'save', refused),
  'keep what was asked': choice('keep-asked', 'save', askedFor),
  'put back': choice('put-back', 'save', accepted),
  'approve what an agent has yet to write': {
    ...choice('approve', 'hook', accepted),
    done: async ({ guard }) => assert.equal((await guard.review(edit(refused, 'hook'))).outcome, 'pass'),
  },
  'make room': {
    ready: async ({ guard, store }) => {
      writeFileSync(join(dirname(store.directory), 'limits.json'), '{"versions":1}');
      const review = await guard.review(saved(refused));
      if (review.outcome === 'held') await guard.resolve(review.held, 'put-back');
      return () => store.evict();
    },
    survived: async ({ guard }) => isOneOf(await guard.baseline(path), [accepted]),
    done: async ({ ports }) => {
      assert.equal(await isKept(ports, refused), false);
      assert.ok((await ports.audit.tail(9)).some(({ event }) => event === 'evicted'));
    },
  },
  'declare a scope': {
    ready:
      async ({ guard }) =>
      () =>
        guard.declare({ ...scope, declaredAt: 2 }),
    survived: async ({ guard }) => assert.deepEqual((await guard.scope())?.grants, scope.grants),
    done: async ({ guard }) => assert.equal((await guard.scope())?.declaredAt, 2),
  },
  'close a file of the record': {
    ready: async ({ guard, ports }) => {
      await ports.audit.append({ at: 1, event: 'passed', note: 'x'.repeat(mostBytes) });
      return () => guard.declare({ ...scope, declaredAt: 2 });
    },
    survived: async ({ guard }) => assert.deepEqual((await guard.scope())?.grants, scope.grants),
    done: async ({ guard, store }) => {
      assert.equal((await guard.scope())?.declaredAt, 2);
      assert.ok(readdirSync(store.directory).includes('audit-000001.jsonl'));
    },
  },
  'let the oldest records go': {
    letsGo: true,
    ready: async ({ ports, store }) => {
      writeFileSync(join(dirname(store.directory), 'limits.json'), '{"auditMegabytes":1}');
      const large = { at: 1, event: 'passed', note: 'x'.repeat(mostBytes) } as const;
      for (let count = 0; count < 4; count++) await ports.audit.append(large);
      return () => store.evict();
    },
    survived: async ({ guard }) => isOneOf(await guard.baseline(path), [accepted]),
    done: async ({ ports, store }) => {
      assert.ok(!readdirSync(store.directory).includes('audit-000001.jsonl'));
      assert.equal((await ports.audit.tail(1)).at(-1)?.event, 'records-evicted');
      assert.ok((await store.audit.verify()).evicted !== undefined);
    },
  },
  'clear the scope': {
    ready:
      async ({ guard }) =>
      () =>
        guard.declare(undefined),
    survived: async ({ guard }) =>
      assert.deepEqual((await guard.scope())?.grants ?? scope.grants, scope.grants),
    done: async ({ guard }) => assert.equal(await guard.scope(), undefined),
  },
  'hear a prompt': {
    ready:
      async ({ guard }) =>
      () =>
        guard.hear({
          ...{ host: 'codex', session: 's', requests: ['x'], heardAt: 1, expiresAt: scope.expiresAt },
          files: [{ path, grants: scope.grants, isPart: true }],
        }),
    survived: async ({ guard }) => assert.ok((await guard.heard()).length <= 1),
    done: async ({ guard }) => assert.equal((await guard.heard()).length, 1),
  },
};

function choice(chosen: Choice, road: Road, landed: string): CrashStep {
  return {
    ready: async ({ guard }) => {
      const review = await guard.review(edit(refused, road));
      // Cut short late enough it was done, and then there is nothing left to choose.
      return async () => (review.outcome === 'held' ? guard.resolve(review.held, chosen) : undefined);
    },
    survived: async ({ guard, ports, read }) => {
      assert.ok(await isKept(ports, refused));
      isOneOf(await guard.baseline(path), [accepted, landed]);
      isOneOf(encodeText(read(path)), [accepted, landed]);
    },
    done: async ({ guard, read }) => {
      isOneOf(await guard.baseline(path), [landed]);
      assert.equal(read(path), landed);
    },
  };
}

function edit(text: string, road: Road) {
  return {
    path,
    after: encodeText(text),
    road,
    origin: { author: 'ai', tool: 'edit', session: 's' },
  } as const;
}

function saved(text: string) {
  return edit(text, 'save');
}

async function isKept({ quarantine }: Ports, text: string): Promise<boolean> {
  const versions = await Promise.all((await quarantine.list()).map(({ id }) => quarantine.get(id)));
  return versions.some((version) => sameBytes(version?.content, encodeText(text)));
}

function isOneOf(content: Uint8Array | undefined, texts: readonly (string | undefined)[]): void {
  const text = content === undefined ? undefined : new TextDecoder().decode(content);
  assert.ok(texts.includes(text), `not one of the contents it may be: ${text}`);
}
