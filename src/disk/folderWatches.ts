import { type FSWatcher, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { errnoOf } from '../store/errors.ts';

export interface FolderWatches {
  /** Watches a folder, anew if it was watched: a folder that was made again needs a new watch. */
  open(folder: string): void;
  /** Ends the watch on a folder and on all that are below. */
  close(folder: string): void;
  has(folder: string): boolean;
  closeAll(): void;
}

/** `path` is relative to the root, with `/`; `undefined` when the system did not say what it was. */
export type OnEntry = (path: string | undefined, isRename: boolean) => void;

export function folderWatches(
  root: string,
  recursive: boolean,
  onEntry: OnEntry,
  onFailure: (error: unknown) => void,
): FolderWatches {
  const open = new Map<string, FSWatcher>();
  const close = (folder: string) => {
    open.get(folder)?.close();
    open.delete(folder);
  };
  return {
    open: (folder) => {
      close(folder);
      try {
        const watcher = watch(join(root, folder), { recursive }, (event, name) => {
          onEntry(name === null ? undefined : join(folder, name).split(sep).join('/'), event === 'rename');
        });
        watcher.on('error', (error) => {
          close(folder);
          onFailure(error);
        });
        open.set(folder, watcher);
      } catch (error) {
        // A folder may go between the moment it was seen and this one.
        if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) onFailure(error);
      }
    },
    close: (folder) => {
      // One by one: there is no index of what lies below, and folders seldom go.
      for (const other of [...open.keys()]) {
        if (other === folder || folder === '' || other.startsWith(`${folder}/`)) close(other);
      }
    },
    has: (folder) => open.has(folder),
    closeAll: () => {
      for (const folder of [...open.keys()]) close(folder);
    },
  };
}
