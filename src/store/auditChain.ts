import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { closedFiles, closeIfLarge } from './auditFiles.ts';
import { headOf, moveHead, readHead, setHeadAside } from './auditHead.ts';
import {
  auditLine,
  type ChainEnd,
  endsWithHash,
  firstLink,
  type Head,
  readAuditLine,
  type WrittenRecord,
} from './auditLine.ts';
import { asideName, type OnDamage, synced } from './wholeFile.ts';

export interface ChainOptions {
  readonly onDamage: OnDamage;
  /** A file that is larger is closed. */
  readonly most: number;
}

/** Adds records to the end of the chain, all of them or none, and is done when they are safe. Runs under the lock only. */
export async function appendToChain(
  file: string,
  records: readonly WrittenRecord[],
  { onDamage, most }: ChainOptions,
): Promise<void> {
  await closeIfLarge(file, most);
  if (await appendTo(file, records, onDamage)) return;
  // The garbage may still tell a person something, so it is moved and not written over.
  const aside = asideName(file);
  renameSync(file, aside);
  onDamage(`${file}: it holds no readable record; it was set aside as ${aside}, and a new record begins`);
  await appendTo(file, records, onDamage);
}

/** False when there is nothing in the file that the chain could go on from. */
async function appendTo(
  file: string,
  records: readonly WrittenRecord[],
  onDamage: OnDamage,
): Promise<boolean> {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return false;
  const descriptor = openSync(file, 'a+', 0o600);
  try {
    const size = fstatSync(descriptor).size;
    const head = readHead(headOf(file));
    const last =
      lastLine(descriptor, size, head) ??
      (hasLine(descriptor, size) ? undefined : endOfClosed(dirname(file)));
    if (last === undefined) return false;
    if (head === undefined) setHeadAside(headOf(file), onDamage);
    // A crash can leave half a line; a new line ends it, and the chain goes on from the last whole one.
    const isTorn = size > 0 && readText(descriptor, size - 1, 1) !== '\n';
    const { text, end } = chained(records, last, head);
    await writeSafely(descriptor, size, Buffer.from(`${isTorn ? '\n' : ''}${text}`));
    moveHead(file, end, onDamage);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

/** Not in a new file, nor in one where a crash has left half of the first line and nothing else. */
function hasLine(descriptor: number, size: number): boolean {
  return size > 0 && readText(descriptor, 0, size).includes('\n');
}

/** Where a new file goes on. One that was spoiled after it was closed is passed over, and the verification tells. */
function endOfClosed(directory: string): ChainEnd {
  for (const file of closedFiles(directory).toReversed()) {
    const descriptor = openSync(file, 'r');
    try {
      const end = lastLine(descriptor, fstatSync(descriptor).size, undefined);
      if (end !== undefined) return end;
    } finally {
      closeSync(descriptor);
    }
  }
  return { seq: 0, hash: firstLink };
}

/**
 * The lines of the records, each chained to the one before, and the end of the chain then. What the head names was
 * written last: where it is there no more, or there is another in its place, the chain is broken here for good.
 */
function chained(
  records: readonly WrittenRecord[],
  last: ChainEnd,
  head: Head | undefined,
): { readonly text: string; readonly end: ChainEnd } {
  let end =
    head !== undefined && head.seq >= last.seq ? { seq: head.seq, hash: head.hash ?? last.hash } : last;
  let text = '';
  for (const [index, record] of records.entries()) {
    const seq = end.seq + 1;
    const isHeadless = head === undefined && index === 0;
    const { line, hash } = auditLine({ ...record, ...(isHeadless && { isHeadless }) }, seq, end.hash);
    end = { seq, hash };
    text += `${line}\n`;
  }
  return { text, end };
}

/** One write call for all, so that no reader ever sees lines of two writers mixed. */
async function writeSafely(descriptor: number, size: number, bytes: Uint8Array): Promise<void> {
  if (writeSync(descriptor, bytes) !== bytes.length) {
    // Taken back whole: the next writer may find space again, and half a line helps nobody.
    ftruncateSync(descriptor, size);
    throw Object.assign(new Error('only part of the lines could be written'), { code: 'ENOSPC' });
  }
  // The only wait here: meanwhile this process goes on with other files, and their records gather.
  await synced(descriptor);
}

/**
 * The end of the last whole line that reads as a record, looked for from the end, in larger and larger pieces. A line
 * that ends as the head says is not read: a hook has no time for it, and what else it says is for `verify` to look at.
 */
function lastLine(descriptor: number, size: number, head: Head | undefined): ChainEnd | undefined {
  const { seq = 0, hash } = head ?? {};
  for (let length = 8_192; ; length *= 4) {
    const from = Math.max(0, size - length);
    const lines = readText(descriptor, from, size - from).split('\n');
    // The first piece may begin in the middle of a line, and then does not read as a record.
    for (const text of lines.reverse()) {
      if (hash !== undefined && endsWithHash(text, hash)) return { seq, hash };
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
