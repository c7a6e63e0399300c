import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** The address of a file of the workspace. */
export function uri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('VS Code has no folder open');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** The bytes on the disk as text, whatever an editor shows; undefined where there is no file. */
export function onDisk(path: string): string | undefined {
  const { fsPath } = uri(path);
  return existsSync(fsPath) ? readFileSync(fsPath, 'utf8') : undefined;
}

/** Opens a file of the workspace in an editor that has the focus. */
export async function open(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri(path));
  return vscode.window.showTextDocument(document, { preview: false });
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

/** Waits until a look answers something other than false and undefined; the error says what was waited for. */
export async function until<T>(
  what: string,
  look: () => T | false | undefined | Promise<T | false | undefined>,
  timeout = 5_000,
): Promise<T> {
  for (const end = Date.now() + timeout; ; ) {
    const seen = await look();
    if (seen !== false && seen !== undefined) return seen;
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s for ${what}`);
    await sleep(20);
  }
}
