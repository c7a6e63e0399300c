import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import aiEditText from '../../cases/incident/ai-edit.yml';
import askedForText from '../../cases/incident/asked-for.yml';
import beforeText from '../../cases/incident/docker-compose.yml';
import requestText from '../../cases/incident/request.txt';
import { driver } from './driver.ts';

export const before = beforeText;
export const aiEdit = aiEditText;
export const askedFor = askedForText;
export const request = requestText.trim();

/**
 * The same in a file so long that Copilot has the agent's own model merge what `insert_edit_into_file` was given. For
 * others it asks a service for which one must be signed in; a file that is empty it just fills.
 */
export const longBefore = `${before}${`# ${'-'.repeat(98)}\n`.repeat(2600)}`;

/** The four choices, as the prompt names them. */
export const choices = ['Review', 'Keep only what was asked', 'Approve…', 'Put back'];

/** A compose file in a folder of its own, so that the tests of a suite do not meet each other's baselines. */
export function filesFor(...folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(folders.map((folder) => [`${folder}/docker-compose.yml`, before]));
}

export interface ProtectedFile {
  readonly uri: vscode.Uri;
  readonly path: string;
  /** Its path in the workspace, as the prompt names it. */
  readonly name: string;
  /** What it holds at first, and a person accepts. */
  readonly accepted: string;
  disk(): string;
  open(): Promise<vscode.TextDocument>;
}

export function fileIn(folder: string, accepted = before): ProtectedFile {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(workspace, 'a folder is open');
  const name = `${folder}/docker-compose.yml`;
  const uri = vscode.Uri.joinPath(workspace.uri, name);
  return {
    uri,
    path: uri.fsPath,
    name,
    accepted,
    disk: () => readFileSync(uri.fsPath, 'utf8'),
    open: async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      return document;
    },
  };
}

/** Begins a test with nothing open, nothing unsaved and nothing said; what earlier tests left is not its matter. */
export async function fresh(): Promise<void> {
  // What VS Code itself writes, such as the user's settings, is unsaved for a moment too.
  const isOurs = ({ isDirty, uri, isUntitled }: vscode.TextDocument) =>
    isDirty && (isUntitled || vscode.workspace.getWorkspaceFolder(uri) !== undefined);
  for (const document of vscode.workspace.textDocuments.filter(isOurs)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await driver.dismissNotifications();
  // What is written before the guard stands is the state that it finds, and that is another test's matter.
  await until(async () => assert.match((await driver.statusBar()).join(' | '), guarding), 20_000);
}

/** The status bar, in each of its three states. */
const guarding = /Protected|edits? held|· \d+ (min|h)/;

/** What an AI tool without save events of its own does: another extension's edit of the whole text. */
export async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** Waits until something holds; the error of the last try is that of a wait in vain. */
export async function until(check: () => void | Promise<void>, timeout = 8000): Promise<void> {
  for (const end = Date.now() + timeout; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(50);
    }
  }
}

/** The state directory keeps a refused version whole: some file in it has exactly these bytes. */
export function assertKept(text: string): void {
  const state = process.env.XDG_STATE_HOME ?? '';
  const wanted = Buffer.from(text);
  const found = readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).equals(wanted));
  assert.ok(found, 'the refused version is in the state directory, byte for byte');
}

/** The prompt about one file: exactly one, and it offers the four choices. */
export async function promptFor(file: ProtectedFile): Promise<string> {
  const shown = await driver.notification(file.name);
  assert.deepEqual(shown.buttons, choices);
  const all = (await driver.notifications()).filter(({ message }) => message.includes(file.name));
  assert.equal(all.length, 1, 'the person is told once');
  return shown.message;
}

/**
 * What a road that only the disk sees must come to: one second after the write nothing of it is on disk and nothing
 * writes it again, it is kept whole, and the person was told once. A removal has no text to keep.
 */
export async function assertPutBack(
  file: ProtectedFile,
  refused: string | undefined,
  within = 1000,
): Promise<string> {
  await until(() => assert.equal(file.disk(), file.accepted), within);
  const message = await promptFor(file);
  if (refused !== undefined) assertKept(refused);
  await wait(300);
  assert.equal(file.disk(), file.accepted, 'nothing writes it again');
  return message;
}

/** The edit is in the view, as one that a person has refused before, and nothing else draws the eye to it. */
export async function assertShownAsRefused({ name }: ProtectedFile): Promise<void> {
  await vscode.commands.executeCommand('infrahold.held.focus');
  await until(async () => {
    const shown = (await driver.texts('.pane-body .monaco-list-row')).map((text) =>
      text.replace(/\s+/g, ' '),
    );
    assert.ok(
      shown.some(
        (text) => /refused before/.test(text) && (text.includes(name) || /^docker-compose/.test(text)),
      ),
      JSON.stringify(shown),
    );
  });
}

/** Nothing was said: the time in which a prompt would have come has passed without one. */
export async function assertQuiet(milliseconds = 1200): Promise<void> {
  await wait(milliseconds);
  assert.deepEqual(await driver.notifications(), []);
}
