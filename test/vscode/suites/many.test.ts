import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import {
  assertKept,
  assertQuiet,
  before,
  fileIn,
  filesFor,
  fresh,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

const folders = Array.from({ length: 200 }, (_, index) => `part-${index}`);

/** What a refactor does that goes through two hundred protected files. */
export const fixture: Fixture = { reason: 'hidden', extension: 'required', files: filesFor(...folders) };

const refactored = (version: number) => before.replace('redis:7', `redis:${version}`);

function rewriteAll(): void {
  execFileSync('sed', ['-i', 's/redis:7/redis:8/', ...folders.map((folder) => fileIn(folder).path)]);
}

function isAllAsBefore(): void {
  assert.ok(folders.every((folder) => fileIn(folder).disk() === before));
}

/** The person was asked about all of them, and once. */
async function assertSummary(): Promise<void> {
  await driver.notification('edits of protected files are held', { timeout: 20_000 });
  await until(async () => assert.match((await driver.statusBar()).join(), /200 edits held/), 20_000);
  await wait(1500);
  const shown = await driver.notifications();
  assert.equal(shown.length, 1, JSON.stringify(shown));
  // A slow machine may be asked before the last one is put back; the status bar counts on.
  assert.match(shown[0]?.message ?? '', /^\d+ edits of protected files are held( so far)?\.$/);
}

test('W19: two hundred files that sed rewrites at once are all put back, and the person is asked once', async () => {
  await fresh();
  rewriteAll();
  await until(isAllAsBefore, 15_000);
  await assertSummary();
  await driver.screenshot('many-prompt');
  assertKept(refactored(8));
  isAllAsBefore();
  await driver.clickNotification('Show Held Edits');
  await until(async () => assert.ok((await driver.texts('.pane-body .monaco-list-row')).length > 10));
  await driver.screenshot('many-view');
});

test('Put all back answers all of them at once, and the same refactor is not asked about again', async () => {
  await fresh();
  rewriteAll();
  await until(isAllAsBefore, 15_000);
  await vscode.commands.executeCommand(
    'infrahold.putBack',
    folders.map((folder) => fileIn(folder).uri),
  );
  await until(async () => assert.match((await driver.statusBar()).join(), /Protected/), 20_000);
  rewriteAll();
  await until(isAllAsBefore, 15_000);
  await assertQuiet();
  isAllAsBefore();
});

test(
  'two hundred buffers that are saved at once are all held, and the person is asked once',
  async () => {
    await fresh();
    const edit = new vscode.WorkspaceEdit();
    for (const { uri } of folders.map((folder) => fileIn(folder))) {
      const document = await vscode.workspace.openTextDocument(uri);
      const start = document.getText().indexOf('redis:7');
      edit.replace(
        uri,
        new vscode.Range(document.positionAt(start), document.positionAt(start + 'redis:7'.length)),
        'redis:9',
      );
    }
    assert.ok(await vscode.workspace.applyEdit(edit));
    // What was changed shows itself as an editor before it can be saved with all others.
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await until(() => assert.equal(tabs().length, folders.length), 20_000);
    await vscode.commands.executeCommand('workbench.action.files.saveAll');
    await assertSummary();
    isAllAsBefore();
    assertKept(refactored(9));
    await driver.clickNotification('Put all back');
    await until(async () => assert.match((await driver.statusBar()).join(), /Protected/), 60_000);
    isAllAsBefore();
    assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
  },
  { timeout: 120_000 },
);
