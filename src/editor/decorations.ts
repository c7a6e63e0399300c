import type { Disposable } from 'vscode';
import { EventEmitter, FileDecoration, l10n, ThemeColor, Uri, window, workspace } from 'vscode';
import { asksForGuard } from '../core/model/kinds.ts';
import { DisposableList } from './disposables.ts';
import type { Folders } from './folders.ts';
import { section } from './ids.ts';
import { showsExplorerBadge } from './settings.ts';

/** A badge on each protected file, and a louder one while an edit of it is held. */
export function decorateFiles(folders: Folders): Disposable {
  const disposables = new DisposableList();
  const changed = disposables.add(new EventEmitter<Uri[] | undefined>());
  let shown = new Set<string>();
  disposables.add(
    folders.onDidChange(() => {
      const held = new Set(folders.holds().map(({ folder, held }) => folder.uriOf(held.path).toString()));
      const differing = [...new Set([...held, ...shown])].filter((uri) => held.has(uri) !== shown.has(uri));
      shown = held;
      if (differing.length > 0) changed.fire(differing.map((uri) => Uri.parse(uri)));
    }),
  );
  disposables.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) changed.fire(undefined);
    }),
  );
  disposables.add(
    window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration: (uri) => decorationOf(uri, folders),
    }),
  );
  return disposables;
}

function decorationOf(uri: Uri, folders: Folders): FileDecoration | undefined {
  const place = folders.protectedAt(uri);
  if (place === undefined) return undefined;
  if (place.folder.heldAt(place.path) !== undefined) {
    const tooltip = l10n.t('Infrahold holds an edit of this file');
    const decoration = new FileDecoration('!', tooltip, new ThemeColor('infrahold.heldForeground'));
    decoration.propagate = true;
    return decoration;
  }
  // Settings are watched for what holds the guard, and are nobody's infrastructure.
  if (!asksForGuard(place.folder.ports.policy.kindOf(place.path))) return undefined;
  return showsExplorerBadge() ? new FileDecoration('◆', l10n.t('Protected by Infrahold')) : undefined;
}
