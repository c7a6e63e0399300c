import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { type Said, said, startCli } from '../support/cli.ts';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  askedFor,
  assertQuiet,
  assertShownAsRefused,
  before,
  fileIn,
  filesFor,
  fresh,
  type ProtectedFile,
  promptFor,
  request,
  until,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';
import { uri } from '../support/workspace.ts';

export const fixture: Fixture = {
  reason: 'hidden',
  // What a hook asks through the state is the same for every editor, and its prompt is that of a save.
  versions: ['1.139.1'],
  extension: 'required',
  files: filesFor('approve', 'refuse', 'late', 'keep', 'heard', 'returns'),
};

let calls = 0;

/** What a host sends, in the form of Codex, which cannot ask a person itself. */
function payload(session: string, more: object): object {
  return {
    session_id: session,
    turn_id: 't1',
    transcript_path: null,
    cwd: uri('.').fsPath,
    model: 'm',
    permission_mode: 'default',
    ...more,
  };
}

const patched = (file: ProtectedFile, text: string) => ({
  hook_event_name: 'PreToolUse',
  tool_use_id: `call_${calls++}`,
  tool_name: 'apply_patch',
  tool_input: {
    command: `*** Begin Patch\n*** Add File: ${file.path}\n${text.replace(/^/gm, '+').replace(/\n\+$/, '')}\n*** End Patch\n`,
  },
});

function startHook(input: object): Promise<Said> {
  return said(startCli('hook', 'codex'), JSON.stringify(input));
}

async function statusBar(): Promise<string> {
  return (await driver.statusBar()).join(' | ');
}

test('an agent’s edit waits for the person, and Approve lets the agent make it', async () => {
  await fresh();
  const file = fileIn('approve');
  const hook = startHook(payload('s1', patched(file, aiEdit)));
  assert.match(await promptFor(file), /codex wants to make this edit/);
  await driver.clickNotification('Approve…');
  await driver.clickModal('Approve');
  assert.deepEqual(await hook, { stdout: '', code: 0 });
  assert.equal(file.disk(), before, 'it is the agent that writes');
  writeFileSync(file.path, aiEdit);
  await assertQuiet();
  assert.equal(file.disk(), aiEdit);
});

test('Put back refuses the edit, and the agent is told that a person did', async () => {
  await fresh();
  const file = fileIn('refuse');
  const hook = startHook(payload('s1', patched(file, aiEdit)));
  await promptFor(file);
  await driver.clickNotification('Put back');
  const { stdout, code } = await hook;
  assert.equal(code, 0);
  assert.match(stdout, /"permissionDecision":"deny".*A person has looked at this edit and said no/);
  assert.equal(file.disk(), before);
  const again = await startHook(payload('s1', patched(file, aiEdit)));
  assert.match(again.stdout, /deny.*A person has looked at this edit and said no/);
  await assertQuiet();
  await assertShownAsRefused(file);
  await vscode.commands.executeCommand('infrahold.putBack', file.uri);
});

test('an answer that comes after the hook has gone counts for the agent’s next try', async () => {
  await fresh();
  const file = fileIn('late');
  const { stdout } = await startHook(payload('s1', patched(file, aiEdit)));
  assert.match(stdout, /deny.*has not answered yet/);
  await promptFor(file);
  await driver.clickNotification('Approve…');
  await driver.clickModal('Approve');
  await until(async () =>
    assert.match(
      (await driver.notifications()).map(({ message }) => message).join(),
      /may make this edit now/,
    ),
  );
  assert.deepEqual(await startHook(payload('s1', patched(file, aiEdit))), { stdout: '', code: 0 });
});

test('a prompt to the agent is shown as the scope, and Keep only what was asked knows it', async () => {
  await fresh();
  const file = fileIn('keep');
  const prompt = `In keep/docker-compose.yml: ${request} Also think about the weather.`;
  await startHook(payload('s2', { hook_event_name: 'UserPromptSubmit', prompt }));
  await until(async () => assert.match(await statusBar(), /remove service l9-postgres · 12 h/));
  await vscode.commands.executeCommand('infrahold.held.focus');
  const welcome = async () => (await driver.texts('.welcome-view-content')).join('\n');
  await until(async () => assert.match(await welcome(), /told an agent in its chat may be done/));
  assert.doesNotMatch(await welcome(), /No scope is declared/);
  const hook = startHook(payload('s2', patched(file, aiEdit)));
  assert.match(await promptFor(file), /Scope: remove service l9-postgres/);
  await driver.clickNotification('Keep only what was asked');
  assert.match((await hook).stdout, /deny.*kept only the part that was asked for/);
  assert.equal(file.disk(), askedFor);
  await startHook(payload('s2', { hook_event_name: 'UserPromptSubmit', prompt: 'Forget that.' }));
  await until(async () => assert.doesNotMatch(await statusBar(), /l9-postgres/));
});

test('what a program writes within the prompt’s scope stays', async () => {
  await fresh();
  const file = fileIn('heard');
  const prompt = `In heard/docker-compose.yml, remove l9-postgres.`;
  await startHook(payload('s3', { hook_event_name: 'UserPromptSubmit', prompt }));
  writeFileSync(file.path, askedFor);
  await assertQuiet();
  assert.equal(file.disk(), askedFor);
  await startHook(payload('s3', { hook_event_name: 'UserPromptSubmit', prompt: 'Forget that.' }));
});

test('a refused edit that a program writes is put back, and the person is told that it came back', async () => {
  await fresh();
  const file = fileIn('returns');
  const hook = startHook(payload('s4', patched(file, aiEdit)));
  await promptFor(file);
  await driver.clickNotification('Put back');
  await hook;
  writeFileSync(file.path, `${aiEdit}\n# by a program\n`);
  assert.match(await promptFor(file), /an edit that was refused came back by another road/);
  await until(() => assert.equal(file.disk(), before));
  const { stdout } = await startHook(
    payload('s4', {
      hook_event_name: 'PostToolUse',
      tool_use_id: 'c9',
      tool_name: 'Bash',
      tool_input: { command: 'python3 x.py' },
      tool_response: '',
    }),
  );
  assert.match(stdout, /Infrahold put returns\/docker-compose\.yml back/);
  await driver.clickNotification('Put back');
});
