import { strict as assert } from 'node:assert';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  assertKept,
  before,
  fileIn,
  filesFor,
  fresh,
  promptFor,
  replaceText,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  files: { ...filesFor('delay', 'focus', 'neutral'), 'notes.md': 'one\n' },
  settings: { 'files.autoSaveDelay': 300 },
};

async function autoSave(mode: 'afterDelay' | 'onFocusChange'): Promise<void> {
  await vscode.workspace
    .getConfiguration('files')
    .update('autoSave', mode, vscode.ConfigurationTarget.Global);
}

/** Counts how often the file is written while some time passes. */
async function writesDuring(path: string, milliseconds: number): Promise<number> {
  let writes = 0;
  let last = statSync(path).mtimeMs;
  for (const end = Date.now() + milliseconds; Date.now() < end; await wait(20)) {
    const now = statSync(path).mtimeMs;
    if (now !== last) writes++;
    last = now;
  }
  return writes;
}

test('W3: auto save after a delay is held once, without a loop and without a storm of prompts', async () => {
  await fresh();
  await autoSave('afterDelay');
  const file = fileIn('delay');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await promptFor(file);
  const writes = await writesDuring(file.path, 4000);
  assert.ok(writes <= 3, `the file was written ${writes} times in four seconds`);
  assert.equal(file.disk(), before);
  assert.equal(document.getText(), aiEdit, 'the buffer keeps the proposal');
  assert.equal((await driver.notifications()).length, 1);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.getText(), before));
});

test('W3: auto save goes on for edits that change no meaning, and after a hold has ended', async () => {
  await fresh();
  const file = fileIn('neutral');
  const neutral = before.replace('# L9 stack.', '# The stack of L9.');
  await replaceText(await file.open(), neutral);
  await until(() => assert.equal(file.disk(), neutral));
  const again = fileIn('delay');
  await replaceText(await again.open(), neutral);
  await until(() => assert.equal(again.disk(), neutral));
  assert.deepEqual(await driver.notifications(), []);
});

test('W3: auto save on a change of focus is held', async () => {
  await fresh();
  await autoSave('onFocusChange');
  const file = fileIn('focus');
  const document = await file.open();
  await replaceText(document, aiEdit);
  const notes = vscode.Uri.joinPath(file.uri, '../../notes.md');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(notes));
  await promptFor(file);
  await vscode.window.showTextDocument(document);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(notes));
  await wait(1500);
  assert.equal(file.disk(), before);
  assert.equal(document.getText(), aiEdit);
  assertKept(aiEdit);
  assert.equal((await driver.notifications()).length, 1);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.getText(), before));
});
