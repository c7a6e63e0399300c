import { strict as assert } from 'node:assert';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { recorded } from '../support/cli.ts';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  assertKept,
  assertPutBack,
  assertQuiet,
  before,
  fileIn,
  filesFor,
  fresh,
  type ProtectedFile,
  promptFor,
  request,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { declare } from '../support/scopes.ts';
import { type Context, test } from '../support/suite.ts';
import { uri } from '../support/workspace.ts';

/** Two windows, no window, a window that ends, and git beside it. */
export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  git: true,
  files: filesFor('two', 'reload', 'crash', 'commits', 'apply'),
};

/** The number of prompts about a file, window by window. */
async function promptsIn(windows: readonly number[], file: ProtectedFile): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const window of windows) {
    await driver.focusWindow(window);
    const shown = await driver.notifications();
    counts.push(shown.filter(({ message }) => message.includes(file.name)).length);
  }
  return counts;
}

async function isGuarded(): Promise<void> {
  await until(async () => assert.match((await driver.statusBar()).join(' | '), /Protected|held/), 20_000);
}

test('a scope that is declared or cleared in one window shows in the other at once', async () => {
  await fresh();
  const shown = async () => (await driver.statusBar()).join(' | ');
  const view = async () => (await driver.texts('.pane-body')).join(' | ');
  await vscode.commands.executeCommand('infrahold.held.focus');
  await until(async () => assert.doesNotMatch(await view(), /declared scope/));
  const second = await driver.openWindow();
  await driver.focusWindow(second);
  await isGuarded();
  await declare(request);
  await driver.focusWindow(0);
  try {
    await until(async () => assert.match(await shown(), /l9-postgres/), 1500);
    await until(async () => assert.match(await view(), /inside the declared scope/), 1500);
  } finally {
    await driver.command('Infrahold: Clear Scope');
  }
  await driver.focusWindow(second);
  await until(async () => assert.doesNotMatch(await shown(), /l9-postgres/), 1500);
  await driver.closeWindow(second);
});

test('W25: two windows on one folder ask once, put back once and record once', async () => {
  await fresh();
  const file = fileIn('two');
  const second = await driver.openWindow();
  await driver.focusWindow(second);
  await isGuarded();
  writeFileSync(file.path, aiEdit);
  await until(() => assert.equal(file.disk(), before), 1000);
  await wait(2000);
  const prompts = await promptsIn([0, second], file);
  assert.deepEqual([...prompts].sort(), [0, 1], 'one of the windows asks');
  assertKept(aiEdit);
  assert.deepEqual(await recorded(file.name), ['baseline-taken', 'held', 'restored']);
  assert.equal(file.disk(), before);
  await driver.focusWindow(prompts[0] === 1 ? 0 : second);
  await driver.clickNotification('Put back');
  await until(async () => assert.ok((await recorded(file.name)).includes('put-back')));
  writeFileSync(file.path, aiEdit);
  await until(() => assert.equal(file.disk(), before), 1000);
  await wait(2000);
  assert.deepEqual(await promptsIn([0, second], file), [0, 0], 'a no is heard in both');
  await driver.closeWindow(second);
});

/** Writes as soon as this extension host is gone. */
function writeAfterThisHost(file: ProtectedFile): void {
  const script =
    'const [, pid, path, text] = process.argv; const gone = () => { try { process.kill(+pid, 0); } catch { return true; } };' +
    'const look = () => gone() ? require("node:fs").writeFileSync(path, text) : setTimeout(look, 2); look();';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = ['-e', script, String(process.pid), file.path, aiEdit];
  spawn(process.execPath, args, { env, detached: true, stdio: 'ignore' }).unref();
}

/** It stands as it was written until a person has answered, and then goes back. */
async function isJudgedAtStart(file: ProtectedFile): Promise<void> {
  await isGuarded();
  assert.match(await promptFor(file), /changed while nobody watched/);
  assert.equal(file.disk(), aiEdit);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(file.disk(), before));
}

