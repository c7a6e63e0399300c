import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  files: { 'docker-compose.yml': 'services:\n  web:\n    image: nginx\n' },
};

const file = () =>
  vscode.Uri.joinPath(
    vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
    'docker-compose.yml',
  );

test('the workspace holds the files of the fixture', () => {
  assert.match(readFileSync(file().fsPath, 'utf8'), /nginx/);
});

test('what is typed and saved with the keyboard is on the disk', async () => {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file()));
  await driver.press('Control+End');
  await driver.type('# typed\n');
  await driver.press('Control+S');
  await new Promise((done) => setTimeout(done, 500));
  assert.match(readFileSync(file().fsPath, 'utf8'), /# typed/);
});
