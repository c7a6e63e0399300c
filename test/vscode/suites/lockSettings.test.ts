import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import { before, fileIn, filesFor, fresh, until } from '../support/incident.ts';
import { isLocked, lockingPids, personsSettings, writePersonsSettings } from '../support/locks.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

/** What the lock writes into a person's settings, and that it is taken out again: by the bytes of the file. */
export const fixture: Fixture = {
  extension: 'required',
  files: filesFor('one', 'two'),
  reason: 'hidden',
};

/** Settings as a person keeps them: with comments, a layout and globs of their own. */
async function ownSettings(): Promise<string> {
  const { HOME = '' } = process.env;
  const kept: object = JSON.parse(readFileSync(personsSettings(), 'utf8').replace(/^\s*\/\/.*$/gm, ''));
  const { 'files.readonlyInclude': _, 'editor.rulers': __, ...others } = kept as Record<string, unknown>;
  const lines = Object.entries(others).map(
    ([key, value]) => `    ${JSON.stringify(key)}:  ${JSON.stringify(value)},`,
  );
  const own = `    "files.readonlyInclude": {\n      // generated\n      "${HOME}/**/dist/**":   true\n    },`;
  const text = [
    '// My settings.',
    '{',
    ...lines,
    '    // What nobody edits by hand:',
    own,
    '    "editor.rulers": [ 100 ]',
    '}',
    '',
  ];
  await writePersonsSettings(text.join('\n'));
  await until(() => assert.deepEqual(vscode.workspace.getConfiguration('editor').get('rulers'), [100]));
  return text.join('\n');
}

const settingsNow = () => readFileSync(personsSettings(), 'utf8');
const run = (command: string, folder: string) =>
  vscode.commands.executeCommand(`infrahold.${command}`, fileIn(folder).uri);

/** Another folder, whose policy has its only file locked. */
function otherFolder(name: string): string {
  const folder = join(process.env.HOME ?? '', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'docker-compose.yml'), before);
  writeFileSync(join(folder, '.infrahold.yml'), "lock: ['docker-compose.yml']\n");
  return folder;
}

/** Ends the one window that locks files, and leaves it no time to do anything about it. */
async function kill(window: number): Promise<void> {
  const [pid, ...more] = lockingPids();
  assert.ok(pid !== undefined && pid !== process.pid && more.length === 0);
  process.kill(pid, 'SIGSTOP');
  await driver.closeWindow(window);
  process.kill(pid, 'SIGKILL');
}

test('a file is locked and unlocked, and the settings of the person are byte for byte as they were', async () => {
  await fresh();
  const own = await ownSettings();
  await run('lockFile', 'one');
  await isLocked(fileIn('one'));
  for (const line of own.trim().split('\n').slice(0, -1)) assert.ok(settingsNow().includes(line), line);
  await run('unlockFile', 'one');
  await isLocked(fileIn('one'), false);
  assert.equal(settingsNow(), own);
});

test('what a person sets while a file is locked stays, and so do their comments', async () => {
  await fresh();
  const own = await ownSettings();
  await run('lockFile', 'one');
  await isLocked(fileIn('one'));
  await vscode.workspace.getConfiguration('editor').update('tabSize', 3, vscode.ConfigurationTarget.Global);
  await run('lockFile', 'two');
  await isLocked(fileIn('two'));
  await run('unlockFile', 'one');
  await run('unlockFile', 'two');
  await until(() => assert.doesNotMatch(settingsNow(), /docker-compose/));
  assert.match(settingsNow(), /"editor.tabSize": 3/);
  for (const line of own.split('\n').filter((each) => each.includes('//')))
    assert.ok(settingsNow().includes(line), line);
});

test('a lock that another program takes out of the settings is put in again', async () => {
  await fresh();
  const own = await ownSettings();
  await run('lockFile', 'one');
  await isLocked(fileIn('one'));
  await writePersonsSettings(own);
  await until(() => assert.match(settingsNow(), /one\/docker-compose/));
  await run('unlockFile', 'one');
  await until(() => assert.equal(settingsNow(), own));
});

test('two windows on two folders lock beside each other, and each takes out its own', async () => {
  await fresh();
  const own = await ownSettings();
  const other = otherFolder('beside');
  await run('lockFile', 'one');
  const window = await driver.openWindow(other);
  await until(() => assert.match(settingsNow(), /beside\/docker-compose/), 20_000);
  await run('lockFile', 'two');
  await isLocked(fileIn('two'));
  await run('unlockFile', 'one');
  await run('unlockFile', 'two');
  await until(() => assert.doesNotMatch(settingsNow(), /(one|two)\/docker-compose/));
  assert.match(settingsNow(), /beside\/docker-compose/);
  await driver.closeWindow(window);
  await until(() => assert.equal(settingsNow(), own));
});