const ends: Readonly<Record<string, (context: Context) => Promise<unknown>>> = {
  reload: (context) => context.reload(),
  crash: async (context) => {
    await context.expectRestart();
    process.kill(process.pid, 'SIGKILL');
    return wait(60_000);
  },
};

for (const [end, bring] of Object.entries(ends)) {
  test(`W24: what is written during the ${end} of an extension host is judged at the next start`, async (context) => {
    const file = fileIn(end);
    if (context.visit > 1) return isJudgedAtStart(file);
    await fresh();
    writeAfterThisHost(file);
    await bring(context);
  });
}

/** The processes that say they watch a folder, by the files they say it with. */
function watchers(): readonly string[] {
  const state = process.env.XDG_STATE_HOME ?? '';
  return readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /guards\W[^/\\]+\.json$/.test(path),
  );
}

test('W23: what is written while no window is open is judged when one opens', async () => {
  await fresh();
  const folder = join(uri('.').fsPath, '..', 'elsewhere');
  const path = join(folder, 'compose.yml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, before);
  const others = watchers();
  const first = await driver.openWindow(folder);
  await until(() => assert.equal(watchers().length, others.length + 1), 20_000);
  await driver.closeWindow(first);
  await until(() => assert.equal(watchers().length, others.length), 20_000);
  writeFileSync(path, aiEdit);
  await wait(1200);
  assert.equal(readFileSync(path, 'utf8'), aiEdit, 'nobody watches');
  const next = await driver.openWindow(folder);
  await driver.focusWindow(next);
  const { message } = await driver.notification('compose.yml', { timeout: 20_000 });
  assert.match(message, /changed while nobody watched/);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
  await until(() => assert.equal(readFileSync(path, 'utf8'), before));
  await driver.closeWindow(next);
});

function git(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): string {
  const options = { cwd: uri('.').fsPath, input, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return execFileSync('git', args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] }).trim();
}

/** A branch whose commit holds this text, made beside the work tree. */
function branchWith(name: string, file: ProtectedFile, text: string): void {
  const index = { GIT_INDEX_FILE: join(uri('.').fsPath, '.git', `index-${name}`) };
  const blob = git(['hash-object', '-w', '--stdin'], text);
  git(['read-tree', 'HEAD'], '', index);
  git(['update-index', '--cacheinfo', `100644,${blob},${file.name}`], '', index);
  const tree = git(['write-tree'], '', index);
  git(['branch', name, git(['commit-tree', tree, '-p', 'HEAD', '-m', name])]);
}

test('W20: what git writes from a commit is accepted and on record, without a word', async () => {
  await fresh();
  const file = fileIn('commits');
  branchWith('next', file, aiEdit);
  const steps = [
    ['checkout', '--quiet', 'next'],
    ['checkout', '--quiet', 'main'],
    ['reset', '--quiet', '--hard', 'next'],
    ['reset', '--quiet', '--hard', 'HEAD~1'],
  ];
  for (const [step, args] of steps.entries()) {
    const wanted = step % 2 === 0 ? aiEdit : before;
    git(args);
    await until(async () => {
      const events = await recorded(file.name);
      assert.equal(events.filter((event) => event === 'committed').length, step + 1);
    });
    assert.equal(file.disk(), wanted, args.join(' '));
  }
  await assertQuiet();
});

test('W21: what git apply leaves and no commit holds is put back', async () => {
  await fresh();
  const file = fileIn('apply');
  branchWith('other', file, aiEdit);
  const patch = git(['diff', 'main', 'other', '--', file.name]);
  git(['apply', '-'], `${patch.replaceAll('172.17.0.1', '172.17.0.2')}\n`);
  await assertPutBack(file, aiEdit.replaceAll('172.17.0.1', '172.17.0.2'));
  await driver.clickNotification('Put back');
});
