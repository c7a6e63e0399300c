import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import { before, until, wait } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { activationTime, measured } from '../support/start.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  files: { 'notes.md': 'one\n', 'src/main.c': 'int x;\n' },
};

test('a folder without an infrastructure file loads nothing and shows nothing', async (context) => {
  await until(() => assert.ok(vscode.extensions.getExtension('infrahold.infrahold')?.isActive));
  await wait(1500);
  assert.doesNotMatch((await driver.statusBar()).join(' | '), /Protected/);
  assert.notEqual(measured('first-phase'), undefined);
  assert.equal(measured('second-phase'), undefined);
  await context.note(`activation ${await activationTime()} ms, first phase ${measured('first-phase')} ms`);
});

test('a command says why it has nothing to do', async () => {
  await driver.command('Infrahold: Declare Scope…');
  await driver.notification('no infrastructure file in this folder');
  await driver.dismissNotifications();
});

test('the first compose file that appears is protected', async () => {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(workspace);
  writeFileSync(join(workspace.uri.fsPath, 'compose.yml'), before);
  await until(async () => assert.match((await driver.statusBar()).join(' | '), /Protected/));
});
