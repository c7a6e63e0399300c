import * as vscode from 'vscode';

/** A formatter of another extension, switched on for saves while something is done. */
export async function formatting(
  { languageId, fileName }: vscode.TextDocument,
  format: (text: string) => string,
  act: () => Promise<void>,
): Promise<void> {
  const formatter = vscode.languages.registerDocumentFormattingEditProvider(
    { language: languageId, pattern: fileName },
    {
      provideDocumentFormattingEdits: (document) => [
        vscode.TextEdit.replace(new vscode.Range(0, 0, document.lineCount, 0), format(document.getText())),
      ],
    },
  );
  const editor = vscode.workspace.getConfiguration('editor');
  await editor.update('formatOnSave', true, vscode.ConfigurationTarget.Global);
  try {
    await act();
  } finally {
    formatter.dispose();
    await editor.update('formatOnSave', undefined, vscode.ConfigurationTarget.Global);
  }
}
