import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import { reasonOf } from '../support/events.ts';
import {
  assertKept,
  assertQuiet,
  before,
  fileIn,
  filesFor,
  fresh,
  promptFor,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

/** What a person does with keyboard and clipboard: warned, asked about data, never nagged. */
export const fixture: Fixture = {
  extension: 'required',
  files: filesFor('typed', 'paste', 'line', 'cut', 'data'),
};

async function select(document: vscode.TextDocument, from: string, to = from): Promise<void> {
  const place = (text: string) => document.positionAt(document.getText().indexOf(text));
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor !== undefined && document.getText().includes(from) && document.getText().includes(to));
  editor.selection = new vscode.Selection(place(from), place(to));
  await wait(400);
}

test('a change tells its reason exactly where the proposed API is granted', async () => {
  await fresh();
  await fileIn('typed').open();
  const reasons: (string | undefined)[] = [];
  const listener = vscode.workspace.onDidChangeTextDocument((event) => reasons.push(reasonOf(event)));
  await driver.type('#');
  await until(() => assert.ok(reasons.length > 0));
  listener.dispose();
  assert.equal(reasons[0], process.env.INFRAHOLD_STABLE_API === '1' ? undefined : 'cursor');
});

test('what a person pastes is saved without a word', async () => {
  await fresh();
  const file = fileIn('paste');
  const document = await file.open();
  await select(document, '  l9-api:\n');
  await driver.paste('  web:\n    image: nginx\n');
  // A browser takes its time to give out what is in the clipboard.
  await until(() => assert.match(document.getText(), /image: nginx\n/));
  await driver.press('Control+S');
  await until(() => assert.match(file.disk() ?? '', / {2}web:\n {4}image: nginx\n/));
  await assertQuiet();
});

test('a line that a person deletes is gone without a word', async () => {
  await fresh();
  const file = fileIn('line');
  await select(await file.open(), '    container_name: l9-redis\n');
  await driver.press('Control+Shift+K');
  await driver.press('Control+S');
  await until(() => assert.equal(file.disk(), before.replace('    container_name: l9-redis\n', '')));
  await assertQuiet();
});

test('a service that a person cuts is gone without a prompt: its volume stays', async () => {
  await fresh();
  const file = fileIn('cut');
  await select(await file.open(), '  l9-redis:\n', '  # Memory');
  await driver.press('Control+X');
  await driver.press('Control+S');
  await until(() => assert.ok(!file.disk().includes('image: redis:7-alpine')));
  await assertQuiet();
});

test('a volume that a person deletes is asked about, because its data goes out of reach', async () => {
  await fresh();
  const file = fileIn('data');
  const document = await file.open();
  await select(document, '  l9-neo4j-logs:\n');
  await driver.press('Control+Shift+K');
  await driver.press('Control+S');
  const message = await promptFor(file);
  assert.match(message, /l9-neo4j-logs.*data loss/i);
  await wait(1000);
  assert.equal(file.disk(), before);
  assertKept(before.replace('  l9-neo4j-logs:\n', ''));
  await driver.clickNotification('Approve…');
  await driver.clickModal('Approve');
  await until(() => assert.equal(file.disk(), before.replace('  l9-neo4j-logs:\n', '')));
});
