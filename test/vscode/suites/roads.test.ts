import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { recorded } from '../support/cli.ts';
import { driver } from '../support/driver.ts';
import { formatting } from '../support/formatting.ts';
import {
  aiEdit,
  assertKept,
  assertPutBack,
  before,
  fileIn,
  fresh,
  type ProtectedFile,
  promptFor,
  replaceText,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { saveAs } from '../support/saveAs.ts';
import { test } from '../support/suite.ts';
import { onDisk, uri } from '../support/workspace.ts';

/** Roads that lead through VS Code itself, and what other extensions do on the way of a save. */
export const fixture: Fixture = {
  extension: 'required',
  // A formatter, another extension, undo: who changed the text is what these turn on.
  withReasons: ['W6:', 'W11:'],
  // There is no protected file at first, so that a listener of another extension can be there before ours.
  files: {
    'other/docker-compose.yml.txt': aiEdit,
    'target/notes.md': '',
    'node_modules/docker-compose.yml': aiEdit,
  },
  settings: { 'explorer.confirmDragAndDrop': false, 'explorer.autoReveal': false },
};

const folders = [
  ...['saveas', 'untitled', 'format', 'neutral', 'listener', 'slow', 'late', 'api', 'bytes'],
  ...['deleted', 'renamed', 'moved', 'over', 'undo'],
];

/** What the listener that comes before ours does with the save of a document. */
let early: (event: vscode.TextDocumentWillSaveEvent) => void = () => {};
let isBegun = false;

/** The first listener of all is another extension's; then the files come, and with them the guard. */
async function begin(): Promise<void> {
  if (!isBegun) {
    isBegun = true;
    vscode.workspace.onWillSaveTextDocument((event) => early(event));
    for (const folder of folders) {
      const { path } = fileIn(folder);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, before);
    }
  }
  early = () => {};
  await fresh();
  await vscode.commands.executeCommand('workbench.files.action.collapseExplorerFolders');
}

function isOf(file: ProtectedFile, { document }: vscode.TextDocumentWillSaveEvent): boolean {
  return document.uri.toString() === file.uri.toString();
}

const neutral = before.replace('# L9 stack.', '# The stack of L9.');

/** Whatever editor is left of the file shows what is accepted, and wants no save. */
async function editorsFollow(file: ProtectedFile): Promise<void> {
  await until(() => {
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.toString() !== file.uri.toString() || document.isClosed) continue;
      assert.equal(document.getText(), before);
      assert.equal(document.isDirty, false);
    }
  });
}

for (const [what, folder] of [
  ['Save As from another file', 'saveas'],
  ['the first save of an untitled buffer', 'untitled'],
] as const) {
  test(`W5: ${what} over a protected file is held, and its editor keeps the proposal`, async () => {
    await begin();
    const file = fileIn(folder);
    const other = vscode.Uri.joinPath(file.uri, '../../other/docker-compose.yml.txt');
    const document = await (folder === 'saveas'
      ? vscode.workspace.openTextDocument(other)
      : vscode.workspace.openTextDocument({ content: aiEdit, language: 'yaml' }));
    await vscode.window.showTextDocument(document);
    await saveAs(file.path);
    await assertPutBack(file, aiEdit);
    const shown = vscode.window.activeTextEditor?.document;
    assert.deepEqual([shown?.uri.fsPath, shown?.isDirty], [file.path, true]);
    assert.equal(shown?.getText(), aiEdit);
    await driver.clickNotification('Put back');
    await editorsFollow(file);
  });
}

test('W6: what a formatter makes of a save is put back where it changes the meaning', async () => {
  await begin();
  const file = fileIn('format');
  const document = await file.open();
  await formatting(
    document,
    () => aiEdit,
    async () => {
      await replaceText(document, neutral);
      await driver.press('Control+S');
      await assertPutBack(file, aiEdit);
    },
  );
  await driver.clickNotification('Put back');
  await editorsFollow(file);
});

test('W6: with a formatter that changes no meaning the rest is saved, and a held save is held', async () => {
  await begin();
  const file = fileIn('neutral');
  const document = await file.open();
  const trimmed = (text: string) => `${text.trimEnd()}\n`;
  await formatting(document, trimmed, async () => {
    await replaceText(document, `${neutral}\n\n`);
    await driver.press('Control+S');
    await until(() => assert.equal(file.disk(), neutral));
    assert.deepEqual(await driver.notifications(), []);
    await replaceText(document, `${aiEdit}\n\n`);
    await driver.press('Control+S');
    await promptFor(file);
    await wait(1000);
    assert.equal(file.disk(), neutral);
    assert.equal(trimmed(document.getText()), aiEdit, 'the buffer keeps the proposal');
  });
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.isDirty, false));
});

