import { dirname, join } from 'node:path';
import type { Audit, AuditRecord } from '../ports.ts';
import { appendToChain } from './auditChain.ts';
import { headOf, readHead } from './auditHead.ts';
import { type AuditVerification, readAuditLine, verifyAudit } from './auditLine.ts';
import { attempt, errnoOf, guardErrorFrom } from './errors.ts';
import { withLock } from './lock.ts';
import { type OnDamage, readWhole, stateGone } from './wholeFile.ts';

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
  return {
    append: inGroups((take) => append(file, take, onDamage)),
    tail: (count) => tail(file, count, onDamage),
    verify: () =>
      attempt(`read the audit ${file}`, async () => {
        // The head first: what other processes append meanwhile only makes it lag.
        const head = readHead(headOf(file)) ?? null;
        return verifyAudit(new TextDecoder().decode(await readWhole(file)), head);
      }),
  };
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
async function append(file: string, take: Take, onDamage: OnDamage): Promise<void> {
  try {
    await withLock(join(dirname(file), 'audit.lock'), () => appendToChain(file, take(), onDamage));
  } catch (error) {
    const cause = errnoOf(error) === 'ENOENT' ? stateGone(dirname(file)) : error;
    throw guardErrorFrom(cause, `write the audit ${file}`);
  }
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
