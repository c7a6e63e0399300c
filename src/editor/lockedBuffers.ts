import type { Disposable, TextDocument, TextDocumentChangeEvent } from 'vscode';
import { workspace } from 'vscode';
import type { BufferAuthors } from './bufferAuthors.ts';
import { bytesOf, showText } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { FileLock } from './fileLock.ts';
import type { Folders } from './folders.ts';

/**
 * Nothing saves the buffer of a locked file. What an agent wrote there is judged as soon as it is whole: what may stay
 * is written from here, and a person is asked about the rest.
 */
export class LockedBuffers implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly folders: Folders;
  private readonly lock: FileLock;
  private readonly authors: BufferAuthors;
  private readonly failed: (error: unknown, path: string) => void;
  /** What came into a buffer and is not judged yet. */
  private readonly waiting = new Map<string, { readonly text: string; readonly timer: NodeJS.Timeout }>();
  private readonly written = new Map<string, { readonly text: string; readonly until: number }>();

  constructor(
    folders: Folders,
    lock: FileLock,
    authors: BufferAuthors,
    failed: (error: unknown, path: string) => void,
  ) {
    this.folders = folders;
    this.lock = lock;
    this.authors = authors;
    this.failed = failed;
    this.disposables.add(workspace.onDidChangeTextDocument((event) => this.changed(event)));
  }

  dispose(): void {
    this.disposables.dispose();
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
  }

  private changed({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !this.lock.isLocked(document.uri)) return;
    const uri = document.uri.toString();
    const [before, text] = [this.waiting.get(uri), document.getText()];
    clearTimeout(before?.timer);
    const isReadAnew = reason === undefined && this.wasWritten(uri, text);
    // What we write VS Code reads from the disk, over what has come into the buffer since.
    if (before !== undefined && before.text !== text && isReadAnew) {
      const origin = this.authors.originOf(document.uri);
      void this.authors.editAs(document, origin, () => showText(document, before.text));
    }
    const look = () => {
      this.waiting.delete(uri);
      void this.judge(document).catch((error: unknown) => this.failed(error, document.fileName));
    };
    this.waiting.set(uri, { text, timer: setTimeout(look, wholeAfter) });
  }

  private wasWritten(uri: string, text: string): boolean {
    const written = this.written.get(uri);
    return written?.text === text && Date.now() < written.until;
  }

  private async judge(document: TextDocument): Promise<void> {
    const place = this.folders.protectedAt(document.uri);
    // An editor that may save marks its buffer as unsaved: then the save is what is judged.
    if (place === undefined || document.isClosed || document.isDirty) return;
    const { folder, path } = place;
    const text = document.getText();
    if (folder.baselineText(path) === text || folder.landing.has(path)) return;
    const after = await bytesOf(document);
    const origin = this.authors.originOf(document.uri);
    const review = await folder.guard.review({ path, after, road: 'save', origin });
    if (review.outcome === 'pass') {
      this.written.set(document.uri.toString(), { text, until: Date.now() + readWithin });
      await folder.ports.files.replace(path, after);
    } else if (review.isNew) folder.tell([review.held]);
    await folder.refresh(path);
  }
}

const wholeAfter = 400;
const readWithin = 2_000;