test('W6: what a save listener of another extension writes last is put back', async () => {
  await begin();
  const file = fileIn('listener');
  const document = await file.open();
  const listener = vscode.workspace.onWillSaveTextDocument((event) => {
    if (!isOf(file, event)) return;
    const whole = new vscode.Range(0, 0, event.document.lineCount, 0);
    event.waitUntil(Promise.resolve([vscode.TextEdit.replace(whole, aiEdit)]));
  });
  await replaceText(document, neutral);
  await driver.press('Control+S');
  await assertPutBack(file, aiEdit);
  listener.dispose();
  assert.ok((await recorded(file.name)).includes('restored'), 'it came after ours');
  await driver.clickNotification('Put back');
  await editorsFollow(file);
});

for (const [what, folder, time] of [
  ['all of the time', 'slow', 1_700],
  ['most of the time', 'late', 1_420],
] as const) {
  test(`W7: a save before which a slow listener of another extension takes ${what} is put back`, async () => {
    await begin();
    const file = fileIn(folder);
    const document = await file.open();
    early = (event) => {
      if (isOf(file, event)) event.waitUntil(wait(time));
    };
    await replaceText(document, aiEdit);
    await driver.press('Control+S');
    await promptFor(file);
    await assertPutBack(file, aiEdit);
    if (folder === 'slow') assert.ok((await recorded(file.name)).includes('restored'), 'ours was not asked');
    await driver.clickNotification('Put back');
    await editorsFollow(file);
  });
}

test('W9: what another extension writes with workspace.fs is put back, with and without an editor', async () => {
  await begin();
  for (const [folder, isOpen] of [
    ['api', true],
    ['bytes', false],
  ] as const) {
    const file = fileIn(folder);
    if (isOpen) await file.open();
    await vscode.workspace.fs.writeFile(file.uri, Buffer.from(aiEdit));
    await assertPutBack(file, aiEdit);
    await editorsFollow(file);
    await driver.clickNotification('Put back');
  }
});

async function explore({ uri }: ProtectedFile): Promise<void> {
  await vscode.commands.executeCommand('revealInExplorer', uri);
  await vscode.commands.executeCommand('workbench.files.action.focusFilesExplorer');
}

const row = (text: string) => ({ selector: '.explorer-folders-view .monaco-list-row', text });

/** What a person does in the Explorer to the file of a folder. */
const explorer: Readonly<Record<string, (file: ProtectedFile) => Promise<void>>> = {
  deleted: async (file) => {
    await explore(file);
    await driver.press('Delete');
    await driver.clickModal('Delete');
  },
  renamed: async (file) => {
    await explore(file);
    await driver.press('F2');
    await driver.press('Control+A');
    await driver.type('gone.txt');
    await driver.press('Enter');
  },
  moved: async (file) => {
    await explore(file);
    // Of the rows with this name, one only is in sight: every other folder is closed.
    await driver.drag(row('docker-compose.yml'), row('target'));
  },
};

for (const [what, act] of Object.entries(explorer)) {
  test(`W10: a file that is ${what} in the Explorer is back in its place`, async () => {
    await begin();
    const file = fileIn(what);
    await file.open();
    await act(file);
    await assertPutBack(file, undefined);
    await editorsFollow(file);
    await driver.clickNotification('Put back');
  });
}

test('W10: a file that another is dragged over in the Explorer is back, and its editor follows', async () => {
  await begin();
  const file = fileIn('over');
  const document = await file.open();
  const other = vscode.Uri.joinPath(file.uri, '../../node_modules/docker-compose.yml');
  await vscode.commands.executeCommand('revealInExplorer', other);
  await driver.drag(row('docker-compose.yml'), row('over'));
  await driver.clickModal('Replace');
  await assertPutBack(file, aiEdit);
  await editorsFollow(file);
  assert.equal(document.isClosed, false);
  await driver.clickNotification('Put back');
});

test('W11: undo and redo across a held save never bring the proposal onto the disk', async () => {
  await begin();
  const file = fileIn('undo');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  const seen = new Set<string>();
  for (const command of ['undo', 'undo', 'undo', 'redo', 'redo', 'redo', 'undo']) {
    await vscode.commands.executeCommand(command);
    await driver.press('Control+S');
    await wait(500);
    seen.add(document.getText());
    assert.equal(file.disk(), before, `after ${command}`);
  }
  assert.ok(seen.has(aiEdit) && seen.has(before));
  assertKept(aiEdit);
});

test('W28: a policy and a switch that another extension writes are put back, and asked about', async () => {
  await begin();
  for (const [path, text] of [
    ['.infrahold.yml', "ignore: ['**']\n"],
    ['.vscode/settings.json', '{ "chat.useHooks": false }\n'],
  ] as const) {
    await vscode.workspace.fs.writeFile(uri(path), Buffer.from(text));
    await driver.notification(path);
    await until(() => assert.equal(onDisk(path), undefined), 1000);
    assertKept(text);
    await driver.clickNotification('Put back');
  }
});
