import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { copilot } from '../support/copilot.ts';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  assertKept,
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
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  copilot: true,
  extension: 'required',
  files: {
    ...filesFor('quiet', 'agent', 'seen', 'open', 'mine'),
    '.infrahold.yml': "lock: ['{quiet,agent,seen,open}/docker-compose.yml']\n",
  },
  versions: ['1.139.1'],
};

const lockedGlobs = () =>
  Object.keys(
    vscode.workspace.getConfiguration().inspect<object>('files.readonlyInclude')?.globalValue ?? {},
  );

const isLocked = (file: ProtectedFile, expected = true) =>
  until(() => assert.equal(lockedGlobs().includes(file.path), expected, lockedGlobs().join()));

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

for (const name of ['agent', 'seen']) {
  test(`W12: Copilot's agent edits a locked file (${name}), and not a byte reaches the disk`, async () => {
    await fresh();
    const file = fileIn(name);
    await isLocked(file);
    if (name === 'seen') await file.open();
    const watched: string[] = [];
    const timer = setInterval(() => watched.push(file.disk()), 5);
    const input = {
      filePath: file.path,
      oldString: '    image: redis:7-alpine',
      newString: '    image: redis:8',
    };
    await copilot.run({ prompt: 'Do it', steps: [{ tool: 'replace_string_in_file', input }] });
    await promptFor(file);
    await wait(1000);
    clearInterval(timer);
    assert.ok(watched.length > 20);
    assert.deepEqual(
      watched.filter((text) => text !== before),
      [],
    );
    assertKept(before.replace('redis:7-alpine', 'redis:8'));
    await driver.clickNotification('Approve…');
    await driver.clickModal('Approve');
    await until(() => assert.equal(file.disk(), before.replace('redis:7-alpine', 'redis:8')));
  });
}

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
  for (const name of ['mine', 'open', 'quiet', 'agent', 'seen'])
    await vscode.commands.executeCommand('infrahold.unlockFile', fileIn(name).uri);
  await until(() => assert.deepEqual(lockedGlobs(), []));
});
