import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { auditLine, firstLink, readAuditLine } from '../../src/store/auditLine.ts';
import { boundsIn } from '../../src/store/eviction.ts';
import { openInstalled } from '../../src/store/installed.ts';
import type { Store } from '../../src/store/open.ts';
import { questionIn } from '../../src/store/questions.ts';
import { sha256 } from '../../src/store/sha256.ts';
import {
  accepted,
  answered,
  auditCheck,
  baselineCheck,
  chainCheck,
  evictionCheck,
  headCheck,
  path,
  quarantineCheck,
  receiptCheck,
  refused,
  scopeCheck,
  sessionCheck,
  valueIn,
} from './storeChecks.ts';

/** A kind of stored file: where the store itself has put one, and what reading a damaged one must come to. */
export interface Kind {
  readonly file: string;
  readonly original: Uint8Array;
  /** Says what came out, and throws where that must not be. */
  check(bytes: Uint8Array, isSlow: boolean): Promise<string>;
}

const grant = { op: 'change', address: 'services.api.labels' } as const;
const far = 9_000_000_000_000;
const told = { host: 'codex', session: 's', requests: ['change the labels'], heardAt: 1, expiresAt: far };
const version = {
  path,
  at: 1,
  road: 'disk',
  origin: { author: 'ai', tool: 'codex' },
  verdict: 'deny',
} as const;

/** Puts one of everything into a store, by the store's own hand. */
export async function fill(store: Store): Promise<void> {
  const { baselines, quarantine, scopes, sessions, receipts, audit } = store;
  await baselines.accept(path, { content: accepted });
  await audit.append({ at: 1, event: 'baseline-taken', path });
  await quarantine.answered(await quarantine.keep({ ...version, content: answered }));
  const id = await quarantine.keep({ ...version, at: 2, content: refused });
  await audit.append({
    ...version,
    event: 'held',
    quarantine: id,
    changes: ['services.api.image'],
    note: 'grüße',
  });
  await scopes.set({ grants: [grant], request: 'the labels', declaredAt: 1, expiresAt: far });
  await audit.append({ at: 3, event: 'scope-declared', grants: ['change services.api.labels'] });
  await sessions.set({ ...told, files: [{ path, grants: [grant], isPart: false }] });
  await receipts.add({ path, before: accepted, after: refused, at: 1, expiresAt: far });
}

export function kindsOf(store: Store): Readonly<Record<string, Kind>> {
  return { ...keptKinds(store), ...auditKinds(store), ...otherKinds(store) };
}

function kind(file: string, check: Kind['check']): Kind {
  return { file, original: readFileSync(file), check };
}

/** A file of a kind that the store has not put there by itself. */
function made(file: string, value: unknown, check: Kind['check']): Kind {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return kind(file, check);
}

function keptKinds(store: Store): Readonly<Record<string, Kind>> {
  const { directory } = store;
  const first = (folder: string, isIt = (_: string) => true) => {
    const files = readdirSync(join(directory, folder)).map((name) => join(directory, folder, name));
    return files.find((file) => file.endsWith('.json') && isIt(readFileSync(file, 'utf8'))) ?? '';
  };
  const object = (content: Uint8Array) => join(directory, 'objects', sha256(content));
  const isOpen = (text: string) => text.includes('"isAnswered":false');
  return {
    'a scope': kind(join(directory, 'scope.json'), (bytes) => scopeCheck(store, bytes)),
    'what a session was told': kind(first('sessions'), (bytes) => sessionCheck(store, bytes)),
    'an approval': kind(first('receipts'), (bytes) => receiptCheck(store, bytes)),
    'an accepted version': kind(first('baselines'), (bytes) => baselineCheck(store, bytes)),
    'the content of an accepted version': kind(object(accepted), (bytes) => baselineCheck(store, bytes)),
    'a refused version': kind(first('quarantine', isOpen), () => quarantineCheck(store)),
    'a refused version that may go': kind(
      first('quarantine', (text) => !isOpen(text)),
      (_, isSlow) => evictionCheck(store, isSlow),
    ),
    'the content of a refused version': kind(object(refused), () => quarantineCheck(store)),
  };
}

function auditKinds(store: Store): Readonly<Record<string, Kind>> {
  const [file, head] = ['audit.jsonl', 'audit.head'].map((name) => join(store.directory, name));
  assert.ok(file !== undefined && head !== undefined);
  const [record, newest] = [file, head].map((one) => readFileSync(one, 'utf8'));
  assert.ok(record !== undefined && newest !== undefined);
  const records = record.split('\n').flatMap((line) => readAuditLine(line)?.record ?? []);
  return {
    'the record': kind(file, (bytes, isSlow) => auditCheck(store, bytes, record, isSlow)),
    'the head of the record': kind(head, (bytes) => headCheck(store, bytes, newest)),
    'a record rewritten with a hash of its own': made(
      join(store.directory, 'rewritten.json'),
      records[0],
      async (bytes) => {
        writeFileSync(file, rewritten(record, valueIn(bytes)));
        return chainCheck(store, records[0], bytes);
      },
    ),
    'records that fit': made(join(store.directory, 'records.json'), records, async (bytes) => {
      writeFileSync(file, relinked(Array.from(Object(valueIn(bytes)))));
      return (await store.audit.verify()).intact ? 'read' : 'known to be damaged';
    }),
  };
}

function otherKinds(store: Store): Readonly<Record<string, Kind>> {
  const { directory } = store;
  const root = dirname(directory);
  const guard = { pid: process.pid, door: { address: '/x', token: 't' } };
  return {
    'a guard at work': made(join(directory, 'guards', '1-0.json'), guard, async () => {
      for (const { pid } of store.guards()) assert.ok(Number.isInteger(pid));
      return 'read';
    }),
    'an answer': made(join(directory, 'answers', `${sha256('q')}.json`), '={"say":"refuse"}', async () => {
      await store.answers.once('q', 60_000, async () => 'anew');
      return 'read';
    }),
    limits: made(join(root, 'limits.json'), { megabytes: 300, versions: 20, auditMegabytes: 5 }, async () => {
      assert.ok(Object.values(boundsIn(root)).every((bound) => bound > 0));
      return 'read';
    }),
    'what was installed': made(join(root, 'installed.json'), installed, async () => {
      await openInstalled(root, () => undefined).get('/settings.json');
      return 'read';
    }),
    'a question at the door': made(join(directory, 'question'), question, async (bytes) => {
      const asked = questionIn(Buffer.from(bytes).toString('utf8'), (said) => said === 't');
      return asked === undefined ? 'nothing' : 'read';
    }),
  };
}

const installed = {
  schema: 1,
  files: {
    '/settings.json': { after: 'a', existed: true, head: 1, tail: 1, between: 'x', madeFolder: '/a' },
  },
};
const question = {
  infrahold: 1,
  token: 't',
  scope: { path, grants: ['change services.api.labels'], reason: 'r', minutes: 5, asker: 'a' },
};

/** The first line said anew by whoever knows the form, with its number and its own hash; the others are as they were. */
function rewritten(record: string, value: unknown): string {
  const [, ...others] = record.split('\n');
  return [auditLine(Object(value), 1, firstLink).line, ...others].join('\n');
}

/** Lines as whoever knows the form could write them: each whole in itself. */
function relinked(values: readonly unknown[]): string {
  let [prev, seq] = [firstLink, 0];
  const lines = values.map((value) => {
    const { line, hash } = auditLine(Object(value), ++seq, prev);
    prev = hash;
    return `${line}\n`;
  });
  return lines.join('');
}
