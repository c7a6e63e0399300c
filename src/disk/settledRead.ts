import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { sameBytes } from '../content.ts';
import { errnoOf } from '../store/errors.ts';

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
/** Two looks that far apart must agree. */
const betweenLooks = 6;
/** A file that is gone often comes back at once: many programs save by removing and renaming. */
const untilGone = 60;
/** A content that looks like the first part of a write is given this long for the next part. */
const untilFinished = 150;
/** A file that was last touched this long ago is not being written now. */
const oldAge = 2_000;

/** Reads a file when no write is under way. `last` is what it was before, where that is known. */
export async function settledRead(file: string, last: Look | undefined): Promise<Look> {
  const started = elapsed();
  let seen = await look(file);
  let seenAt = started;
  for (;;) {
    const now = elapsed();
    const patience = Math.min(patienceFor(seen, last) - (now - seenAt), longest - (now - started));
    if (patience <= 0) return seen;
    await delay(Math.min(Math.ceil(patience), 15));
    const next = await look(file);
    if (next.stamp !== seen.stamp || !sameBytes(next.content, seen.content)) {
      seen = next;
      seenAt = elapsed();
    }
  }
}

/** Milliseconds that no set clock moves; `performance` would have to be loaded for it. */
function elapsed(): number {
  return process.uptime() * 1_000;
}

export async function look(file: string): Promise<Look> {
  try {
    // Opening a pipe would wait for its other end for ever; what is not a file counts as no file.
    if (!(await stat(file)).isFile()) return nothing;
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const content = new Uint8Array(await handle.readFile());
      const { mode, uid, gid, ino, mtimeMs, ctimeMs, size } = await handle.stat();
      return {
        content,
        mode: mode & 0o7777,
        uid,
        gid,
        stamp: `${ino} ${size} ${mtimeMs}`,
        changedAt: ctimeMs,
      };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoOf(error))) return nothing;
    throw error;
  }
}

const nothing: Look = { content: undefined, mode: 0, uid: -1, gid: -1, stamp: '', changedAt: 0 };

function patienceFor(seen: Look, last: Look | undefined): number {
  if (seen.content === undefined) return last !== undefined && last.content === undefined ? 0 : untilGone;
  const age = Date.now() - seen.changedAt;
  if (age > oldAge) return 0;
  return looksUnfinished(seen.content, last, age) ? untilFinished : betweenLooks;
}

/**
 * Nobody can know that a write has ended, but the first part of one gives itself away: it is empty, breaks off in
 * the middle of a line or at the end of a buffer's worth, or is much shorter than the file was before.
 */
function looksUnfinished(content: Uint8Array, last: Look | undefined, age: number): boolean {
  const before = last?.content;
  if (before !== undefined && sameBytes(content, before)) return false;
  if (content.length === 0 || content.length % 4_096 === 0) return true;
  if (!endsLine(content) && (before === undefined || endsLine(before))) return true;
  if (before === undefined) return last === undefined && age < untilFinished;
  return content.length < before.length * 0.7;
}

function endsLine(content: Uint8Array): boolean {
  return content.at(-1) === 0x0a;
}
