import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { encodeText, sameBytes } from '../../src/content.ts';
import type { AuditRecord } from '../../src/ports.ts';
import { readAuditLine } from '../../src/store/auditLine.ts';
import type { Store } from '../../src/store/open.ts';
import { sha256 } from '../../src/store/sha256.ts';

export const path = 'compose.yml';
export const accepted = encodeText('services:\n  api:\n    image: api:1\n');
export const refused = encodeText('services:\n  api:\n    image: evil:1\n');
export const answered = encodeText('services:\n  api:\n    image: old:1\n');
/** What a JSON file says to whoever reads it strictly; `undefined` for one that cannot be read. */
export function valueIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** A value that counts is one that is written there, to the letter. */
function isWritten(bytes: Uint8Array, name: string, value: unknown): void {
  const said = valueIn(bytes);
  assert.ok(
    typeof said === 'object' && said !== null && isDeepStrictEqual(Reflect.get(said, name), value),
    `${name} is not what is written`,
  );
}

export async function scopeCheck({ scopes }: Store, bytes: Uint8Array): Promise<string> {
  const scope = await scopes.get();
  if (scope === undefined) return 'nothing';
  isWritten(bytes, 'expiresAt', scope.expiresAt);
  grantsAreWritten(Reflect.get(Object(valueIn(bytes)), 'grants'), scope.grants);
  return 'read';
}

function grantsAreWritten(written: unknown, grants: readonly object[]): void {
  assert.ok(Array.isArray(written) && written.length === grants.length, 'a grant is there that nobody gave');
  grants.forEach((one, index) => {
    for (const [name, value] of Object.entries(one))
      assert.equal(Reflect.get(Object(written[index]), name), value);
  });
}

export async function sessionCheck({ sessions }: Store, bytes: Uint8Array): Promise<string> {
  const [scope, another] = await sessions.all();
  assert.equal(another, undefined);
  if (scope === undefined) return 'nothing';
  isWritten(bytes, 'expiresAt', scope.expiresAt);
  const files = Reflect.get(Object(valueIn(bytes)), 'files');
  for (const [index, { grants }] of scope.files.entries())
    grantsAreWritten(Reflect.get(Object(files?.[index]), 'grants'), grants);
  return 'read';
}

export async function receiptCheck({ receipts }: Store, bytes: Uint8Array): Promise<string> {
  const receipt = await receipts.find(path, accepted, refused);
  if (receipt === undefined) return 'nothing';
  isWritten(bytes, 'path', path);
  isWritten(bytes, 'expiresAt', receipt.expiresAt);
  return 'read';
}

/** What was accepted is what is given, or it is known to be lost: nothing else is ever taken for it. */
export async function baselineCheck({ baselines }: Store, bytes: Uint8Array): Promise<string> {
  const baseline = await baselines.get(path);
  await baselines.paths();
  if (baseline === undefined) {
    assert.ok(await baselines.isLost(path, refused), 'a refused version would be taken as the first');
    return 'known to be lost';
  }
  if (baseline.content === undefined) isWritten(bytes, 'content', null);
  else
    assert.ok(
      [accepted, refused, answered].some((content) => sameBytes(content, baseline.content)),
      'bytes that nobody kept',
    );
  return 'read';
}

export async function quarantineCheck(store: Store): Promise<string> {
  const { quarantine } = store;
  for (const { id } of await quarantine.list()) {
    const content = (await quarantine.get(id))?.content;
    assert.ok(
      content === undefined || [accepted, refused, answered].some((one) => sameBytes(one, content)),
      'bytes that nobody kept',
    );
  }
  const found = await quarantine.find(path, refused);
  return found === undefined ? 'nothing' : 'read';
}

/** There is too much: what nobody has answered stays all the same, and so does what is accepted. */
export async function evictionCheck(store: Store, isSlow: boolean): Promise<string> {
  if (!isSlow) return quarantineCheck(store);
  await store.evict();
  assert.ok(sameBytes((await store.baselines.get(path))?.content, accepted));
  assert.ok((await store.quarantine.find(path, refused)) !== undefined);
  return (await store.quarantine.find(path, answered)) === undefined ? 'gone' : 'stays';
}

/** Whole is only what is as it was written; what is read of the rest was written so. */
export async function auditCheck(
  { audit }: Store,
  bytes: Uint8Array,
  before: string,
  isSlow: boolean,
): Promise<string> {
  const known = before.split('\n').flatMap((line) => readAuditLine(line)?.record ?? []);
  const { intact, records } = await audit.verify();
  const read = await audit.tail(1_000);
  const isKnown = (record: AuditRecord) => known.some((one) => isDeepStrictEqual(one, record));
  assert.ok(read.every(isKnown), 'a record that nobody wrote');
  if (intact) assert.deepEqual(read, known, 'it is called whole and is not');
  assert.ok(!intact || records === known.length);
  const outcome = intact ? 'read' : 'known to be damaged';
  if (!isSlow) return outcome;
  await audit.append({ at: 4, event: 'passed', path });
  const now = await audit.verify();
  assert.ok(
    intact || !now.intact || sha256(bytes) === sha256(encodeText(before)),
    'one more record hides what was done to it',
  );
  assert.equal((await audit.tail(1))[0]?.at, 4);
  return outcome;
}

/** A record that says something else is found by the next one, which names the hash of what it said before. */
export async function chainCheck(
  { audit }: Store,
  original: AuditRecord | undefined,
  bytes: Uint8Array,
): Promise<string> {
  const { intact, problems } = await audit.verify();
  const isSame = JSON.stringify(valueIn(bytes)) === JSON.stringify(original);
  assert.equal(
    intact,
    isSame,
    isSame ? JSON.stringify(problems) : 'a record was rewritten, and it is called whole',
  );
  return intact ? 'as it was' : 'known to be damaged';
}

export async function headCheck(store: Store, bytes: Uint8Array, original: string): Promise<string> {
  const { intact } = await store.audit.verify();
  const said = Buffer.from(bytes).toString('latin1');
  const [, first, hash, last] = /^(\d{15}) ([0-9a-f]{64}) (\d{15})\n$/.exec(said) ?? [];
  // One that a crash has left half written tells no more than a number.
  const mayFit = first !== last || Number(first) < 3 || original.includes(` ${hash} `);
  assert.ok(
    !intact || (first !== undefined && Math.min(Number(first), Number(last)) <= 3 && mayFit),
    'it vouches for an end that it does not know',
  );
  return intact ? 'read' : 'known to be damaged';
}
