import type { Disposable, TreeDataProvider } from 'vscode';
import {
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import { formatGrant } from '../core/scope/grants.ts';
import type { JudgedChange, Judgement } from '../core/verdict/judgement.ts';
import { DisposableList } from './disposables.ts';
import type { Folders, Hold } from './folders.ts';
import { commands, heldView } from './ids.ts';
import {
  describe,
  effectInWords,
  grantsOf,
  lossesInWords,
  outside,
  partInWords,
  shortened,
} from './words.ts';

/** A held file, or one of its changes that nobody allowed. */
export type HeldNode =
  | { readonly type: 'held'; readonly hold: Hold }
  | { readonly type: 'change'; readonly hold: Hold; readonly change: JudgedChange };

export function showHeldTree(folders: Folders): Disposable {
  const disposables = new DisposableList();
  const changed = disposables.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<HeldNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) =>
      node.type === 'held' ? heldItem(node.hold, folders) : changeItem(node.hold, node.change),
    getChildren: (node) => children(node, folders),
  };
  const view = disposables.add(
    window.createTreeView(heldView, { treeDataProvider: provider, canSelectMany: true }),
  );
  const show = () => {
    const held = folders.waiting().length;
    const tooltip = held === 1 ? l10n.t('1 edit held') : l10n.t('{0} edits held', held);
    const allowed = folders.all().flatMap((folder) => grantsOf(folder) ?? []);
    view.description = allowed.length === 0 ? '' : allowed.map(formatGrant).join(', ');
    view.badge = held === 0 ? undefined : { value: held, tooltip };
    changed.fire(undefined);
  };
  disposables.add(folders.onDidChange(show));
  show();
  return disposables;
}

function children(node: HeldNode | undefined, folders: Folders): HeldNode[] {
  if (node === undefined) {
    const holds = [...folders.holds()].sort((one, other) => inOrder.compare(one.held.path, other.held.path));
    return holds.map((hold) => ({ type: 'held', hold }));
  }
  if (node.type === 'change') return [];
  const { hold } = node;
  return [...outside(hold.held.judgement)]
    .sort((one, other) => weight(other) - weight(one))
    .map((change) => ({ type: 'change', hold, change }));
}

/** `many/2` comes before `many/10`. */
const inOrder = new Intl.Collator(undefined, { numeric: true });

function heldItem(hold: Hold, folders: Folders): TreeItem {
  const uri = hold.folder.uriOf(hold.held.path);
  const several = folders.holds().length > 1;
  const item = new TreeItem(
    uri,
    several ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
  );
  // One name often stands in many folders.
  if (several) item.label = hold.held.path;
  item.id = `${uri.toString()}#${hold.held.id}`;
  const effect = effectInWords(hold.held.judgement, l10n.t);
  item.description = effect;
  if (hold.held.wasRefused === true) {
    item.description = l10n.t('refused before · {0}', effect);
    item.iconPath = new ThemeIcon('circle-slash');
  }
  item.tooltip = [hold.held.path, ...tooltipLines(hold.held.judgement)].join('\n');
  item.contextValue = 'held';
  item.command = { title: l10n.t('Review'), command: commands.review, arguments: [uri] };
  return item;
}

/** What would be lost, data first, before the sentence that tells of everything. */
function tooltipLines(judgement: Judgement): readonly string[] {
  const losses = lossesInWords(judgement, l10n.t);
  return [...shortened(losses, lossesInTooltip, l10n.t), effectInWords(judgement, l10n.t)];
}

const lossesInTooltip = 6;

function changeItem(hold: Hold, change: JudgedChange): TreeItem {
  // The name comes first: a side bar is narrow, and the icon says already what happens to it.
  const item = new TreeItem(change.path.at(-1) ?? change.address);
  const uri = hold.folder.uriOf(hold.held.path);
  const what = partInWords(change, l10n.t);
  item.description = change.dataLoss ? l10n.t('data loss: {0}', what) : what;
  item.iconPath = iconOf(change);
  const found = change.findings.map(({ message }) => message);
  item.tooltip = [describe(change, l10n.t), ...found, change.from ?? '', change.to ?? '']
    .filter((line) => line !== '')
    .join('\n');
  item.command = {
    title: l10n.t('Review'),
    command: commands.review,
    arguments: [uri, { address: change.address }],
  };
  return item;
}

function iconOf(change: JudgedChange): ThemeIcon {
  if (change.dataLoss) return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
  if (change.loss) return new ThemeIcon('remove', new ThemeColor('problemsWarningIcon.foreground'));
  return new ThemeIcon(
    { added: 'add', removed: 'remove', changed: 'edit', renamed: 'arrow-right' }[change.op],
  );
}

function weight(change: JudgedChange): number {
  return (change.dataLoss ? 2 : 0) + (change.loss ? 1 : 0);
}
