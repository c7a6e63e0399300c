import type { Disposable } from 'vscode';
import {
  EventEmitter,
  commands as editorCommands,
  l10n,
  Range,
  TabInputTextDiff,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { textOf } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { Folders, Hold } from './folders.ts';
import { schemes } from './ids.ts';

/** Accepted, held and refused texts as documents that a person can read but not write. */
export function serveVirtualDocuments(folders: Folders): Disposable {
  const disposables = new DisposableList();
  for (const scheme of [schemes.baseline, schemes.proposal]) {
    const changed = disposables.add(new EventEmitter<Uri>());
    disposables.add(
      folders.onDidChange(() => {
        for (const { uri } of workspace.textDocuments) if (uri.scheme === scheme) changed.fire(uri);
      }),
    );
    disposables.add(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: changed.event,
        provideTextDocumentContent: (uri) => heldText(uri, folders),
      }),
    );
  }
  disposables.add(
    workspace.registerTextDocumentContentProvider(schemes.refused, {
      provideTextDocumentContent: (uri) => refusedText(uri, folders),
    }),
  );
  return disposables;
}

/** Opens accepted against held text, at a line when one is asked for. */
export async function openTextDiff(hold: Hold, line?: number): Promise<void> {
  const { held } = hold;
  const options = {
    viewColumn: ViewColumn.One,
    preserveFocus: line === undefined,
    preview: true,
    ...(line === undefined ? {} : { selection: new Range(line - 1, 0, line - 1, 0) }),
  };
  const title = l10n.t('{0}: accepted ↔ held', held.path);
  await editorCommands.executeCommand(
    'vscode.diff',
    virtualUri(schemes.baseline, hold),
    virtualUri(schemes.proposal, hold),
    title,
    options,
  );
}

/** Closes the diffs of a file that is not held any more: they would show what is past. */
export async function closeTextDiffs(file: Uri): Promise<void> {
  const key = file.toString();
  const tabs = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof TabInputTextDiff && isProposalOf(input.modified, key));
  if (tabs.length > 0) await window.tabGroups.close(tabs);
}

export function refusedUri(file: Uri, id: string): Uri {
  return Uri.from({ scheme: schemes.refused, path: file.path, query: JSON.stringify([file.toString(), id]) });
}

function isProposalOf(uri: Uri, file: string): boolean {
  return uri.scheme === schemes.proposal && target(uri).file.toString() === file;
}

/** The file that a document shows: itself, or the one it is a version of. */
export function fileOf(uri: Uri): Uri {
  return Object.values<string>(schemes).includes(uri.scheme) ? target(uri).file : uri;
}

/** The path ends in the file's own name, so that the language is recognised. */
function virtualUri(scheme: string, { folder, held }: Hold): Uri {
  const file = folder.uriOf(held.path);
  return Uri.from({ scheme, path: file.path, query: JSON.stringify([file.toString(), held.id]) });
}

async function heldText(uri: Uri, folders: Folders): Promise<string> {
  const { file, id } = target(uri);
  const hold = folders.holdAt(file);
  if (hold?.held.id === id) {
    const content = uri.scheme === schemes.baseline ? hold.held.baseline : hold.held.proposal;
    return textOf(content) ?? notText();
  }
  if (uri.scheme === schemes.proposal) return refusedText(uri, folders);
  const place = folders.protectedAt(file);
  return place === undefined ? '' : (textOf(await place.folder.guard.baseline(place.path)) ?? notText());
}

async function refusedText(uri: Uri, folders: Folders): Promise<string> {
  const { file, id } = target(uri);
  const version = await folders.protectedAt(file)?.folder.ports.quarantine.get(id);
  return version === undefined
    ? l10n.t('This version is not kept any more.')
    : (textOf(version.content) ?? notText());
}

function target(uri: Uri): { readonly file: Uri; readonly id: string } {
  const parts: unknown = JSON.parse(uri.query);
  const [file, id] = Array.isArray(parts) ? parts.map(String) : [];
  return { file: Uri.parse(file ?? ''), id: id ?? '' };
}

function notText(): string {
  return l10n.t('This content is not text and cannot be shown.');
}
