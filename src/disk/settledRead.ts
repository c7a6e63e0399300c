import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { sameBytes } from '../content.ts';
import { errnoOf } from '../store/errors.ts';
import { endedLine, type LastLook, wasSame } from './lastLook.ts';

/** A file at one moment. `content` is `undefined` when there is no such file. */
export interface Look {
  readonly content: Uint8Array | undefined;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Differs when the file was written or replaced, as far as the system tells. */
  readonly stamp: string;
  readonly changedAt: number;
}

/** No read waits longer than this in all, even while somebody keeps writing. */
const longest = 400;
/** A file that only grows is one write that goes on, and gets more time: nobody wants its first half. */
const longestGrowth = 3_000;
/** Two looks that far apart must agree. */
const betweenLooks = 4;
/** A file that is gone often comes back at once: many programs save by removing and renaming. */
const untilGone = 60;
/** A content that looks like the first part of a write is given this long for the next part. */
const untilFinished = 150;
/** A file that was last touched this long ago is not being written now. */
const oldAge = 2_000;

/**
 * Reads a file when no write is under way. `last` is what it was before, where that is known; `likely` hears early of
 * a content that seems to be whole.
 */
export async function settledRead(
  file: string,
  last: LastLook | undefined,
  likely: (content: Uint8Array) => void = () => undefined,
): Promise<Look> {
  const started = elapsed();
  let most = longest;
  let seen = look(file);
  let seenAt = started;
  for (;;) {
    const now = elapsed();
    const wanted = patienceFor(seen, last);
    const patience = Math.min(wanted - (now - seenAt), most - (now - started));
    if (patience <= 0) return seen;
    if (wanted === betweenLooks && seen.content !== undefined) likely(seen.content);
    await delay(Math.min(Math.ceil(patience), 15));
    const next = look(file);
    if (next.stamp === seen.stamp && sameBytes(next.content, seen.content)) continue;
    most = hasGrown(seen.content, next.content) ? longestGrowth : longest;
    seen = next;
    seenAt = elapsed();
  }
}

/** Milliseconds that no set clock moves; `performance` would have to be loaded for it. */
function elapsed(): number {
  return process.uptime() * 1_000;
}

/**
 * At once and not in turns with other work: a handful of calls for a few kilobytes, each of which would otherwise wait
 * for a thread, and the time is the one for which a refused version stands on disk.
 */
export function look(file: string): Look {
  try {
    // A pipe must not be waited for; what is not a file counts as no file.
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return lookAt(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // The last two are what opening a folder and a socket or a dead device gives.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO'].includes(errnoOf(error))) return nothing;
    throw error;
  }
}

/** What an open file is now, whatever its name leads to by now. */
export function lookAt(descriptor: number): Look {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return nothing;
  const content = readAll(descriptor, stats.size);
  const after = fstatSync(descriptor);
  const { mode, uid, gid, ctimeMs } = after;
  return { content, mode: mode & 0o7777, uid, gid, stamp: stampOf(after), changedAt: ctimeMs };
}

export function stampOf({ ino, size, mtimeMs }: Stats): string {
  // Joined, it is one string; put together in a template it would stay a tree of several, for each of thousands of files.
  return [ino, size, mtimeMs].join(' ');
}

/** From the start and to the end, wherever the end is by then. */
function readAll(descriptor: number, expected: number): Uint8Array {
  let bytes = new Uint8Array(expected + 1);
  for (let at = 0; ; ) {
    const read = readSync(descriptor, bytes, at, bytes.length - at, at);
    if (read === 0) return bytes.slice(0, at);
    at += read;
    if (at < bytes.length) continue;
    const larger = new Uint8Array(bytes.length * 2);
    larger.set(bytes);
    bytes = larger;
  }
}

function hasGrown(before: Uint8Array | undefined, after: Uint8Array | undefined): boolean {
  if (before === undefined || after === undefined || after.length <= before.length) return false;
  return sameBytes(before, after.subarray(0, before.length));
}

const nothing: Look = { content: undefined, mode: 0, uid: -1, gid: -1, stamp: '', changedAt: 0 };

function patienceFor(seen: Look, last: LastLook | undefined): number {
  if (seen.content === undefined) return last !== undefined && last.content === undefined ? 0 : untilGone;
  const age = Date.now() - seen.changedAt;
  if (age > oldAge) return 0;
  return looksUnfinished(seen.content, last, age) ? untilFinished : betweenLooks;
}

/**
 * Nobody can know that a write has ended, but the first part of one gives itself away: it is empty, breaks off in
 * the middle of a line or at the end of a buffer's worth, or is much shorter than the file was before.
 */
function looksUnfinished(content: Uint8Array, last: LastLook | undefined, age: number): boolean {
  const before = last?.content;
  if (last !== undefined && before !== undefined && wasSame(last, content)) return false;
  if (content.length === 0 || content.length % 4_096 === 0) return true;
  if (!endedLine(content) && (before === undefined || endedLine(before))) return true;
  if (before === undefined) return last === undefined && age < untilFinished;
  return content.length < before.length * 0.7;
}