test('after a crash of the extension host the lock is there again, and goes without a trace', async (context) => {
  await fresh();
  if (context.visit === 1) {
    const own = await ownSettings();
    await run('lockFile', 'one');
    await isLocked(fileIn('one'));
    await context.expectRestart(own);
    process.kill(process.pid, 'SIGKILL');
  }
  await isLocked(fileIn('one'));
  assert.deepEqual(lockingPids(), [process.pid]);
  await run('unlockFile', 'one');
  await until(() => assert.equal(settingsNow(), context.memory));
});

test('what a window left that was killed goes at the next start, of whatever folder', async (context) => {
  await fresh();
  if (context.visit === 1) {
    const own = await ownSettings();
    const window = await driver.openWindow(otherFolder('killed'));
    await until(() => assert.match(settingsNow(), /killed\/docker-compose/), 20_000);
    await kill(window);
    assert.match(settingsNow(), /killed\/docker-compose/);
    await context.reload(own);
  }
  await until(() => assert.equal(settingsNow(), context.memory), 15_000);
});

const infrahold = 'infrahold.infrahold';

/** Chooses what to do with the extension in the list of those that are installed, as a person does. */
async function inExtensionsView(
  ...clicks: readonly (readonly [selector: string, text: string])[]
): Promise<void> {
  await vscode.commands.executeCommand('workbench.extensions.search', '@installed infrahold');
  await driver.click('.extension-list-item', 'guardrails');
  for (const [selector, text] of clicks) await driver.click(selector, text);
}

test('disabled, the extension leaves nothing in the settings', async (context) => {
  if (context.visit === 1) {
    await fresh();
    const own = await ownSettings();
    await run('lockFile', 'one');
    await isLocked(fileIn('one'));
    await inExtensionsView(['.extension-editor .action-label', 'Disable']);
    await until(async () =>
      assert.match((await driver.texts('.extension-editor .action-label')).join(), /Reload Window/),
    );
    await context.reload(own);
  }
  assert.equal(vscode.extensions.getExtension(infrahold), undefined);
  await until(() => assert.equal(settingsNow(), context.memory));
  await inExtensionsView(['.extension-editor .action-label', 'Enable']);
  await until(() => assert.ok(vscode.extensions.getExtension(infrahold)?.isActive), 20_000);
  await run('unlockFile', 'one');
});

test('uninstalled, and its last window killed, it leaves nothing once VS Code starts again', async (context) => {
  if (context.visit === 1) {
    await fresh();
    const own = await ownSettings();
    const window = await driver.openWindow(otherFolder('left'));
    await until(() => assert.match(settingsNow(), /left\/docker-compose/), 20_000);
    await vscode.commands.executeCommand('workbench.extensions.uninstallExtension', infrahold);
    await context.reload({ own, window });
  }
  const { own, window } = context.memory as { readonly own: string; readonly window: number };
  assert.equal(vscode.extensions.getExtension(infrahold), undefined);
  await kill(window);
  assert.match(settingsNow(), /left\/docker-compose/, 'nobody has been there to take it out');
  const next = await startAgain();
  try {
    await until(() => assert.equal(settingsNow(), own), 20_000);
    assert.deepEqual(lockingPids(), []);
  } finally {
    next.kill();
  }
});

/** Another VS Code for the same person. What is marked for removal is removed as it starts, with the first visitor. */
async function startAgain(): Promise<ChildProcess> {
  const home = process.env.HOME ?? '';
  const entry = join(vscode.env.appRoot, '..', '..', 'out', 'node', 'entry.js');
  const port = await freePort();
  const folders = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')];
  const listen = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', join(home, 'again.yaml')];
  const flags = ['--disable-telemetry', '--disable-update-check'];
  // Of what this VS Code has told its processes the other must know nothing.
  const kept = ['PATH', 'HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME'];
  const env = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  const options = { stdio: 'ignore', env } as const;
  const started = spawn(process.execPath, [entry, ...listen, ...folders, ...flags], options);
  await until(async () => assert.ok((await fetch(`http://127.0.0.1:${port}/`)).ok), 20_000);
  return started;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
