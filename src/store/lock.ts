import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { lockSync } from 'proper-lockfile';
import { errnoOf, GuardError } from './errors.ts';

/**
 * Runs one step while no other process runs one under the same lock. The lock is a folder whose time its holder renews
 * every second, so that one left by a process that died is taken over, and a slow holder keeps it.
 */
export async function withLock<T>(file: string, step: () => T | Promise<T>): Promise<T> {
  const release = await acquire(file);
  try {
    return await step();
  } finally {
    giveBack(release);
  }
}

/** Shorter would take the lock from a holder whose process is busy for a moment. */
const abandonedAfter = 3_000;
const renewedEvery = 1_000;
/** The longest step, a choice that an editor with slow listeners saves, takes less. */
const mostWaiting = 30_000;

async function acquire(file: string): Promise<() => void> {
  const end = performance.now() + mostWaiting;
  for (;;) {
    const release = tryToAcquire(file);
    if (release !== undefined) return release;
    if (performance.now() > end) {
      const message = `Infrahold waits for ${file}, which another process holds. Delete it if no other window is open`;
      throw new GuardError('busy', message);
    }
    await delay(1 + Math.random() * 5);
  }
}

/** At once and not in turns of the event loop: a step that is done at once is then never seen half done. */
function tryToAcquire(file: string): (() => void) | undefined {
  try {
    return lockSync(file, {
      ...{ fs, realpath: false, lockfilePath: file },
      ...{ stale: abandonedAfter, update: renewedEvery, onCompromised: () => undefined },
    });
  } catch (error) {
    const errno = errnoOf(error);
    // What is no lock and stands in its place since long can be no one's.
    if (errno === 'ENOTDIR' || errno === 'ENOTEMPTY') fs.rmSync(file, { recursive: true, force: true });
    // Windows answers so while the former holder's folder is on its way out.
    const isLeaving = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errno);
    if (['ELOCKED', 'ENOTDIR', 'ENOTEMPTY'].includes(errno) || isLeaving) return undefined;
    throw error;
  }
}

/** A lock that was lost while the machine slept is another's by now. */
function giveBack(release: () => void): void {
  try {
    release();
  } catch (error) {
    if (!['ERELEASED', 'ENOTACQUIRED'].includes(errnoOf(error))) throw error;
  }
}
