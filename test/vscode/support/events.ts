import { statSync, watch } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { uri } from './workspace.ts';

/** One thing that happened to a file. */
export interface Happening {
  /** Milliseconds since the recording began. */
  readonly at: number;
  readonly what: 'change' | 'clean' | 'willSave' | 'didSave' | 'selection' | 'disk';
  readonly file: string;
  /** The source of a change, the kind of a selection, the size on the disk. */
  readonly detail: string;
}

/** Records in which order events and bytes come while something is done. */
export async function record(act: () => Promise<unknown>, settle = 500): Promise<readonly Happening[]> {
  const started = Date.now();
  const happenings: Happening[] = [];
  const put = (what: Happening['what'], file: string, detail: unknown) => {
    happenings.push({ at: Date.now() - started, what, file: basename(file), detail: String(detail) });
  };
  const listeners = listen(put);
  try {
    await act();
    await new Promise((done) => setTimeout(done, settle));
  } finally {
    for (const each of listeners) each.dispose();
  }
  return happenings;
}

type Put = (what: Happening['what'], file: string, detail: unknown) => void;

function listen(put: Put): readonly vscode.Disposable[] {
  const watcher = watch(uri('.').fsPath, (_, file) => put('disk', String(file), sizeOf(String(file))));
  const ours = ({ uri: { scheme } }: vscode.TextDocument) => scheme === 'file';
  return [
    { dispose: () => watcher.close() },
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (!ours(event.document)) return;
      const what = event.contentChanges.length > 0 || event.document.isDirty ? 'change' : 'clean';
      put(what, event.document.fileName, reasonOf(event));
    }),
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) =>
      put('willSave', document.fileName, reason),
    ),
    vscode.workspace.onDidSaveTextDocument((document) => put('didSave', document.fileName, '')),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (ours(textEditor.document)) put('selection', textEditor.document.fileName, kind);
    }),
  ];
}

/** Where a change came from, as the proposed API tells it; undefined where it is not granted. */
export function reasonOf(event: vscode.TextDocumentChangeEvent): string | undefined {
  const { detailedReason } = event as { detailedReason?: { source: string } };
  return detailedReason?.source;
}

function sizeOf(file: string): number | 'none' {
  try {
    return statSync(uri(file).fsPath).size;
  } catch {
    return 'none';
  }
}
