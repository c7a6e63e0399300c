import { dirname, join } from 'node:path';
import type { Audit, AuditRecord } from '../ports.ts';
import { appendToChain, type ChainOptions } from './auditChain.ts';
import { type AuditFiles, mostBytes, readClosed, readFiles, readSteadily } from './auditFiles.ts';
import { headOf, readHead } from './auditHead.ts';
import { type AuditVerification, readAuditLine, recordsHolding, verifyAudit } from './auditLine.ts';
import { attempt, errnoOf, guardErrorFrom } from './errors.ts';
import { withLock } from './lock.ts';
import { type OnDamage, stateGone } from './wholeFile.ts';

export interface VerifiableAudit extends Audit {
  /** Reads the whole record and checks it. */
  verify(): Promise<AuditVerification>;
  /** Every record whose line holds this text, oldest first. */
  holding(text: string): Promise<readonly AuditRecord[]>;
  /** Lets the oldest records go where all of them take more bytes, and says so in the record. */
  evict(bytes: number): Promise<void>;
}

/**
 * The append-only record `audit.jsonl`: one JSON line for each event, numbered and chained to the one before it. A file
 * that has grown large is closed as `audit-000001.jsonl` and so on, and the chain runs on in the next.
 * `audit.head` holds the number and the hash of the newest record, so that an end that was cut off or written anew is
 * found. It is written after the line is safe on disk: a crash between the two leaves a head that lags, which is no
 * damage. A record that finds no head says so for good, for with the head an end may have gone.
 */
export function openAudit(directory: string, onDamage: OnDamage, most = mostBytes): VerifiableAudit {
  const file = join(directory, 'audit.jsonl');
  const read = <T>(step: (files: AuditFiles) => T) =>
    attempt(`read the audit ${file}`, () => readSteadily(directory, () => step(readFiles(file))));
  return {
    append: inGroups((take) => append(file, take, { onDamage, most })),
    tail: (count) => read((files) => tail(files, count, (lines) => tellDamage(file, lines, onDamage))),
    last: (quarantine) => read((files) => lastAbout(files, quarantine)),
    holding: (text) => read((files) => [...oldestFirst(files)].flatMap((one) => recordsHolding(one, text))),
    verify: () =>
      attempt(`read the audit ${file}`, () =>
        readSteadily(directory, () => {
          // The head first: what other processes append meanwhile only makes it lag.
          const head = readHead(headOf(file)) ?? null;
          return verifyAudit(oldestFirst(readFiles(file)), head);
        }),
      ),
    evict: async (bytes) => {
      const { evictRecords } = await import('./auditEviction.ts');
      await underLock(file, () => evictRecords(file, bytes, { onDamage, most }));
    },
  };
}

function* oldestFirst({ closed, current }: AuditFiles): Iterable<string> {
  for (const file of closed) yield readClosed(file);
  yield current;
}

function* newestFirst({ closed, current }: AuditFiles): Iterable<string> {
  yield current;
  for (const file of closed.toReversed()) yield readClosed(file);
}

type Take = () => readonly AuditRecord[];

/**
 * To make a record safe takes the disk longer than all the rest, and one wait serves many records: those that come in
 * while others are being written, or wait for the lock, go together, in the order they came. Each is done when its group
 * is safe, and fails with it.
 */
function inGroups(write: (take: Take) => Promise<void>): Audit['append'] {
  let open: { readonly records: AuditRecord[]; readonly written: Promise<void> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (...records) => {
    if (open === undefined) {
      const gathered: AuditRecord[] = [];
      const close = () => {
        if (open?.records === gathered) open = undefined;
        return gathered;
      };
      const written = last.then(() => write(close)).finally(close);
      last = written.catch(() => undefined);
      open = { records: gathered, written };
    }
    open.records.push(...records);
    return open.written;
  };
}

/** In this process groups take turns; between processes the lock decides. */
function append(file: string, take: Take, chain: ChainOptions): Promise<void> {
  return underLock(file, () => appendToChain(file, take(), chain));
}

async function underLock(file: string, step: () => Promise<void>): Promise<void> {
  try {
    await withLock(join(dirname(file), 'audit.lock'), step);
  } catch (error) {
    const cause = errnoOf(error) === 'ENOENT' ? stateGone(dirname(file)) : error;
    throw guardErrorFrom(cause, `write the audit ${file}`);
  }
}

function tail(files: AuditFiles, count: number, damaged: (lines: number) => void): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  let unreadable = 0;
  for (const text of newestFirst(files)) {
    const lines = text.split('\n').filter((line) => line !== '');
    for (let index = lines.length - 1; index >= 0 && records.length < count; index--) {
      const line = readAuditLine(lines[index] ?? '');
      if (line === undefined) unreadable++;
      else records.push(line.record);
    }
    if (records.length >= count) break;
  }
  if (unreadable > 0) damaged(unreadable);
  return records.reverse();
}

function tellDamage(file: string, lines: number, onDamage: OnDamage): void {
  onDamage(`${file}: ${lines} damaged line(s) were passed over`);
}

/** What is looked for happened not long ago, or nobody is waiting for the answer any more. */
function lastAbout({ closed, current }: AuditFiles, quarantine: string): AuditRecord | undefined {
  const recent = newestFirst({ current, closed: closed.slice(-1) });
  for (const text of recent) {
    const record = recordsHolding(text, quarantine).findLast((one) => one.quarantine === quarantine);
    if (record !== undefined) return record;
  }
  return undefined;
}
