import { setTimeout as delay } from 'node:timers/promises';
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

/** The longest step, a choice that an editor with slow listeners saves, takes less. In seconds. */
const mostWaiting = 30;

async function acquire(file: string): Promise<() => void> {
  // A hook that lets an edit pass needs no lock, and does not wait for this to load.
  const { tryToLock } = await import('./lockFolder.ts');
  const end = process.uptime() + mostWaiting;
  for (;;) {
    const release = tryToLock(file);
    if (release !== undefined) return release;
    if (process.uptime() > end) {
      const message = `Infrahold waits for ${file}, which another process holds. Delete it if no other window is open`;
      throw new GuardError('busy', message);
    }
    await delay(1 + Math.random() * 5);
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
