import { rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuditRecord } from '../ports.ts';
import { appendToChain, type ChainOptions } from './auditChain.ts';
import { closedFiles, readClosed } from './auditFiles.ts';
import { type Eviction, evictionIn, readAuditLine, recordsHolding, verifyAudit } from './auditLine.ts';
import { syncDirectory } from './wholeFile.ts';

/**
 * Lets the oldest closed files go where all together hold more bytes than they may. First a record of the chain says with
 * which number what is kept begins, and what that one names as the line before it: so nobody can take files away and have
 * it look like this, and a crash leaves files that were to go, which the next time takes. Runs under the lock only.
 */
export async function evictRecords(file: string, most: number, chain: ChainOptions): Promise<void> {
  const { leaving, staying } = chooseLeaving(file, most);
  const [oldest] = staying;
  if (leaving.length === 0 || oldest === undefined) return;
  const [before, after] = [leaving.map(readClosed), [...staying, file].map(readClosed)];
  const line = after[0]?.split('\n').find((one) => readAuditLine(one) !== undefined);
  const first = line === undefined ? undefined : readAuditLine(line);
  if (first === undefined) {
    chain.onDamage(`${oldest}: it holds no readable record, and so nothing before it is let go`);
    return;
  }
  const { seq, prev } = first;
  const { intact: wasWhole } = verifyAudit([...before, `${line}\n`], undefined, evictionsIn(after));
  const note = `records before ${seq} were let go: the record may hold ${Math.ceil(most / 1024)} KB`;
  const record = { at: Date.now(), event: 'records-evicted', note } as const;
  const carried = onlyTakenIn(before, after);
  await appendToChain(file, [...carried, { ...record, keptFrom: { seq, prev, wasWhole } }], chain);
  for (const one of leaving) rmSync(one, { force: true });
  await syncDirectory(dirname(file));
}

/** The newest closed file stays in any case: whoever asks what became of an edit of a moment ago looks there. */
function chooseLeaving(file: string, most: number) {
  const closed = closedFiles(dirname(file));
  let bytes = [...closed, file].reduce((sum, one) => sum + sizeOf(one), 0);
  let count = 0;
  for (const one of closed.slice(0, -1)) {
    if (bytes <= most) break;
    bytes -= sizeOf(one);
    count++;
  }
  return { leaving: closed.slice(0, count), staying: closed.slice(count) };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** That there was an accepted version must be known for as long as there is a record: one that is taken away would not be missed. */
function onlyTakenIn(leaving: readonly string[], staying: readonly string[]): readonly AuditRecord[] {
  const taken = (texts: readonly string[]) =>
    texts.flatMap((text) => recordsHolding(text, '"baseline-taken"')).filter(isTaken);
  const known = new Set(taken(staying).map(({ path }) => path));
  const carried = taken(leaving).filter(({ path }) => {
    const isCarried = !known.has(path);
    known.add(path);
    return isCarried;
  });
  const note = 'carried over from a record that was let go';
  return carried.map((record) => ({ ...record, note }));
}

function isTaken({ event }: AuditRecord): boolean {
  return event === 'baseline-taken';
}

/** What is said of records that were let go before stands further on than what goes now. */
function evictionsIn(texts: readonly string[]): readonly Eviction[] {
  const lines = texts.flatMap((text) => text.split('\n'));
  return lines.flatMap((line) =>
    line.includes('"keptFrom"') ? (evictionIn(readAuditLine(line)) ?? []) : [],
  );
}
