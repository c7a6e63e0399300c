import { mkdirSync, realpathSync, rmdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { lockSync } from 'proper-lockfile';
import { errnoOf } from './errors.ts';

/** At once and not in turns of the event loop: a step that is done at once is then never seen half done. */
export function tryToLock(file: string): (() => void) | undefined {
  try {
    return lockSync(file, {
      ...{ fs: functions, realpath: false, lockfilePath: file },
      ...{ stale: abandonedAfter, update: renewedEvery, onCompromised: () => undefined },
    });
  } catch (error) {
    const errno = errnoOf(error);
    // What is no lock and stands in its place since long can be no one's.
    if (errno === 'ENOTDIR' || errno === 'ENOTEMPTY') rmSync(file, { recursive: true, force: true });
    // Windows answers so while the former holder's folder is on its way out.
    const isLeaving = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errno);
    if (['ELOCKED', 'ENOTDIR', 'ENOTEMPTY'].includes(errno) || isLeaving) return undefined;
    throw error;
  }
}

/** All that locking calls. It copies what it is given, and to copy all of Node's would load what is behind each. */
const functions = { mkdirSync, realpathSync, rmdirSync, statSync, utimesSync };

/** Shorter would take the lock from a holder whose process is busy for a moment. */
const abandonedAfter = 3_000;
const renewedEvery = 1_000;
