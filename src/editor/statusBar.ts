import type { Disposable, StatusBarItem } from 'vscode';
import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { formatGrant } from '../core/scope/grants.ts';
import { DisposableList } from './disposables.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders } from './folders.ts';
import { commands } from './ids.ts';
import { grantsOf, timeLeft } from './words.ts';

/** One item that says what is guarded: protected, what may be done and for how long, or what is held. */
export function showStatus(folders: Folders): Disposable {
  const disposables = new DisposableList();
  const item = disposables.add(window.createStatusBarItem('infrahold.status', StatusBarAlignment.Left, 30));
  item.name = l10n.t('Infrahold');
  item.command = commands.showMenu;
  const show = () => update(item, folders);
  disposables.add(folders.onDidChange(show));
  const ticking = setInterval(show, 30_000);
  disposables.add({ dispose: () => clearInterval(ticking) });
  show();
  return disposables;
}

function update(item: StatusBarItem, folders: Folders): void {
  const held = folders.waiting().length;
  const scoped = folders.all().filter((folder) => grantsOf(folder) !== undefined);
  const text = held > 0 ? heldText(held) : (scopeText(scoped) ?? l10n.t('$(shield) Protected'));
  item.text = text;
  item.backgroundColor = held > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  item.tooltip = tooltip(folders, held);
  item.accessibilityInformation = { label: l10n.t('Infrahold: {0}', text.replace(/\$\([a-z-]+\)\s*/g, '')) };
  if (folders.all().length > 0) item.show();
  else item.hide();
}

function heldText(held: number): string {
  return held === 1 ? l10n.t('$(warning) 1 edit held') : l10n.t('$(warning) {0} edits held', held);
}

function scopeText(scoped: readonly FolderSession[]): string | undefined {
  const [folder] = scoped;
  const grants = folder && grantsOf(folder);
  if (folder === undefined || grants === undefined) return undefined;
  const [grant] = grants;
  const more = grants.length - 1;
  const first = grant === undefined ? l10n.t('change nothing') : shortened(formatGrant(grant));
  const what = more > 0 ? l10n.t('{0} +{1}', first, more) : first;
  return l10n.t('$(shield) {0} · {1}', what, left(folder));
}

function left(folder: FolderSession): string {
  const ends =
    folder.scope === undefined ? folder.heard.map(({ expiresAt }) => expiresAt) : [folder.scope.expiresAt];
  return timeLeft(Math.max(0, ...ends) - folder.ports.clock.now(), l10n.t);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function tooltip(folders: Folders, held: number): MarkdownString {
  const lines = [l10n.t('**Infrahold** guards the infrastructure files of this window.')];
  for (const folder of folders.all()) {
    lines.push(...heardIn(folder));
    if (folder.scope === undefined) continue;
    lines.push(l10n.t('Scope in {0}, {1} left:', code(folder.folder.name), left(folder)));
    lines.push(folder.scope.grants.map((grant) => `- ${code(formatGrant(grant))}`).join('\n'));
  }
  if (folders.all().every((folder) => grantsOf(folder) === undefined))
    lines.push(l10n.t('No scope is declared.'));
  if (held > 0)
    lines.push(held === 1 ? l10n.t('1 edit waits for you.') : l10n.t('{0} edits wait for you.', held));
  return new MarkdownString(lines.join('\n\n'));
}

/** What a person has told an agent in its chat. A declared scope is above it. */
function heardIn(folder: FolderSession): readonly string[] {
  return folder.heard.map(({ host, files }) => {
    const grants = files.flatMap((file) =>
      file.grants.map((grant) => `- ${code(`${file.path}: ${formatGrant(grant)}`)}`),
    );
    const head =
      folder.scope === undefined
        ? l10n.t('Ordered in {0}, for that session:', code(host))
        : l10n.t('Ordered in {0}; the declared scope is above it:', code(host));
    return [head, ...grants].join('\n\n');
  });
}

/** Names come from files, which may hold anything: as code they cannot become links or markup. */
function code(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ')}\``;
}
