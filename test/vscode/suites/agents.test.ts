import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';
import { until } from '../support/workspace.ts';

/** The whole way of *Protect My Agents*, in a folder that has nothing of ours in it. */
export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  files: {
    'docker-compose.yml': 'services:\n  web:\n    image: nginx\n',
    '.claude/settings.json': '{\n  // mine\n  "model": "opus"\n}\n',
    '.cursor/rules/mine.mdc': 'Be brief.\n',
  },
};

function fileOf(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return join(folder.uri.fsPath, path);
}

/** Every agent's hook is started twice, by a machine that may have other things to do. */
const slow = 30_000;

const page = async () => (await driver.webviews()).join('\n');

async function agentsShown(): Promise<readonly string[]> {
  let items: readonly string[] = [];
  await until(
    'the list of agents',
    async () => {
      const input = await driver.quickInput();
      items = input?.items ?? [];
      return input?.title.includes('Protect My Agents') && items.length > 0;
    },
    slow,
  );
  return items;
}

test('the agents in use are listed with their state, and the ticked ones get the hook', async () => {
  await driver.command('Infrahold: Protect My Agents');
  const items = await agentsShown();
  assert.match(items.join('\n'), /Claude Code.*not installed/s);
  assert.match(items.join('\n'), /Cursor.*not installed/s);
  assert.match(items.join('\n'), /VS Code/, 'the editor itself is one of them');
  await driver.screenshot('agents-list');
  await driver.press('Enter');
  await until('the page', async () => /Claude Code[\s\S]*enforced/.test(await page()), slow);
  assert.match(await page(), /agents are held to the scope before they write/);
  assert.match(await page(), /\.claude\/settings\.json: changed/);
  const settings = readFileSync(fileOf('.claude/settings.json'), 'utf8');
  assert.match(settings, /\/\/ mine/);
  assert.match(settings, /"onFailure": "block"/);
  assert.match(readFileSync(fileOf('.cursor/hooks.json'), 'utf8'), /"failClosed": true/);
  assert.match(readFileSync(fileOf('.github/hooks/infrahold.json'), 'utf8'), /hook copilot-cli"/);
  await driver.screenshot('agents-protected');
});

test('what is not ticked any more loses the hook, and its file is as it was', async () => {
  await driver.command('Infrahold: Protect My Agents');
  assert.match((await agentsShown()).join('\n'), /Claude Code.*enforced/s);
  await driver.pick('Claude Code');
  await driver.pick('Cursor');
  await driver.pick('VS Code (Copilot)');
  await driver.press('Enter');
  const original = fixture.files?.['.claude/settings.json'];
  await until(
    'the settings as they were',
    () => readFileSync(fileOf('.claude/settings.json'), 'utf8') === original,
    slow,
  );
  const made = ['.cursor/hooks.json', '.github', '.vscode', 'CLAUDE.md'];
  await until('what was made to be gone', () => made.every((path) => !existsSync(fileOf(path))), slow);
  await until('the page', async () => /Claude Code[\s\S]*not installed/.test(await page()), slow);
});
