import type { QuickPickItem } from 'vscode';
import { l10n, ThemeIcon, window, workspace } from 'vscode';
import type { Quarantine } from '../ports.ts';
import type { BufferAuthors } from './bufferAuthors.ts';
import { showText, textOf } from './buffers.ts';
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
      detail: l10n.t('by {0}, on the road: {1}', authorOf(version), version.road),
      folder,
      version,
    }));
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

async function open({ folder, version }: VersionItem): Promise<void> {
  const document = await workspace.openTextDocument(refusedUri(folder.uriOf(version.path), version.id));
  await window.showTextDocument(document, { preview: true });
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
