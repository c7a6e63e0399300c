import type { TextDocument, TextEditor, Uri } from 'vscode';
import { EndOfLine, Range, TextEdit, TextEditorRevealType, WorkspaceEdit, window, workspace } from 'vscode';
import { decodeText, encodeText } from '../content.ts';
import { lineEndingOf, replacement, withLineEnding, withoutMark } from './textEdits.ts';

export function openDocumentAt(uri: Uri): TextDocument | undefined {
  const key = uri.toString();
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}

/** The bytes a save of the document writes. */
export async function bytesOf(document: TextDocument): Promise<Uint8Array> {
  const text = document.getText();
  if (document.encoding === 'utf8') return encodeText(text);
  if (document.encoding === 'utf8bom') return encodeText(`\uFEFF${text}`);
  return workspace.encode(text, { encoding: document.encoding });
}

/** Content as an editor shows it. Content that is no text has none. */
export function textOf(content: Uint8Array | undefined): string | undefined {
  if (content === undefined) return '';
  const decoded = decodeText(content);
  return 'text' in decoded ? withoutMark(decoded.text) : undefined;
}

/** The edits that make the document hold exactly this text. */
export function editsTo(document: TextDocument, text: string): TextEdit[] {
  const ending = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const wanted = lineEndingOf(text);
  const edits: TextEdit[] = [];
  const change = replacement(document.getText(), withLineEnding(text, ending));
  if (change !== undefined) {
    const range = new Range(document.positionAt(change.start), document.positionAt(change.end));
    edits.push(TextEdit.replace(range, change.text));
  }
  if (wanted !== ending && text.includes('\n')) {
    edits.push(TextEdit.setEndOfLine(wanted === '\r\n' ? EndOfLine.CRLF : EndOfLine.LF));
  }
  return edits;
}

export function holdsText(document: TextDocument, text: string): boolean {
  return editsTo(document, text).length === 0;
}

/** Makes the document hold this text by one edit that one undo takes back. */
export async function showText(document: TextDocument, text: string): Promise<boolean> {
  const edits = editsTo(document, text);
  if (edits.length === 0) return true;
  const edit = new WorkspaceEdit();
  edit.set(document.uri, edits);
  return workspace.applyEdit(edit);
}

/** Remembers carets and scroll positions of a document's editors; the result brings them back. */
export function keepViews(document: TextDocument): () => void {
  const views = window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .map((editor) => ({ editor, selections: editor.selections, top: editor.visibleRanges[0]?.start }));
  return () => {
    for (const { editor, selections, top } of views) {
      if (!isVisible(editor)) continue;
      editor.selections = selections;
      if (top !== undefined) editor.revealRange(new Range(top, top), TextEditorRevealType.AtTop);
    }
  };
}

function isVisible(editor: TextEditor): boolean {
  return window.visibleTextEditors.includes(editor);
}
