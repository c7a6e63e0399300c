import { strict as assert } from 'node:assert';
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
import { isLocked, lockedGlobs } from '../support/locks.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  extension: 'required',
  files: {
    ...filesFor('quiet', 'open', 'mine'),
    '.infrahold.yml': "lock: ['{quiet,open}/docker-compose.yml']\n",
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
  for (const name of ['mine', 'open', 'quiet'])
    await vscode.commands.executeCommand('infrahold.unlockFile', fileIn(name).uri);
  await until(() => assert.deepEqual(lockedGlobs(), []));
});
