import type { Disposable, TextDocument, TextDocumentWillSaveEvent, TextEdit } from 'vscode';
import { l10n, TextDocumentSaveReason, window, workspace } from 'vscode';
import type { HeldEdit } from '../guard.ts';
import type { Origin } from '../ports.ts';
import type { BufferAuthors } from './bufferAuthors.ts';
import { bytesOf, editsTo, holdsText, keepViews, showText, textOf } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders } from './folders.ts';

export interface SaveListeners {
  /** A person saved an edit that is held already and may not remember why. */
  savedAgain(folder: FolderSession, held: HeldEdit): void;
  failed(error: unknown, path: string): void;
}

/** Stands between a buffer and its save: what is held stays in the buffer, and the disk keeps the baseline. */
export class Saves implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly folders: Folders;
  private readonly authors: BufferAuthors;
  private readonly listeners: SaveListeners;
  /** What goes back into a buffer as soon as its save has written the baseline. */
  private readonly withdrawn = new Map<string, Withdrawn>();
  private readonly autoSaves = new Map<string, { readonly id: string; readonly times: number }>();

  constructor(folders: Folders, authors: BufferAuthors, listeners: SaveListeners) {
    this.folders = folders;
    this.authors = authors;
    this.listeners = listeners;
    this.disposables.add(workspace.onWillSaveTextDocument((event) => this.willSave(event)));
    this.disposables.add(workspace.onDidSaveTextDocument((document) => void this.didSave(document)));
  }

  dispose(): void {
    this.disposables.dispose();
    for (const { timer } of this.withdrawn.values()) clearTimeout(timer);
  }

  private willSave(event: TextDocumentWillSaveEvent): void {
    const place = this.folders.protectedAt(event.document.uri);
    if (place === undefined) return;
    if (place.folder.landing.get(place.path) === event.document.getText()) return;
    event.waitUntil(this.editsBeforeSave(event, place.folder, place.path));
  }

  /** All listeners of all extensions share 1,500 ms, and a rejection counts against us: it never rejects. */
  private async editsBeforeSave(
    event: TextDocumentWillSaveEvent,
    folder: FolderSession,
    path: string,
  ): Promise<TextEdit[]> {
    const { document } = event;
    const text = document.getText();
    try {
      const held = await inTime(this.review(event, folder, path), reviewTime);
      if (held === undefined || document.getText() !== text) return [];
      const baseline = textOf(held.baseline);
      if (held.baseline === undefined || baseline === undefined) return [];
      return this.withdraw(document, baseline, held.origin, this.returns(event, held));
    } catch (error) {
      this.listeners.failed(error, path);
      return this.whenUnsure(document, folder, path);
    }
  }

  private async review(
    event: TextDocumentWillSaveEvent,
    folder: FolderSession,
    path: string,
  ): Promise<HeldEdit | undefined> {
    const { document } = event;
    const origin = this.authors.originOf(document.uri);
    const review = await folder.guard.review({ path, after: await bytesOf(document), road: 'save', origin });
    void folder.reviewed(review, path);
    if (review.outcome === 'pass') return undefined;
    if (!review.isNew && event.reason === TextDocumentSaveReason.Manual) {
      this.listeners.savedAgain(folder, review.held);
    }
    return review.held;
  }

  /** A judge that failed or is late lets nothing pass: the disk keeps what it has. */
  private async whenUnsure(document: TextDocument, folder: FolderSession, path: string): Promise<TextEdit[]> {
    try {
      const accepted =
        folder.baselineText(path) ?? textOf(await inTime(folder.ports.files.read(path), fallbackTime));
      return accepted === undefined
        ? []
        : this.withdraw(document, accepted, this.authors.originOf(document.uri), true);
    } catch (error) {
      this.listeners.failed(error, path);
      return [];
    }
  }

  private withdraw(document: TextDocument, baseline: string, origin: Origin, returns: boolean): TextEdit[] {
    const edits = editsTo(document, baseline);
    if (edits.length === 0) return [];
    const key = document.uri.toString();
    clearTimeout(this.withdrawn.get(key)?.timer);
    // A save that failed says nothing; the text must come back all the same.
    const timer = setTimeout(() => void this.giveBack(document), saveTime);
    const text = document.getText();
    this.withdrawn.set(key, { text, baseline, origin, returns, restoreViews: keepViews(document), timer });
    return edits;
  }

  /** Auto save would save what we give back again and again; after a few rounds the quarantine alone keeps it. */
  private returns(event: TextDocumentWillSaveEvent, held: HeldEdit): boolean {
    const key = event.document.uri.toString();
    if (event.reason === TextDocumentSaveReason.Manual) {
      this.autoSaves.delete(key);
      return true;
    }
    const known = this.autoSaves.get(key);
    const times = known?.id === held.id ? known.times + 1 : 1;
    this.autoSaves.set(key, { id: held.id, times });
    return times <= mostReturns;
  }

  private async didSave(document: TextDocument): Promise<void> {
    if (this.withdrawn.has(document.uri.toString())) return this.giveBack(document);
    if (this.folders.protectedAt(document.uri) !== undefined) this.authors.accepted(document.uri);
  }

  private async giveBack(document: TextDocument): Promise<void> {
    const key = document.uri.toString();
    const withdrawn = this.withdrawn.get(key);
    if (withdrawn === undefined) return;
    clearTimeout(withdrawn.timer);
    this.withdrawn.delete(key);
    // Somebody wrote meanwhile, or the editor is gone: the newer text is not ours to replace.
    if (document.isClosed || !withdrawn.returns || !holdsText(document, withdrawn.baseline)) return;
    const done = await this.authors.editAs(document, withdrawn.origin, () =>
      showText(document, withdrawn.text),
    );
    if (done) withdrawn.restoreViews();
    else
      void window.showWarningMessage(
        l10n.t('The held text could not be put back into the editor. It is kept: see Show Refused Versions.'),
      );
  }
}

interface Withdrawn {
  readonly text: string;
  readonly baseline: string;
  readonly origin: Origin;
  readonly returns: boolean;
  readonly restoreViews: () => void;
  readonly timer: NodeJS.Timeout;
}

const reviewTime = 900;
const fallbackTime = 200;
const saveTime = 5_000;
const mostReturns = 3;

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(l10n.t('no answer within {0} ms', milliseconds))),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
