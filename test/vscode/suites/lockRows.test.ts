import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  before,
  fileIn,
  filesFor,
  fresh,
  type ProtectedFile,
  promptFor,
  replaceText,
  until,
  wait,
} from '../support/incident.ts';
import { untouched } from '../support/locks.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

const rows = ['w1', 'w2', 'w5', 'w6', 'w7', 'w8', 'w9', 'explorer', 'w10', 'w11'];

/** Which roads a lock closes before a byte is written, and which it does not. */
export const fixture: Fixture = {
  extension: 'required',
  reason: 'hidden',
  files: {
    ...filesFor(...rows),
    '.infrahold.yml': "lock: ['**/docker-compose.yml']\n",
    'w2/notes.md': 'one\n',
  },
};

const rewritten = async (file: ProtectedFile) => replaceText(await file.open(), aiEdit);

async function putBack(file: ProtectedFile): Promise<void> {
  await promptFor(file);
  await driver.clickNotification('Put back');
  await until(async () =>
    assert.equal((await vscode.workspace.openTextDocument(file.uri)).getText(), before),
  );
  assert.equal(file.disk(), before);
}

test('W1: Control+S on a locked buffer writes nothing', async () => {
  await fresh();
  const file = fileIn('w1');
  assert.ok(
    await untouched(file, async () => {
      await rewritten(file);
      await driver.press('Control+S');
    }),
  );
  await putBack(file);
});

test('W2: Save All writes nothing of a locked file, and the innocent one beside it', async () => {
  await fresh();
  const file = fileIn('w2');
  const notes = vscode.Uri.joinPath(file.uri, '../notes.md');
  assert.ok(
    await untouched(file, async () => {
      await rewritten(file);
      const innocent = await vscode.workspace.openTextDocument(notes);
      await vscode.window.showTextDocument(innocent, { preview: false });
      await replaceText(innocent, 'two\n');
      await vscode.commands.executeCommand('workbench.action.files.saveAll');
    }),
  );
  assert.equal(Buffer.from(await vscode.workspace.fs.readFile(notes)).toString(), 'two\n');
  await putBack(file);
});

test('W5: before a Save As over a locked file VS Code asks, and cancelled it writes nothing', async () => {
  await fresh();
  const file = fileIn('w5');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: aiEdit }));
  const saveAs = async () => {
    await driver.saveAs(file.path);
    return driver.clickModal('Cancel', { timeout: 4000 });
  };
  // Where the dialog for the path was closed before it was answered, nothing was saved and nothing asked.
  const cancelled = () => saveAs().catch(saveAs);
  let message = '';
  const attempt = async () => {
    message = (await cancelled()).message;
  };
  assert.ok(await untouched(file, attempt));
  assert.match(message, /marked as read-only/);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
});

for (const [row, listen] of [
  [
    'W6',
    (document: vscode.TextDocument) =>
      Promise.resolve([vscode.TextEdit.insert(document.positionAt(0), '# last\n')]),
  ],
  ['W7', () => wait(1600).then(() => [])],
] as const) {
  test(`${row}: of a locked file there is no save that another listener could spoil`, async () => {
    await fresh();
    const file = fileIn(row.toLowerCase());
    const listener = vscode.workspace.onWillSaveTextDocument((event) => {
      if (event.document.uri.fsPath === file.path) event.waitUntil(listen(event.document));
    });
    try {
      assert.ok(
        await untouched(file, async () => {
          await rewritten(file);
          await driver.press('Control+S');
          await wait(1800);
        }),
      );
    } finally {
      listener.dispose();
    }
    await putBack(file);
  });
}

test('W8: an edit of another extension and its save write nothing', async () => {
  await fresh();
  const file = fileIn('w8');
  const document = await vscode.workspace.openTextDocument(file.uri);
  assert.ok(
    await untouched(file, async () => {
      await replaceText(document, aiEdit);
      await document.save();
    }),
  );
  await putBack(file);
});

test('W9: what another extension writes past the editor is put back after the write', async () => {
  await fresh();
  const file = fileIn('w9');
  const write = () => Promise.resolve(vscode.workspace.fs.writeFile(file.uri, Buffer.from(aiEdit)));
  assert.equal(await untouched(file, write), false);
  await putBack(file);
});

/** Puts the focus on the file's row in the Explorer. */
async function inExplorer(file: ProtectedFile): Promise<void> {
  await file.open();
  await vscode.commands.executeCommand('revealInExplorer', file.uri);
  await vscode.commands.executeCommand('workbench.files.action.focusFilesExplorer');
}

test('W10: before a locked file is deleted in the Explorer VS Code asks, and cancelled nothing happens', async () => {
  await fresh();
  const file = fileIn('explorer');
  await inExplorer(file);
  const cancelled = async () => {
    await driver.press('Delete');
    assert.match((await driver.clickModal('Cancel')).message, /read-only/);
  };
  assert.ok(await untouched(file, cancelled));
});

test('W10: a locked file is not renamed in the Explorer', async () => {
  await fresh();
  const file = fileIn('explorer');
  await inExplorer(file);
  const rename = async () => {
    await driver.press('F2');
    await driver.type('other.yml');
    await driver.press('Enter');
  };
  assert.ok(await untouched(file, rename));
});

test('W10: what another extension deletes is there again after it', async () => {
  await fresh();
  const file = fileIn('w10');
  const remove = new vscode.WorkspaceEdit();
  remove.deleteFile(file.uri);
  assert.equal(await untouched(file, () => Promise.resolve(vscode.workspace.applyEdit(remove))), false);
  await promptFor(file);
  await driver.clickNotification('Put back');
});

test('W11: undo and redo on a locked buffer, then a save, write nothing', async () => {
  await fresh();
  const file = fileIn('w11');
  assert.ok(
    await untouched(file, async () => {
      await rewritten(file);
      await vscode.commands.executeCommand('undo');
      await vscode.commands.executeCommand('redo');
      await driver.press('Control+S');
    }),
  );
  const document = await file.open();
  if (document.getText() !== before) await putBack(file);
});
