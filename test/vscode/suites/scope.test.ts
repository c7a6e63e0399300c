import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  askedFor,
  assertKept,
  assertQuiet,
  before,
  fileIn,
  filesFor,
  fresh,
  promptFor,
  replaceText,
  request,
  until,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { declare } from '../support/scopes.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  files: filesFor('keep', 'within', 'disk', 'narrow', 'unasked'),
};

async function statusBar(): Promise<string> {
  return (await driver.statusBar()).join(' | ');
}

test('the request of the incident is understood as one grant, which the status bar then shows', async () => {
  await fresh();
  await fileIn('keep').open();
  const understood = await declare(request);
  assert.equal(understood.filter((item) => /l9-/.test(item)).length, 1);
  assert.match(understood.join('\n'), /remove service l9-postgres/);
  await until(async () => assert.match(await statusBar(), /l9-postgres/));
  await driver.screenshot('scope-declared');
});

test('Keep only what was asked puts exactly that on disk, and undo brings the proposal back', async () => {
  await fresh();
  const file = fileIn('keep');
  const document = await file.open();
  await replaceText(document, aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  await driver.clickNotification('Keep only what was asked');
  await until(() => assert.equal(file.disk(), askedFor));
  await until(() => assert.equal(document.isDirty, false));
  assert.equal(document.getText(), askedFor);
  assertKept(aiEdit);
  await file.open();
  await vscode.commands.executeCommand('undo');
  assert.equal(document.getText(), aiEdit);
  assert.equal(file.disk(), askedFor);
});

test('Keep only what was asked does the same for a write that was put back', async () => {
  await fresh();
  const file = fileIn('disk');
  await vscode.workspace.fs.writeFile(file.uri, Buffer.from(aiEdit));
  await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  await driver.clickNotification('Keep only what was asked');
  await until(() => assert.equal(file.disk(), askedFor));
  await assertQuiet();
});

test('an edit within the scope is saved without a word', async () => {
  await fresh();
  const file = fileIn('within');
  await replaceText(await file.open(), askedFor);
  await driver.press('Control+S');
  await until(() => assert.equal(file.disk(), askedFor));
  await assertQuiet();
});

test('a scope that is narrowed to nothing lets nothing change', async () => {
  await fresh();
  const file = fileIn('narrow');
  const document = await file.open();
  await driver.command('Infrahold: Narrow Scope…');
  await driver.pick('remove service l9-postgres');
  await driver.press('Enter');
  await replaceText(document, askedFor);
  await driver.press('Control+S');
  await promptFor(file);
  assert.equal(file.disk(), before);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(document.isDirty, false));
});

test('a scope is extended by more grants, and cleared', async () => {
  await fresh();
  await fileIn('narrow').open();
  await driver.command('Infrahold: Extend Scope…');
  await driver.answer('remove service l9-redis');
  await driver.pick('remove service l9-redis').catch(() => undefined);
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  await driver.command('Infrahold: Clear Scope');
  await until(async () => assert.doesNotMatch(await statusBar(), /l9-postgres|change nothing/));
});

test('Keep only what was asked without a scope asks what was asked for', async () => {
  await fresh();
  const file = fileIn('unasked');
  await replaceText(await file.open(), aiEdit);
  await driver.press('Control+S');
  await promptFor(file);
  await driver.clickNotification('Keep only what was asked');
  await driver.answer('remove service l9-postgres');
  await until(async () => assert.match((await driver.quickInput())?.items.join(' ') ?? '', /l9-postgres/));
  await driver.press('Enter');
  await until(async () => assert.match((await driver.quickInput())?.items.join(' ') ?? '', /15 min/));
  await driver.press('Enter');
  await until(() => assert.equal(file.disk(), askedFor));
});
