import { type Stats, statSync } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay, setImmediate as othersTurn } from 'node:timers/promises';
import { errnoOf } from '../store/errors.ts';
import { type FolderWatches, folderWatches } from './folderWatches.ts';
import { type KnownFiles, knownFiles } from './knownFiles.ts';
import { isTemporaryName } from './replace.ts';
import { isSkipped, mostFolders, walkTree } from './tree.ts';

export interface WatchOptions {
  protects(path: string): boolean;
  /** A protected file was, or may have been, written, created or removed. Often told more than once for one write. */
  onWrite(path: string): void;
  onError(message: string): void;
}

export interface Watch {
  /** When every folder is watched. A write between the start and then is told by then. */
  readonly ready: Promise<void>;
  /** The protected files that are known, by then all that are there. */
  found(): readonly string[];
  dispose(): void;
}

/**
 * Watches the protected files below `root`. The system tells of a write within a millisecond or two; where it does
 * not, each known file is looked at once a second, so that the watch never ends in silence.
 */
export function watchFiles(root: string, options: WatchOptions): Watch {
  const watching = createWatching(root, options);
  inTurn(watching, () => explore(watching, ''));
  const ready = watching.work;
  watching.timer = setTimeout(() => void poll(watching), pollInterval);
  return {
    ready,
    found: () => watching.files.paths(),
    dispose: () => {
      watching.isDisposed = true;
      clearTimeout(watching.timer);
      watching.folders.closeAll();
      watching.files.dispose();
    },
  };
}

const pollInterval = 1_000;
/** Between two tellings of the same path. */
const shortestInterval = 5;
/** Where not every folder could be watched, new protected files are looked for this often. */
const searchInterval = 5_000;
/** On a network folder the poll sees what no event tells, all the time; watching anew does not help there. */
const renewInterval = 30_000;
/** On Linux a recursive watch of Node loses a file that is renamed over, so each folder gets a watch of its own. */
const watchesEachFolder = process.platform !== 'darwin' && process.platform !== 'win32';
/** File times lag behind the clock by up to a tick of the kernel. */
const clockTick = 20;

interface Watching {
  readonly root: string;
  readonly options: WatchOptions;
  readonly startedAt: number;
  readonly folders: FolderWatches;
  readonly files: KnownFiles;
  readonly heardAt: Map<string, number>;
  readonly toldAt: Map<string, number>;
  readonly written: Set<string>;
  readonly renamed: Set<string>;
  readonly told: Set<string>;
  /** Explorations run one after another, so that none closes what another has just opened. */
  work: Promise<void>;
  timer: NodeJS.Timeout | undefined;
  isFlushing: boolean;
  isFirst: boolean;
  isComplete: boolean;
  searchedAt: number;
  renewedAt: number;
  rootStamp: string;
  isDisposed: boolean;
}

function createWatching(root: string, options: WatchOptions): Watching {
  const watching: Watching = {
    root,
    options,
    startedAt: Date.now(),
    folders: folderWatches(
      root,
      !watchesEachFolder,
      (path, isRename) => hear(watching, path, isRename),
      (error) => tellFailure(watching, error),
    ),
    files: knownFiles(root, (path) => hear(watching, path, false)),
    heardAt: new Map(),
    toldAt: new Map(),
    written: new Set(),
    renamed: new Set(),
    told: new Set(),
    work: Promise.resolve(),
    timer: undefined,
    isFlushing: false,
    isFirst: true,
    isComplete: true,
    searchedAt: performance.now(),
    renewedAt: performance.now() - renewInterval,
    rootStamp: stampOf(statSync(root, { throwIfNoEntry: false })),
    isDisposed: false,
  };
  return watching;
}

function hear(watching: Watching, path: string | undefined, isRename: boolean): void {
  if (path === undefined) {
    // The system lost count of what happened: everything may have been written.
    touch(watching, watching.files.paths());
    return;
  }
  if (isSkipped(path) || isTemporaryName(path.slice(path.lastIndexOf('/') + 1))) return;
  if (isRename) {
    watching.renamed.add(path);
    touch(watching, []);
  }
  if (!watching.options.protects(path)) return;
  const name = watching.files.nameOf(path);
  watching.heardAt.set(name, performance.now());
  touch(watching, [name]);
}

/** One write makes several events; those that arrive together are told once. */
function touch(watching: Watching, paths: readonly string[]): void {
  for (const path of paths) watching.written.add(path);
  if (watching.isFlushing) return;
  watching.isFlushing = true;
  setImmediate(() => flush(watching));
}

function flush(watching: Watching): void {
  watching.isFlushing = false;
  if (watching.isDisposed) return;
  const now = performance.now();
  for (const path of [...watching.written]) {
    // A program that writes in a loop is told of at the first write, and then at a pace that can be followed.
    if (now - (watching.toldAt.get(path) ?? 0) < shortestInterval) continue;
    watching.toldAt.set(path, now);
    watching.written.delete(path);
    watching.options.onWrite(path);
    // Noted after it was told: a write that comes later and brings no event still looks different at the next poll.
    watching.files.note(path);
  }
  const renamed = [...watching.renamed];
  watching.renamed.clear();
  if (renamed.length > 0) inTurn(watching, () => follow(watching, renamed));
  if (watching.written.size > 0) setTimeout(() => touch(watching, []), shortestInterval);
}

