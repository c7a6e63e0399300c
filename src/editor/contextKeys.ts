import type { Disposable } from 'vscode';
import { commands as editorCommands } from 'vscode';
import { DisposableList } from './disposables.ts';
import type { FileLock } from './fileLock.ts';
import type { Folders } from './folders.ts';
import { contextKeys } from './ids.ts';
import { grantsOf } from './words.ts';

/** Keeps the context keys that menus and welcome texts ask for; a key is set only when it changes. */
export function keepContextKeys(folders: Folders, lock: FileLock): Disposable {
  const known = new Map<string, string>();
  const set = (key: string, value: boolean | readonly string[]) => {
    const text = JSON.stringify(value);
    if (known.get(key) === text) return;
    known.set(key, text);
    void editorCommands.executeCommand('setContext', key, value);
  };
  const update = () => {
    const holds = folders.holds();
    set(contextKeys.active, folders.all().length > 0);
    set(
      contextKeys.scoped,
      folders.all().some(({ scope }) => scope !== undefined),
    );
    set(
      contextKeys.heard,
      folders.all().some((folder) => folder.scope === undefined && grantsOf(folder) !== undefined),
    );
    set(contextKeys.holding, holds.length > 0);
    set(
      contextKeys.heldFiles,
      holds.map(({ folder, held }) => folder.uriOf(held.path).fsPath),
    );
  };
  const updateLocks = () => {
    const { locked, opened } = lock.all();
    set(contextKeys.lockedFiles, locked);
    set(contextKeys.openedFiles, opened);
  };
  update();
  updateLocks();
  const disposables = new DisposableList();
  disposables.add(folders.onDidChange(update));
  disposables.add(lock.onDidChange(updateLocks));
  return disposables;
}
