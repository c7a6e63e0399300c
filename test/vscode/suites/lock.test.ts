import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  askedFor,
  assertKept,
  before,
  fileIn,
  filesFor,
  fresh,
  promptFor,
  replaceText,
  request,
  until,
  wait,
} from '../support/incident.ts';
import { isLocked, lockedGlobs } from '../support/locks.ts';
import type { Fixture } from '../support/protocol.ts';
import { declare } from '../support/scopes.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  files: {
    ...filesFor('quiet', 'open', 'named', 'mine'),
    'other/docker-compose.yml': 'services:\n  web:\n    image: nginx\n',
    '.infrahold.yml': "lock: ['{quiet,open,named,other}/docker-compose.yml']\n",
  },
};

test('W4: a locked file takes a proposal in its buffer, and a save without listeners writes no byte', async () => {
  await fresh();
  const file = fileIn('quiet');
  await isLocked(file);
  const document = await file.open();
  await until(async () => assert.match((await driver.statusBar()).join(' | '), /Locked/));
  await driver.screenshot('locked');
  await replaceText(document, aiEdit);
  await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
  await document.save();
  await promptFor(file);
  await wait(1000);
  assert.equal(file.disk(), before);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.getText(), before));
  assert.equal(file.disk(), before);
});

test('a person unlocks with one click and locks again, and nothing of ours stays in the settings', async () => {
  await fresh();
  const file = fileIn('open');
  await isLocked(file);
  await file.open();
  await driver.click('.statusbar-item', 'Locked');
  await isLocked(file, false);
  // The click has taken the focus to the status bar.
  await file.open();
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await driver.press('Control+Home');
  await driver.type('# mine\n');
  await driver.press('Control+S');
  await until(() => assert.equal(file.disk(), `# mine\n${before}`));
  await driver.command('Infrahold: Lock This File');
  await isLocked(file);
  const mine = fileIn('mine');
  await isLocked(mine, false);
  await mine.open();
  await driver.command('Infrahold: Lock This File');
  await isLocked(mine);
  for (const name of ['mine', 'open', 'quiet', 'named', 'other'])
    await vscode.commands.executeCommand('infrahold.unlockFile', fileIn(name).uri);
  await until(() => assert.deepEqual(lockedGlobs(), []));
});

const statusBar = async () => (await driver.statusBar()).join(' | ');

test('what changes no meaning in a locked buffer is written without a word, and what follows is judged', async () => {
  await fresh();
  const file = fileIn('named');
  await vscode.commands.executeCommand('infrahold.lockFile', file.uri);
  await isLocked(file);
  const neutral = before.replace('# L9 stack.', '# The stack of L9.');
  await replaceText(await file.open(), neutral);
  await until(() => assert.equal(file.disk(), neutral));
  assert.deepEqual(await driver.notifications(), []);
  // VS Code is about to read what was written, while the agent goes on.
  const document = await file.open();
  await replaceText(document, aiEdit);
  await promptFor(file);
  assert.equal(document.getText(), aiEdit);
  assert.equal(file.disk(), neutral);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.getText(), neutral));
});

test('a scope opens the locked files that it names and no other, until it ends', async () => {
  await fresh();
  const [file, other] = [fileIn('named'), fileIn('other')];
  await vscode.commands.executeCommand('infrahold.lockFile', other.uri);
  await isLocked(other);
  await file.open();
  await declare(request);
  await isLocked(file, false);
  await isLocked(other);
  await until(async () => assert.match(await statusBar(), /Unlocked/));
  await driver.screenshot('unlocked');
  // What is not saved yet could not be saved any more.
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await driver.press('Control+Home');
  await driver.type('# mine');
  await driver.command('Infrahold: Clear Scope');
  await until(async () => assert.doesNotMatch(await statusBar(), /l9-postgres/));
  await wait(700);
  await isLocked(file, false);
  await vscode.commands.executeCommand('workbench.action.files.save');
  await isLocked(file);
  assert.match(file.disk(), /^# mine# The stack/);
});

test('a person locks a file that the scope names, and what is in scope is written for them', async () => {
  await fresh();
  const file = fileIn('quiet');
  const document = await file.open();
  await declare(request);
  await isLocked(file, false);
  await driver.click('.statusbar-item', 'Unlocked');
  await isLocked(file);
  await replaceText(document, aiEdit);
  await promptFor(file);
  assert.equal(file.disk(), before);
  await driver.clickNotification('Keep only what was asked');
  await until(() => assert.equal(file.disk(), askedFor));
  await driver.command('Infrahold: Clear Scope');
  await isLocked(file);
});
