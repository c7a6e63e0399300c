import type { QuickPickItem } from 'vscode';
import { commands as editorCommands, l10n, QuickPickItemKind, window } from 'vscode';
import type { Folders } from './folders.ts';
import { commands } from './ids.ts';
import { effectInWords } from './words.ts';

interface MenuItem extends QuickPickItem {
  readonly run?: readonly [command: string, ...values: readonly unknown[]];
}

/** What the status bar opens: what waits first, then the scope, then the record. */
export async function showMenu(folders: Folders): Promise<void> {
  const items = [...heldItems(folders), ...scopeItems(folders), ...recordItems()];
  const chosen = await window.showQuickPick(items, { title: 'Infrahold', placeHolder: l10n.t('What next?') });
  if (chosen?.run === undefined) return;
  const [command, ...values] = chosen.run;
  await editorCommands.executeCommand(command, ...values);
}

const heldShown = 8;

function heldItems(folders: Folders): MenuItem[] {
  const holds = folders.holds();
  if (holds.length === 0) return [];
  const items: MenuItem[] = holds.slice(0, heldShown).map(({ folder, held }) => ({
    label: l10n.t('$(eye) Review {0}', held.path),
    detail: effectInWords(held.judgement, l10n.t),
    run: [commands.review, folder.uriOf(held.path)],
  }));
  if (holds.length > heldShown) {
    items.push({
      label: l10n.t('$(list-tree) Show all {0} held edits', holds.length),
      run: ['infrahold.held.focus'],
    });
  }
  return [separator(l10n.t('Held')), ...items];
}

function scopeItems(folders: Folders): MenuItem[] {
  const declare: MenuItem = { label: l10n.t('$(shield) Declare Scope…'), run: [commands.declareScope] };
  if (folders.all().every(({ scope }) => scope === undefined)) return [separator(l10n.t('Scope')), declare];
  return [
    separator(l10n.t('Scope')),
    { label: l10n.t('$(add) Extend Scope…'), run: [commands.extendScope] },
    { label: l10n.t('$(remove) Narrow Scope…'), run: [commands.narrowScope] },
    { label: l10n.t('$(close) Clear Scope'), run: [commands.clearScope] },
    declare,
  ];
}

function recordItems(): MenuItem[] {
  return [
    separator(l10n.t('Record')),
    { label: l10n.t('$(history) Show Refused Versions'), run: [commands.showRefused] },
    { label: l10n.t('$(output) Show Log'), run: [commands.showLog] },
    separator(l10n.t('Agents')),
    { label: l10n.t('$(robot) Protect My Agents'), run: [commands.protectAgents] },
  ];
}

function separator(label: string): MenuItem {
  return { label, kind: QuickPickItemKind.Separator };
}
