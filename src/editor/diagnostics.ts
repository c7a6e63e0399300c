import type { Disposable } from 'vscode';
import { Diagnostic, DiagnosticSeverity, l10n, languages, Range } from 'vscode';
import type { Position, Severity } from '../core/model/document.ts';
import { broughtProblems } from '../core/verdict/loading.ts';
import { DisposableList } from './disposables.ts';
import type { Folders, Hold } from './folders.ts';
import { effectInWords, grantsInWords, scopeOver } from './words.ts';

export const heldCode = 'held';
export const diagnosticSource = 'Infrahold';

/**
 * An error on each held file. People see it in the Problems view, agents read it with their error tools, and it
 * keeps the auto save of the editor away from the file.
 */
export function reportHeld(folders: Folders): Disposable {
  const disposables = new DisposableList();
  const collection = disposables.add(languages.createDiagnosticCollection('infrahold'));
  let shown = new Map<string, string>();
  const show = () => {
    const now = new Map<string, string>();
    for (const hold of folders.holds()) {
      const uri = hold.folder.uriOf(hold.held.path);
      const found = [diagnostic(heldCode, messageFor(hold)), ...problemsOf(hold)];
      const state = JSON.stringify(found);
      now.set(uri.toString(), state);
      // Setting equal diagnostics again would make every listener in the window look again.
      if (shown.get(uri.toString()) !== state) collection.set(uri, found);
      shown.delete(uri.toString());
    }
    collection.forEach((uri) => {
      if (shown.has(uri.toString())) collection.delete(uri);
    });
    shown = now;
  };
  disposables.add(folders.onDidChange(show));
  show();
  return disposables;
}

function diagnostic(
  code: string,
  message: string,
  { line, column }: Position = { line: 1, column: 1 },
  severity: Severity = 'error',
): Diagnostic {
  const found = new Diagnostic(
    new Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER),
    message,
    severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
  );
  found.source = diagnosticSource;
  found.code = code;
  return found;
}

/** What the edit brought, where it stands. Only of a held save does the editor show the text in which that is. */
function problemsOf({ held: { road, judgement } }: Hold): Diagnostic[] {
  if (road !== 'save') return [];
  return broughtProblems(judgement)
    .filter(({ side }) => side === 'after')
    .map((problem) => diagnostic(problem.code, problem.message, problem, problem.severity));
}

/** It tells the truth to an agent as well, whose tool may have reported success. */
function messageFor({ folder, held }: Hold): string {
  const effect = effectInWords(held.judgement, l10n.t);
  const scope = grantsInWords(scopeOver(folder.scope, held.judgement), l10n.t);
  const where =
    held.road === 'start'
      ? l10n.t('The file changed while nobody watched, and a person has not accepted the change.')
      : l10n.t('This edit is held and is not on disk: the file on disk has its last accepted content.');
  const next =
    held.wasRefused === true
      ? l10n.t('A person has refused exactly this edit before; do not make it again.')
      : l10n.t('A person must choose; do not write the file another way.');
  return l10n.t('{0} {1}. Declared scope: {2}. {3}', where, effect, scope, next);
}
