import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  assertKept,
  assertQuiet,
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
  extension: 'required',
  files: {
    ...filesFor(
      'w1',
      'w2',
      'w4',
      'approve',
      'putback',
      'neutral',
      'review',
      'undo',
      'typed',
      'broken',
      'again',
    ),
    'w2/notes.md': 'one\n',
  },
};

test('W1, W8: a save of what another program put into the buffer is held before a byte is written', async () => {
  await fresh();
  const file = fileIn('w1');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  const message = await promptFor(file);
  await wait(1000);
  assert.equal(file.disk(), before);
  assert.equal(document.getText(), aiEdit, 'the buffer keeps the proposal');
  assert.equal(document.isDirty, true);
  assert.match(message, /l9-redis/);
  assertKept(aiEdit);
  await driver.screenshot('held-save');
  await driver.press('Control+S');
  await wait(1000);
  assert.equal(file.disk(), before, 'saving again does not help');
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.isDirty, false));
});

test('W2: Save All holds the protected file and saves the innocent one beside it', async () => {
  await fresh();
  const file = fileIn('w2');
  const notes = vscode.Uri.joinPath(file.uri, '../notes.md');
  const document = await file.open();
  const innocent = await vscode.workspace.openTextDocument(notes);
  await vscode.window.showTextDocument(innocent, { preview: false });
  await replaceText(innocent, 'two\n');
  await replaceText(document, aiEdit);
  await vscode.commands.executeCommand('workbench.action.files.saveAll');
  await promptFor(file);
  await wait(1000);
  assert.equal(file.disk(), before);
  assert.equal(Buffer.from(await vscode.workspace.fs.readFile(notes)).toString(), 'two\n');
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.isDirty, false));
});

test('W4: what Save without Formatting writes is put back', async () => {
  await fresh();
  const file = fileIn('w4');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
  await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.getText(), before));
});

test('Approve puts the text of the AI on disk, and it is the new baseline', async () => {
  await fresh();
  const file = fileIn('approve');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  await driver.clickNotification('Approve…');
  const { message, detail } = await driver.clickModal('Approve');
  assert.match(`${message} ${detail}`, /l9-redis-data/, 'the dialog names the data that is lost');
  await until(() => assert.equal(file.disk(), aiEdit));
  await until(() => assert.equal(document.isDirty, false));
  await assertQuiet();
  const other = vscode.Uri.joinPath(file.uri);
  await vscode.workspace.fs.writeFile(other, Buffer.from(before));
  await promptFor(file);
  await until(() => assert.equal(file.disk(), aiEdit), 1000);
  await driver.clickNotification('Put back');
});

test('Put back brings the baseline into the buffer, and undo brings the proposal again', async () => {
  await fresh();
  const file = fileIn('putback');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.getText(), before));
  await until(() => assert.equal(document.isDirty, false));
  assert.equal(file.disk(), before);
  await file.open();
  await vscode.commands.executeCommand('undo');
  await until(() => assert.equal(document.getText(), aiEdit));
  assert.equal(file.disk(), before);
  await vscode.commands.executeCommand('workbench.action.files.revert');
});

const neutral: readonly (readonly [string, string, string])[] = [
  ['a comment', '# L9 stack.', '# The stack of L9.'],
  [
    'reordered keys',
    '    image: redis:7-alpine\n    container_name: l9-redis\n',
    '    container_name: l9-redis\n    image: redis:7-alpine\n',
  ],
  ['another quoting', 'image: neo4j:5-community', 'image: "neo4j:5-community"'],
  [
    'the long form of a port',
    '    ports: ["6379:6379"]\n',
    '    ports:\n      - target: 6379\n        published: "6379"\n',
  ],
];

test('edits that change no meaning are saved without a word', async () => {
  await fresh();
  const file = fileIn('neutral');
  const document = await file.open();
  for (const [name, from, to] of neutral) {
    const text = document.getText().replace(from, to);
    assert.notEqual(text, document.getText(), name);
    await replaceText(document, text);
    await driver.press('Control+S');
    await until(() => assert.equal(file.disk(), text, name));
  }
  await assertQuiet();
  assert.equal(document.isDirty, false);
});

test('Review shows what the edit means beside the text', async () => {
  await fresh();
  const file = fileIn('review');
  await replaceText(await file.open(), aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  await driver.clickNotification('Review');
  await until(async () => {
    const shown = (await driver.webviews()).join('\n');
    for (const word of ['l9-redis', 'l9-neo4j', 'l9-redis-data', 'MEMORY_DSN', '6379'])
      assert.ok(shown.includes(word), word);
  });
  const [tab] = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff);
  assert.ok(tab, 'the text diff is open beside it');
  await driver.screenshot('review');
  await driver.resize(720, 800);
  await driver.screenshot('review-narrow');
  await driver.resize(1280, 800);
});

test('what a person types is theirs to save', async () => {
  await fresh();
  const file = fileIn('typed');
  const document = await file.open();
  await driver.press('Control+Home');
  await driver.press('Control+F');
  await driver.type('redis:7-alpine');
  await driver.press('Enter');
  await driver.press('Escape');
  await driver.type('redis:8-alpine');
  await driver.press('Control+S');
  const typed = before.replace('redis:7-alpine', 'redis:8-alpine');
  await until(() => assert.equal(document.getText(), typed));
  await until(() => assert.equal(file.disk(), typed));
  await assertQuiet();
});

test('what a person put back is held again without a question, and a save by hand says so', async () => {
  await fresh();
  const file = fileIn('again');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.isDirty, false));
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  await until(async () => assert.match((await driver.statusBar()).join(), /refused before/));
  await assertQuiet();
  assert.equal(file.disk(), before);
  assert.equal(document.getText(), aiEdit, 'the buffer keeps the proposal');
  await vscode.commands.executeCommand('workbench.action.files.revert');
});

test('a broken text that no person typed is held and says where it is broken', async () => {
  await fresh();
  const file = fileIn('broken');
  const document = await file.open();
  await replaceText(document, 'services:\n  web: [\n');
  await driver.press('Control+S');
  await driver.notification(file.name);
  await wait(1000);
  assert.equal(file.disk(), before);
  assertKept('services:\n  web: [\n');
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.isDirty, false));
});
