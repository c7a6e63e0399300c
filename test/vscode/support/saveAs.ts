import * as vscode from 'vscode';
import { driver } from './driver.ts';
import { until } from './workspace.ts';

/**
 * Saves the active editor under another path, over a file that is there. The dialog goes away when something else takes
 * the focus, as a window may that has just started; a person then opens it again, and so does this.
 */
export async function saveAs(path: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    await driver.saveAs(path);
    const isSaved = () => vscode.window.activeTextEditor?.document.uri.fsPath === path;
    if (await until('the editor of the new file', isSaved, 3000).catch(() => false)) return;
  }
}
