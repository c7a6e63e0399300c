import { closeSync, fstatSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Audit, AuditRecord } from '../ports.ts';
import { type AuditLine, auditLine, firstLink, readAuditLine } from './auditLine.ts';
import { attempt, errnoOf, guardErrorFrom } from './errors.ts';
import { withLock } from './lock.ts';
import { asideName, type OnDamage, readWhole, stateGone } from './wholeFile.ts';

/** The append-only record, one JSON line for each event, each line chained to the one before it. */
export function openAudit(directory: string, onDamage: OnDamage): Audit {
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
  };
}

async function append(file: string, record: AuditRecord, onDamage: OnDamage): Promise<void> {
  try {
    await withLock(join(dirname(file), 'audit.lock'), () => {
      if (!appendChained(file, record)) startAgain(file, record, onDamage);
    });
  } catch (error) {
    const cause = errnoOf(error) === 'ENOENT' ? stateGone(dirname(file)) : error;
    throw guardErrorFrom(cause, `write the audit ${file}`);
  }
}

/** One write call for one line, so that no reader ever sees two lines mixed. False when there is nothing in the file that the chain could go on from. */
function appendChained(file: string, record: AuditRecord): boolean {
  const descriptor = openSync(file, 'a+', 0o600);
  try {
    const size = fstatSync(descriptor).size;
    const previous = size === 0 ? firstLink : lastLine(descriptor, size)?.hash;
    if (previous === undefined) return false;
    // A crash can leave half a line; a new line ends it, and the chain goes on from the last whole one.
    const isTorn = size > 0 && readText(descriptor, size - 1, 1) !== '\n';
    const bytes = Buffer.from(`${isTorn ? '\n' : ''}${auditLine(record, previous)}\n`);
    if (writeSync(descriptor, bytes) === bytes.length) return true;
    // Taken back whole: the next writer may find space again, and half a line helps nobody.
    ftruncateSync(descriptor, size);
    throw Object.assign(new Error('only part of the line could be written'), { code: 'ENOSPC' });
  } finally {
    closeSync(descriptor);
  }
}

/** The garbage may still tell a person something, so it is moved and not written over. */
function startAgain(file: string, record: AuditRecord, onDamage: OnDamage): void {
  const aside = asideName(file);
  renameSync(file, aside);
  onDamage(`${file}: it holds no readable record; it was set aside as ${aside}, and a new record begins`);
  appendChained(file, record);
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
