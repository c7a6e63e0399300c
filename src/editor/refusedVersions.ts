import type { QuickPickItem, TextDocument, Uri } from 'vscode';
import { commands, l10n, ThemeIcon, window, workspace } from 'vscode';
import type { Quarantine } from '../ports.ts';
import type { BufferAuthors } from './bufferAuthors.ts';
import { openDocumentAt, showText, textOf } from './buffers.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders } from './folders.ts';
import { Refusal } from './refusal.ts';
import { refusedUri } from './virtualDocuments.ts';

type Version = Awaited<ReturnType<Quarantine['list']>>[number];

interface VersionItem extends QuickPickItem {
  readonly folder: FolderSession;
  readonly version: Version;
}

/** Lists what was refused, newest first; Enter looks at a version, its button brings it into an editor. */
export async function showRefusedVersions(folders: Folders, authors: BufferAuthors): Promise<void> {
  const items = (await Promise.all(folders.all().map(versionsOf))).flat();
  if (items.length === 0) throw new Refusal(l10n.t('No version was refused in this folder so far.'));
  const restore = { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Restore into an Editor') };
  const pick = window.createQuickPick<VersionItem>();
  pick.title = l10n.t('Refused versions');
  pick.placeholder = l10n.t('Enter opens a version; its button restores it into an editor, unsaved');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items.map((item) => ({ ...item, buttons: [restore] }));
  pick.onDidTriggerItemButton(({ item }) => {
    pick.hide();
    void restoreInto(item, authors);
  });
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    pick.hide();
    if (item !== undefined) void open(item);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

async function versionsOf(folder: FolderSession): Promise<VersionItem[]> {
  const versions = await folder.ports.quarantine.list();
  return [...versions]
    .sort((one, other) => other.at - one.at)
    .map((version) => ({
      label: version.path,
      description: new Date(version.at).toLocaleString(),
      detail: l10n.t('{0}, by {1}', roadOf(version), authorOf(version)),
      folder,
      version,
    }));
}

function roadOf({ road }: Version): string {
  return {
    save: l10n.t('held at a save'),
    disk: l10n.t('put back on disk'),
    start: l10n.t('found at the start'),
    hook: l10n.t('refused to an agent'),
    cli: l10n.t('refused on the command line'),
  }[road];
}

function authorOf({ origin }: Version): string {
  const who = {
    human: l10n.t('a person'),
    ai: l10n.t('an AI'),
    git: 'git',
    unknown: l10n.t('an unknown author'),
  }[origin.author];
  const named = [origin.tool, origin.model].filter((part) => part !== undefined).join(', ');
  return named === '' ? who : `${who} (${named})`;
}

/** Against the file as it is, because what a version would change is what a person wants to know of it. */
async function open({ folder, version }: VersionItem): Promise<void> {
  const file = folder.uriOf(version.path);
  const title = l10n.t('{0}: now ↔ refused {1}', version.path, new Date(version.at).toLocaleTimeString());
  const current = openDocumentAt(file) ?? (await textDocumentAt(file));
  const refused = refusedUri(file, version.id);
  if (current === undefined) await window.showTextDocument(refused);
  else await commands.executeCommand('vscode.diff', file, refused, title, { preview: true });
}

async function textDocumentAt(file: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(file);
  } catch {
    return undefined;
  }
}

/** It comes back as a change that is not saved, in its author's name: saving asks again. */
async function restoreInto({ folder, version }: VersionItem, authors: BufferAuthors): Promise<void> {
  const kept = await folder.ports.quarantine.get(version.id);
  const text = textOf(kept?.content);
  if (text === undefined) return;
  const document = await workspace.openTextDocument(folder.uriOf(version.path));
  await window.showTextDocument(document);
  await authors.editAs(document, version.origin, () => showText(document, text));
}
