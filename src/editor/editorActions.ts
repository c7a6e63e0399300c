import type { Command, Disposable, TextDocument } from 'vscode';
import {
  CodeAction,
  CodeActionKind,
  CodeLens,
  EventEmitter,
  l10n,
  languages,
  Range,
  workspace,
} from 'vscode';
import { diagnosticSource, heldCode } from './diagnostics.ts';
import { DisposableList } from './disposables.ts';
import type { Folders } from './folders.ts';
import { commands, section } from './ids.ts';
import { showsActionsInEditor } from './settings.ts';

const files = { scheme: 'file' };

/** The four choices where the held text is: above its first line and as quick fixes of its error. */
export function offerActions(folders: Folders): Disposable {
  const disposables = new DisposableList();
  const changed = disposables.add(new EventEmitter<void>());
  disposables.add(folders.onDidChange(() => changed.fire()));
  disposables.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) changed.fire();
    }),
  );
  disposables.add(
    languages.registerCodeLensProvider(files, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => (showsActionsInEditor() ? lenses(document, folders) : []),
    }),
  );
  disposables.add(
    languages.registerCodeActionsProvider(
      files,
      { provideCodeActions: (document, _range, { diagnostics }) => fixes(document, folders, diagnostics) },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
  return disposables;
}

function lenses(document: TextDocument, folders: Folders): CodeLens[] {
  if (folders.holdAt(document.uri) === undefined) return [];
  const top = new Range(0, 0, 0, 0);
  return choices(document).map((command) => new CodeLens(top, command));
}

type Diagnosed = Parameters<
  Parameters<typeof languages.registerCodeActionsProvider>[1]['provideCodeActions']
>[2]['diagnostics'];

function fixes(document: TextDocument, folders: Folders, diagnostics: Diagnosed): CodeAction[] {
  const ours = diagnostics.filter(({ source, code }) => source === diagnosticSource && code === heldCode);
  if (ours.length === 0 || folders.holdAt(document.uri) === undefined) return [];
  return choices(document).map((command, index) => {
    const action = new CodeAction(command.title, CodeActionKind.QuickFix);
    action.command = command;
    action.diagnostics = [...ours];
    action.isPreferred = index === 0;
    return action;
  });
}

function choices({ uri }: TextDocument): readonly Command[] {
  return [
    { title: l10n.t('Review'), command: commands.review, arguments: [uri] },
    { title: l10n.t('Keep only what was asked'), command: commands.keepAsked, arguments: [uri] },
    { title: l10n.t('Approve…'), command: commands.approve, arguments: [uri] },
    { title: l10n.t('Put back'), command: commands.putBack, arguments: [uri] },
  ];
}
