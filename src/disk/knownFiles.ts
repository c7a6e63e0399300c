import { type FSWatcher, lstatSync, type Stats, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';

/** What each protected file looked like when it was last told of, to find the writes that no event brought. */
export interface KnownFiles {
  has(path: string): boolean;
  /**
   * The name under which a file is known. Where upper and lower case are one to the disk, the system may tell of a file
   * by the spelling that somebody else has used.
   */
  nameOf(path: string): string;
  paths(): readonly string[];
  /** The known paths that are `folder` itself or below it. */
  below(folder: string): readonly string[];
  /**
   * Notes what the file looks like now, and gives when it last changed: 0 for a file that is gone. At once: to wait for
   * each of thousands at a start takes ten times as long.
   */
  note(path: string): number;
  /** Which of the next few files do not look as noted. Each call goes on where the one before ended. */
  changed(): Promise<readonly string[]>;
  dispose(): void;
}

/** What costs a poll about two milliseconds; larger numbers take more polls. */
const mostPolled = 500;
/** Where the disk is slow, others get their turn after as many milliseconds. */
const longestLook = 2;

export function knownFiles(root: string, onWrite: (path: string) => void): KnownFiles {
  const stamps = new Map<string, string>();
  const watchers = new Map<string, FSWatcher>();
  let polledTo = 0;
  let isDisposed = false;
  const take = (path: string, seen: Stamp): number => {
    stamps.set(path, seen.stamp);
    watchers.get(path)?.close();
    watchers.delete(path);
    if (seen.hasOtherNames && !isDisposed) watchThroughAllNames(watchers, root, path, onWrite);
    return seen.changedAt;
  };
  return {
    has: (path) => stamps.has(path),
    nameOf: (path) => {
      if (stamps.has(path)) return path;
      const folded = path.toLowerCase();
      const isIt = (other: string) => other.toLowerCase() === folded && isOneFile(root, path, other);
      return [...stamps.keys()].find(isIt) ?? path;
    },
    paths: () => [...stamps.keys()],
    below: (folder) => [...stamps.keys()].filter((path) => path === folder || path.startsWith(`${folder}/`)),
    note: (path) => take(path, stampOf(join(root, path))),
    changed: async () => {
      const paths = [...stamps.keys()];
      if (polledTo >= paths.length) polledTo = 0;
      const next = paths.slice(polledTo, polledTo + mostPolled);
      polledTo += next.length;
      const different: string[] = [];
      let since = performance.now();
      for (const path of next) {
        if (stampOf(join(root, path)).stamp !== stamps.get(path)) different.push(path);
        if (performance.now() - since < longestLook) continue;
        await othersTurn();
        since = performance.now();
      }
      return different;
    },
    dispose: () => {
      isDisposed = true;
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

interface Stamp {
  readonly stamp: string;
  readonly changedAt: number;
  readonly hasOtherNames: boolean;
}

function stampOf(file: string): Stamp {
  try {
    const own = lstatSync(file);
    return stampFrom(own, own.isSymbolicLink() ? statSync(file) : own);
  } catch {
    return noStamp;
  }
}

function isOneFile(root: string, path: string, other: string): boolean {
  const [one, two] = [path, other].map((name) => lstatSync(join(root, name), { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one.ino === two.ino && one.dev === two.dev;
}

const noStamp: Stamp = { stamp: '', changedAt: 0, hasOtherNames: false };

/** The time of change cannot be set back by a program, unlike the time of writing; both are compared. */
function stampFrom(own: Stats, { ino, size, mtimeMs, ctimeMs, nlink }: Stats): Stamp {
  // One string, where a template would stay a tree of several.
  const stamp = [ino, size, mtimeMs, ctimeMs].join(' ');
  return { stamp, changedAt: ctimeMs, hasOtherNames: own.isSymbolicLink() || nlink > 1 };
}

/** A file with several names, a link or a hard link, can be written where no watched folder tells of it. */
function watchThroughAllNames(
  watchers: Map<string, FSWatcher>,
  root: string,
  path: string,
  onWrite: (path: string) => void,
): void {
  try {
    const watcher = watch(join(root, path), () => onWrite(path));
    watcher.on('error', () => watcher.close());
    watchers.set(path, watcher);
  } catch {
    // The file is gone already, or no more watches are to be had; the poll sees what happens to it.
  }
}
