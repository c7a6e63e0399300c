import { join } from 'node:path';
import type { Turns } from '../ports.ts';
import { errnoOf, guardErrorFrom } from './errors.ts';
import { withLock } from './lock.ts';
import { sha256 } from './sha256.ts';
import { stateGone } from './wholeFile.ts';

/** One lock for each path, so that two guards are in each other's way only where they would undo each other's work. */
export function openTurns(directory: string): Turns {
  return {
    take: async (path, step) => {
      let isTaken = false;
      try {
        return await withLock(join(directory, sha256(path)), () => {
          isTaken = true;
          return step();
        });
      } catch (error) {
        if (isTaken) throw error;
        const cause = errnoOf(error) === 'ENOENT' ? stateGone(directory) : error;
        throw guardErrorFrom(cause, `take its turn at ${path}`);
      }
    },
  };
}
