import { closeSync, lstatSync, openSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf, GuardError } from './errors.ts';

/** A holder needs less than a millisecond, so a lock that stays this long was left by a process that died. */
const abandonedAfter = 3_000;
const mostWaiting = 12_000;

/**
 * Runs one synchronous step while no other process runs one under the same lock file. The step cannot wait for
 * anything, so the lock is never held across turns of the event loop.
 */
export async function withLock<T>(file: string, step: () => T): Promise<T> {
  const started = performance.now();
  let seen = { lock: '', since: started };
  while (!acquire(file)) {
    const now = performance.now();
    if (now - started > mostWaiting) {
      const message = `Infrahold waits for ${file}, which another process holds. Delete it if no other window is open`;
      throw new GuardError('busy', message);
    }
    const lock = identityOf(file);
    if (lock !== seen.lock) seen = { lock, since: now };
    else if (lock !== '' && now - seen.since > abandonedAfter) removeAbandoned(file, lock);
    await delay(1 + Math.random() * 5);
  }
  try {
    return step();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    // Windows answers so while the former holder's file is on its way out.
    const isLeaving = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errno);
    if (errno === 'EEXIST' || isLeaving) return false;
    throw error;
  }
}

/** Two waiters may find the same lock abandoned. Only one may remove it, or it could take the other's new lock away. */
function removeAbandoned(file: string, lock: string): void {
  const right = `${file}.removing`;
  if (!acquire(right)) {
    const age = Date.now() - (lstatSync(right, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 60_000) rmSync(right, { force: true });
    return;
  }
  try {
    if (identityOf(file) === lock) rmSync(file, { force: true });
  } finally {
    rmSync(right, { force: true });
  }
}

function identityOf(file: string): string {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.mtimeMs}`;
}
