import type { Disposable, TextDocument } from 'vscode';
import { workspace } from 'vscode';
import type { BufferAuthors } from './bufferAuthors.ts';
import { bytesOf } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { FileLock } from './fileLock.ts';
import type { Folders } from './folders.ts';

/**
 * Nothing saves the buffer of a locked file. What an agent wrote there is judged as soon as it is whole: what may stay
 * is written from here, and a person is asked about the rest.
 */
export function judgeLockedBuffers(
  folders: Folders,
  lock: FileLock,
  authors: BufferAuthors,
  failed: (error: unknown, path: string) => void,
): Disposable {
  const disposables = new DisposableList();
  const waiting = new Map<string, NodeJS.Timeout>();
  disposables.add({ dispose: () => waiting.forEach(clearTimeout) });
  disposables.add(
    workspace.onDidChangeTextDocument(({ document }) => {
      const uri = document.uri.toString();
      clearTimeout(waiting.get(uri));
      waiting.delete(uri);
      if (!lock.isLocked(document.uri)) return;
      const look = () => {
        waiting.delete(uri);
        void judge(document, folders, authors).catch((error: unknown) => failed(error, document.fileName));
      };
      waiting.set(uri, setTimeout(look, wholeAfter));
    }),
  );
  return disposables;
}

const wholeAfter = 400;

async function judge(document: TextDocument, folders: Folders, authors: BufferAuthors): Promise<void> {
  const place = folders.protectedAt(document.uri);
  // An editor that may save marks its buffer as unsaved: then the save is what is judged.
  if (place === undefined || document.isClosed || document.isDirty) return;
  const { folder, path } = place;
  if (folder.baselineText(path) === document.getText() || folder.landing.has(path)) return;
  const after = await bytesOf(document);
  const origin = authors.originOf(document.uri);
  const review = await folder.guard.review({ path, after, road: 'save', origin });
  if (review.outcome === 'pass') await folder.ports.files.replace(path, after);
  else if (review.isNew) folder.tell([review.held]);
  await folder.refresh(path);
}
