import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf } from './errors.ts';
import { stateGone, syncDirectory } from './wholeFile.ts';

/** A file of the record that is larger is closed: whoever wants the newest records reads no more than this. */
export const mostBytes = 512 * 1024;

/** The record as it is now: what is written to, and the files that were closed before it, oldest first. */
export interface AuditFiles {
  readonly current: string;
  readonly closed: readonly string[];
}

/** The current file goes first: one that is closed meanwhile is not read again under its other name. */
export function readFiles(file: string): AuditFiles {
  const { text, inode } = readCurrent(file);
  const closed = closedFiles(dirname(file)).filter((one) => inodeOf(one) !== inode);
  return { current: text, closed };
}

export function readClosed(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Reads once more where a file was let go under the reader: the record of it is then in what is read. */
export async function readSteadily<T>(directory: string, read: () => T): Promise<T> {
  for (let tries = 5; ; tries--) {
    try {
      return read();
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || tries === 0 || !existsSync(directory)) throw error;
    }
  }
}

/** The files that were closed, oldest first. */
export function closedFiles(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => /^audit-\d{6}\.jsonl$/.test(name))
    .sort()
    .map((name) => join(directory, name));
}

/**
 * Gives a file that has grown large a number for good; the next record begins another. A crash after that leaves a record
 * without a current file, which goes on from the last closed one. Runs under the lock only.
 */
export async function closeIfLarge(file: string, most: number): Promise<void> {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size < most) return;
  const last = /(\d{6})\.jsonl$/.exec(closedFiles(dirname(file)).at(-1) ?? '')?.[1];
  const number = `${Number(last ?? 0) + 1}`.padStart(6, '0');
  renameSync(file, join(dirname(file), `audit-${number}.jsonl`));
  await syncDirectory(dirname(file));
}

function readCurrent(file: string): { readonly text: string; readonly inode: bigint | undefined } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    return { text: readFileSync(descriptor, 'utf8'), inode: fstatSync(descriptor, { bigint: true }).ino };
  } catch (error) {
    // A folder in its place holds no record; a state that is gone is no empty one.
    if (!['ENOENT', 'EISDIR'].includes(errnoOf(error))) throw error;
    if (statSync(dirname(file), { throwIfNoEntry: false }) === undefined) throw stateGone(dirname(file));
    return { text: '', inode: undefined };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function inodeOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}
