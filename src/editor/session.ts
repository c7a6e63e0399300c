import { homedir } from 'node:os';
import type { Disposable, ExtensionContext, WorkspaceFolder } from 'vscode';
import { l10n, window } from 'vscode';
import { stateRoot } from '../store/location.ts';
import { BufferAuthors } from './bufferAuthors.ts';
import { messageOf, runCommand, tellFailure } from './commandRuns.ts';
import { keepContextKeys } from './contextKeys.ts';
import { decorateFiles } from './decorations.ts';
import { reportHeld } from './diagnostics.ts';
import { DisposableList } from './disposables.ts';
import { offerActions } from './editorActions.ts';
import { FileLock } from './fileLock.ts';
import { Folders } from './folders.ts';
import { showHeldTree } from './heldTree.ts';
import type { GuardCommandId } from './ids.ts';
import { LockedBuffers } from './lockedBuffers.ts';
import { showLock } from './lockItem.ts';
import { Prompts } from './prompts.ts';
import { ReadonlySetting } from './readonlySetting.ts';
import { ReviewPanel } from './review.ts';
import { Saves } from './saves.ts';
import { showStatus } from './statusBar.ts';
import { serveVirtualDocuments } from './virtualDocuments.ts';

/** Phase two: everything that guards folders and shows it. It is loaded when there is something to guard. */
export interface Session extends Disposable {
  add(folder: WorkspaceFolder): Promise<void>;
  remove(folder: WorkspaceFolder): void;
  run(command: GuardCommandId, values: readonly unknown[]): Promise<void>;
  /** Leaves nothing behind in the editor's settings. */
  ended(): Promise<void>;
}

export function openSession(context: ExtensionContext): Session {
  const { extensionUri } = context;
  const disposables = new DisposableList();
  const log = disposables.add(window.createOutputChannel('Infrahold', { log: true }));
  const failed = (error: unknown, path: string) => {
    const message = l10n.t('Infrahold cannot guard {0} fully: {1}', path, messageOf(error));
    void tellFailure(log, message, error);
  };
  // The authors ask the folders for accepted texts, and the folders ask the authors who wrote.
  const authors: BufferAuthors = disposables.add(
    new BufferAuthors({
      isProtected: (uri) => folders.protectedAt(uri) !== undefined,
      textOf: (uri) => {
        const place = folders.protectedAt(uri);
        return place?.folder.baselineText(place.path);
      },
    }),
  );
  const folders: Folders = disposables.add(
    new Folders({
      originOf: (document, content) => authors.originOnDisk(document, content),
      accepted: (uri) => authors.accepted(uri),
      failed,
      warned: (message) => {
        log.warn(message);
        void window.showWarningMessage(l10n.t('Infrahold: {0}', message));
      },
      log,
    }),
  );
  const review = disposables.add(new ReviewPanel(folders, extensionUri));
  const state = stateRoot({ env: process.env, platform: process.platform, home: homedir() });
  const setting = disposables.add(new ReadonlySetting(context, state, (message) => log.warn(message)));
  const lock = disposables.add(new FileLock(folders, setting, failed));
  disposables.add(new LockedBuffers(folders, lock, authors, failed));
  const bench = { folders, authors, review, lock, log };
  const saves = disposables.add(new Saves(folders, authors, failed));
  disposables.add(
    new Prompts(folders, {
      run: (command, values) => void runCommand(bench, command, values),
      areMoreComing: () => saves.areUnderWay() || folders.areSettling(),
    }),
  );
  disposables.add(keepContextKeys(folders, lock));
  disposables.add(showStatus(folders));
  disposables.add(showLock(lock));
  disposables.add(decorateFiles(folders));
  disposables.add(reportHeld(folders));
  disposables.add(offerActions(folders));
  disposables.add(showHeldTree(folders));
  disposables.add(serveVirtualDocuments(folders));
  return {
    add: (folder) => folders.add(folder),
    remove: (folder) => folders.remove(folder),
    run: (command, values) => runCommand(bench, command, values),
    ended: () => lock.end(),
    dispose: () => disposables.dispose(),
  };
}
