import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import { record } from '../support/events.ts';
import type { Fixture } from '../support/protocol.ts';
import { saveAs } from '../support/saveAs.ts';
import { test } from '../support/suite.ts';
import { onDisk, open, until, uri } from '../support/workspace.ts';

/** Proves the harness itself: each part of the window that suites rely on, without the extension under test. */
export const fixture: Fixture = {
  reason: 'hidden',
  // That the harness works on an older one shows in every suite there.
  versions: ['1.139.1'],
  extension: 'absent',
  files: { 'docker-compose.yml': 'services:\n  web:\n    image: nginx\n', 'other.yml': 'services:\n' },
};

test('the workspace holds the files of the fixture', async () => {
  assert.match(onDisk('docker-compose.yml') ?? '', /nginx/);
  assert.equal((await open('docker-compose.yml')).document.languageId, 'dockercompose');
});

test('typing and Control+S announce the save before the bytes are on the disk', async () => {
  await open('docker-compose.yml');
  const seen = await record(async () => {
    await driver.press('Control+End');
    await driver.type('# typed');
    await driver.press('Control+S');
    await until('the save', () => onDisk('docker-compose.yml')?.includes('# typed'));
  });
  const order = seen.map(({ what }) => what).filter((what) => what !== 'selection' && what !== 'change');
  assert.equal(order[0], 'willSave');
  assert.ok(order.indexOf('disk') < order.indexOf('didSave'));
});

test('Save without Formatting announces nothing before it writes', async () => {
  await open('docker-compose.yml');
  const seen = await record(async () => {
    await driver.type('# quiet');
    await driver.command('File: Save without Formatting');
    await until('the save', () => onDisk('docker-compose.yml')?.includes('# quiet'));
  });
  assert.ok(seen.some(({ what }) => what === 'didSave'));
  assert.ok(!seen.some(({ what }) => what === 'willSave'));
});

test('a notification is read, and answered by its button', async () => {
  const answered = vscode.window.showWarningMessage(
    'Held: services.db',
    'Keep only what was asked',
    'Review',
  );
  const { severity, buttons } = await driver.notification('Held: services.db');
  assert.deepEqual(
    { severity, buttons },
    { severity: 'warning', buttons: ['Keep only what was asked', 'Review'] },
  );
  await driver.clickNotification('Keep only');
  assert.equal(await answered, 'Keep only what was asked');
});

test('a dismissed notification answers nothing', async () => {
  const answered = vscode.window.showInformationMessage('To be dismissed', 'Yes');
  await driver.notification('To be dismissed');
  await driver.dismissNotifications();
  assert.equal(await answered, undefined);
  assert.deepEqual(await driver.notifications(), []);
});

test('a modal dialog is read, and answered by its button', async () => {
  const answered = vscode.window.showWarningMessage(
    'Data is lost',
    { modal: true, detail: 'db-data' },
    'Allow',
  );
  const { message, detail } = await driver.clickModal('Allow');
  assert.deepEqual({ message, detail }, { message: 'Data is lost', detail: 'db-data' });
  assert.equal(await answered, 'Allow');
  assert.equal(await driver.modal(), undefined);
});

test('a quick pick is answered by an entry, an input box by typing', async () => {
  const picked = vscode.window.showQuickPick(['remove services.db', 'change services.web'], {
    title: 'Scope',
  });
  await driver.pick('remove services.db');
  assert.equal(await picked, 'remove services.db');
  const typed = vscode.window.showInputBox({ prompt: 'What may this task do?' });
  await driver.answer('remove db');
  assert.equal(await typed, 'remove db');
});

test('the status bar is read and its entries are clicked', async () => {
  const item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  item.text = 'Scope: one service';
  item.show();
  await until('the entry', async () => (await driver.statusBar()).includes('Scope: one service'));
  item.dispose();
});

test('Save As writes over a file that is there', async () => {
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content: 'services: {}\n' }),
  );
  await saveAs(uri('other.yml').fsPath);
  await until('the file', () => onDisk('other.yml') === 'services: {}\n');
});

test('a file deleted in the Explorer is gone from the disk', async () => {
  await driver.click('.explorer-folders-view .monaco-list-row', 'other.yml');
  await driver.press('Delete');
  await driver.clickModal('Delete');
  await until('the deletion', () => onDisk('other.yml') === undefined);
});

test('a test goes on where it was after a reload of the window', async (context) => {
  if (context.visit === 1) await context.reload({ pid: process.pid });
  assert.equal(context.visit, 2);
  assert.notEqual((context.memory as { pid: number }).pid, process.pid);
});

test('a test goes on after its extension host crashed', async (context) => {
  if (context.visit === 1) {
    await context.expectRestart();
    process.kill(process.pid, 'SIGKILL');
  }
  assert.equal(context.visit, 2);
});

test('a second window on the folder is idle and can be driven', async () => {
  const window = await driver.openWindow();
  await driver.focusWindow(window);
  await driver.command('View: Show Explorer');
  assert.ok((await driver.texts('.explorer-folders-view .monaco-list-row')).includes('docker-compose.yml'));
  await driver.closeWindow(window);
});