function inTurn(watching: Watching, step: () => Promise<void>): void {
  const turn = watching.work.then(() => (watching.isDisposed ? undefined : step()));
  // One exploration that fails must not be the end of all later ones.
  watching.work = turn.catch((error) => tellFailure(watching, error));
}

/** A folder came, went, or was made again: its files may be new or gone, and its old watch tells nothing more. */
async function follow(watching: Watching, renamed: readonly string[]): Promise<void> {
  for (const path of renamed) {
    const stats = await lstat(join(watching.root, path)).catch(() => undefined);
    const isFolder = stats?.isDirectory() === true;
    if (!isFolder && !watching.folders.has(path) && stats !== undefined) continue;
    if (!isFolder) watching.folders.close(path);
    touch(watching, watching.files.below(path));
    if (isFolder) await explore(watching, path);
  }
}

/** Watches every folder from `from` down, and tells of protected files that were not known. */
async function explore(watching: Watching, from: string, keepsWatches = false): Promise<void> {
  const { root, options, folders, files } = watching;
  const isFirst = watching.isFirst;
  watching.isFirst = false;
  const found: string[] = [];
  const isWhole = await walkTree(root, from, {
    enter: (folder) => {
      if (watching.isDisposed) return false;
      const isWanted = watchesEachFolder || folder === '';
      if (isWanted && !(keepsWatches && folders.has(folder))) folders.open(folder);
      return true;
    },
    file: (path) => {
      if (options.protects(path) && !files.has(path)) found.push(path);
    },
  });
  if (!isWhole && watchesEachFolder) tellTooLarge(watching);
  for (const [at, path] of found.entries()) {
    if (isTemporaryName(path.slice(path.lastIndexOf('/') + 1))) continue;
    const changedAt = files.note(path);
    if (!isFirst || changedAt >= watching.startedAt - clockTick) touch(watching, [path]);
    if (at % 100 === 99) await othersTurn();
  }
}

/** The safety net under the events: it sees later, but it cannot be lost, run out or fall asleep. */
async function poll(watching: Watching): Promise<void> {
  try {
    await renewAfterRootChange(watching);
    const changed = await watching.files.changed();
    touch(watching, changed);
    const now = performance.now();
    if (changed.length > 0 && now - watching.renewedAt > renewInterval) {
      // An event may just be late by a few milliseconds; one that does not come at all means that a watch is dead.
      await delay(50);
      const isMissed = (path: string) => now - (watching.heardAt.get(path) ?? 0) > 2 * pollInterval;
      if (changed.some(isMissed)) renew(watching);
    }
    if (!watching.isComplete && now - watching.searchedAt > searchInterval) {
      watching.searchedAt = now;
      watching.isComplete = true;
      inTurn(watching, () => explore(watching, '', true));
    }
  } finally {
    if (!watching.isDisposed) watching.timer = setTimeout(() => void poll(watching), pollInterval);
  }
}

async function renewAfterRootChange(watching: Watching): Promise<void> {
  const stamp = stampOf(await stat(watching.root).catch(() => undefined));
  if (stamp !== watching.rootStamp && stamp !== '') renew(watching);
  watching.rootStamp = stamp;
}

function stampOf(stats: Stats | undefined): string {
  return stats === undefined ? '' : `${stats.ino} ${stats.birthtimeMs}`;
}

/** Opens every watch anew: cheaper than to find out which of them are dead. */
function renew(watching: Watching): void {
  watching.renewedAt = performance.now();
  inTurn(watching, () => explore(watching, ''));
}

function tellFailure(watching: Watching, error: unknown): void {
  watching.isComplete = false;
  const reason = error instanceof Error ? error.message : String(error);
  const advice = adviceFor(errnoOf(error));
  tellOnce(
    watching,
    `Not every folder can be watched; its files are checked once a second. ${advice} (${reason})`,
  );
}

function tellTooLarge(watching: Watching): void {
  watching.isComplete = false;
  tellOnce(
    watching,
    `The workspace has more than ${mostFolders} folders; protected files in the rest are not watched. ` +
      'Open a folder further down',
  );
}

/** The reason names a folder and the same trouble has thousands of them, so only the advice is compared. */
function tellOnce(watching: Watching, message: string): void {
  const gist = message.replace(/ \(.*\)$/s, '');
  if (watching.isDisposed || watching.told.has(gist)) return;
  watching.told.add(gist);
  watching.options.onError(message);
}

function adviceFor(errno: string): string {
  switch (errno) {
    case 'ENOSPC':
      return 'The system has no more watches to give: raise fs.inotify.max_user_watches, for example with "sudo sysctl fs.inotify.max_user_watches=524288"';
    case 'EMFILE':
      return 'Too many files or watch instances are open: raise fs.inotify.max_user_instances, or close some programs';
    case 'EACCES':
    case 'EPERM':
      return 'Give your user read access to the folder';
    default:
      return 'Reload the window if this stays';
  }
}
