import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Audit, AuditRecord } from '../ports.ts';
import {
  type AuditLine,
  type AuditVerification,
  auditLine,
  firstLink,
  readAuditLine,
  verifyAudit,
} from './auditLine.ts';
import { attempt, errnoOf, guardErrorFrom } from './errors.ts';
import { withLock } from './lock.ts';
import { asideName, type OnDamage, readWhole, stateGone } from './wholeFile.ts';

export interface VerifiableAudit extends Audit {
  /** Reads the whole record and checks it. */
  verify(): Promise<AuditVerification>;
}

/**
 * The append-only record `audit.jsonl`: one JSON line for each event, numbered and chained to the one before it.
 * `audit.head` holds the number of the newest record, so that an end that was cut off is missed. It is written after
 * the line is safe on disk: a crash between the two leaves a head that lags, which is no damage. A record that finds no
 * head says so for good, for with the head an end may have gone.
 */
export function openAudit(directory: string, onDamage: OnDamage): VerifiableAudit {
  const file = join(directory, 'audit.jsonl');
  let last: Promise<unknown> = Promise.resolve();
  return {
    append: (record) => {
      // In this process appends take turns in the order they were asked for; between processes the lock decides.
      const turn = last.then(() => append(file, record, onDamage));
      last = turn.catch(() => undefined);
      return turn;
    },
    tail: (count) => tail(file, count, onDamage),
    verify: () =>
      attempt(`read the audit ${file}`, async () => {
        // The head first: what other processes append meanwhile only makes it lag.
        const head = readHead(headOf(file)) ?? null;
        return verifyAudit(new TextDecoder().decode(await readWhole(file)), head);
      }),
  };
}

function headOf(file: string): string {
  return join(dirname(file), 'audit.head');
}

/** `undefined` when there is none or it does not read as a number. */
function readHead(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return /^\d{1,15}\n$/.test(text) ? Number(text) : undefined;
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes(errnoOf(error))) return undefined;
    throw error;
  }
}

/**
 * Always as long, and written in place: sixteen bytes are on disk as they were or as they are. It is not made safe from
 * a power cut, after which it only lags. Runs under the lock only.
 */
function writeHead(file: string, seq: number): void {
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w', 0o600);
  try {
    ftruncateSync(descriptor, writeSync(descriptor, `${`${seq}`.padStart(15, '0')}\n`, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** A state that is new has a head, so that it is missing only where somebody took it away. */
export function beginAudit(directory: string): void {
  const file = join(directory, 'audit.jsonl');
  const isNew = ['baselines', 'quarantine'].every((name) => readdirSync(join(directory, name)).length === 0);
  if (isNew && !existsSync(file) && !existsSync(headOf(file))) writeHead(headOf(file), 0);
}

async function append(file: string, record: AuditRecord, onDamage: OnDamage): Promise<void> {
  try {
    await withLock(join(dirname(file), 'audit.lock'), () => {
      if (!appendChained(file, record, onDamage)) startAgain(file, record, onDamage);
    });
  } catch (error) {
    const cause = errnoOf(error) === 'ENOENT' ? stateGone(dirname(file)) : error;
    throw guardErrorFrom(cause, `write the audit ${file}`);
  }
}

/** One write call for one line, so that no reader ever sees two lines mixed. False when there is nothing in the file that the chain could go on from. */
function appendChained(file: string, record: AuditRecord, onDamage: OnDamage): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return false;
  const descriptor = openSync(file, 'a+', 0o600);
  try {
    const size = fstatSync(descriptor).size;
    const last = size === 0 ? { seq: 0, hash: firstLink } : lastLine(descriptor, size);
    if (last === undefined) return false;
    const head = readHead(headOf(file));
    const seq = Math.max(last.seq, head ?? 0) + 1;
    // A crash can leave half a line; a new line ends it, and the chain goes on from the last whole one.
    const isTorn = size > 0 && readText(descriptor, size - 1, 1) !== '\n';
    const isHeadless = head === undefined;
    if (isHeadless) setHeadAside(headOf(file), onDamage);
    const line = auditLine({ ...record, ...(isHeadless && { isHeadless }) }, seq, last.hash);
    const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line}\n`);
    if (writeSync(descriptor, bytes) === bytes.length) {
      fsyncSync(descriptor);
      moveHead(file, seq, onDamage);
      return true;
    }
    // Taken back whole: the next writer may find space again, and half a line helps nobody.
    ftruncateSync(descriptor, size);
    throw Object.assign(new Error('only part of the line could be written'), { code: 'ENOSPC' });
  } finally {
    closeSync(descriptor);
  }
}

/** A folder or garbage in its place would never again read as a number. */
function setHeadAside(head: string, onDamage: OnDamage): void {
  const isThere = existsSync(head);
  const aside = asideName(head);
  if (isThere) renameSync(head, aside);
  const what = isThere ? `it is damaged, and was set aside as ${aside}` : 'it is missing';
  onDamage(`${head}: ${what}; it is made anew, and the record says so`);
}

/** The record is safe already; a head that cannot be moved lags, and the next record moves it. */
function moveHead(file: string, seq: number, onDamage: OnDamage): void {
  try {
    writeHead(headOf(file), seq);
  } catch (error) {
    onDamage(`${headOf(file)}: it could not be written (${errnoOf(error)}); the record itself is kept`);
  }
}

/** The garbage may still tell a person something, so it is moved and not written over. */
function startAgain(file: string, record: AuditRecord, onDamage: OnDamage): void {
  const aside = asideName(file);
  renameSync(file, aside);
  onDamage(`${file}: it holds no readable record; it was set aside as ${aside}, and a new record begins`);
  appendChained(file, record, onDamage);
}

function tail(file: string, count: number, onDamage: OnDamage): Promise<readonly AuditRecord[]> {
  return attempt(`read the audit ${file}`, async () => {
    const text = new TextDecoder().decode((await readWhole(file)) ?? new Uint8Array());
    const lines = text.split('\n').filter((line) => line !== '');
    const records: AuditRecord[] = [];
    let unreadable = 0;
    for (let index = lines.length - 1; index >= 0 && records.length < count; index--) {
      const line = readAuditLine(lines[index] ?? '');
      if (line === undefined) unreadable++;
      else records.push(line.record);
    }
    if (unreadable > 0) onDamage(`${file}: ${unreadable} damaged line(s) were passed over`);
    return records.reverse();
  });
}

/** The last whole line that reads as a record, looked for from the end, in larger and larger pieces. */
function lastLine(descriptor: number, size: number): AuditLine | undefined {
  for (let length = 8_192; ; length *= 4) {
    const from = Math.max(0, size - length);
    const lines = readText(descriptor, from, size - from).split('\n');
    // The first piece may begin in the middle of a line, and then does not read as a record.
    for (const text of lines.reverse()) {
      const line = readAuditLine(text);
      if (line !== undefined) return line;
    }
    if (from === 0) return undefined;
  }
}

function readText(descriptor: number, from: number, length: number): string {
  const bytes = Buffer.alloc(length);
  const read = readSync(descriptor, bytes, 0, length, from);
  return bytes.toString('utf8', 0, read);
}
