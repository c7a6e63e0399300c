import type { Disposable } from 'vscode';
import { l10n, StatusBarAlignment, window } from 'vscode';
import { DisposableList } from './disposables.ts';
import type { FileLock } from './fileLock.ts';
import { commands } from './ids.ts';

/** Says in the status bar whether the file in the active editor is locked, and opens or locks it with one click. */
export function showLock(lock: FileLock): Disposable {
  const disposables = new DisposableList();
  const item = disposables.add(window.createStatusBarItem('infrahold.lock', StatusBarAlignment.Left, 29));
  item.name = l10n.t('Infrahold: Lock');
  const show = () => {
    const uri = window.activeTextEditor?.document.uri;
    if (uri === undefined || !(lock.isLocked(uri) || lock.isOpened(uri))) {
      item.hide();
      return;
    }
    const isLocked = lock.isLocked(uri);
    item.text = isLocked ? l10n.t('$(lock) Locked') : l10n.t('$(unlock) Unlocked');
    item.tooltip = tooltip(isLocked, lock.isScoped(uri));
    item.accessibilityInformation = { label: item.tooltip };
    const command = isLocked ? commands.unlockFile : commands.lockFile;
    item.command = { title: '', command, arguments: [uri] };
    item.show();
  };
  disposables.add(lock.onDidChange(show));
  disposables.add(window.onDidChangeActiveTextEditor(show));
  show();
  return disposables;
}

function tooltip(isLocked: boolean, isScoped: boolean): string {
  if (isLocked) return l10n.t('Infrahold keeps this file read-only. Click to unlock it.');
  return isScoped
    ? l10n.t('Infrahold locks this file again when the scope ends. Click to lock it now.')
    : l10n.t('Unlocked until the next scope ends or the window is reloaded. Click to lock it now.');
}
