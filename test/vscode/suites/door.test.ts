import { strict as assert } from 'node:assert';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { driver } from '../support/driver.ts';
import { filesFor, fresh, until } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

/** What agents ask the person in this window beside edits: for a wider scope, and whether a command may run. */
export const fixture: Fixture = { extension: 'required', files: filesFor('scope') };

const path = 'scope/docker-compose.yml';

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  const extension = vscode.extensions.getExtension('infrahold.infrahold');
  assert.ok(extension, 'the extension is installed');
  const cli = join(extension.extensionPath, 'dist', 'cli.js');
  return spawn(process.execPath, [cli, ...args], {
    cwd: folder(),
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

function folder(): string {
  const [only] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(only, 'a folder is open');
  return only.uri.fsPath;
}

/** Calls `request_scope` of `infrahold mcp` as a client does that shows no forms. */
async function requestScope(...grants: readonly string[]): Promise<string> {
  const server = start('mcp', folder());
  const lines = createInterface({ input: server.stdout });
  const say = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'Some Agent', version: '1.0' };
  const reason = 'The cache is not used any more';
  say({
    ...{ id: 1, method: 'initialize' },
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
  });
  try {
    for await (const line of lines) {
      const { id, result } = JSON.parse(line);
      if (id === 1) {
        say({ method: 'notifications/initialized' });
        const params = { name: 'request_scope', arguments: { path, grants, reason } };
        say({ id: 2, method: 'tools/call', params });
      }
      if (id === 2) return result.structuredContent?.outcome ?? JSON.stringify(result);
    }
  } finally {
    server.stdin.end();
    server.kill();
  }
  return 'no answer';
}

/** What the hook says to a command, in the dialect of Codex, which cannot ask a person itself. */
async function command(text: string): Promise<string> {
  const hook = start('hook', 'codex');
  hook.stdin.end(
    JSON.stringify({
      ...{ session_id: 's', turn_id: 't', cwd: join(folder(), 'scope'), model: 'm' },
      ...{ hook_event_name: 'PreToolUse', tool_use_id: `call_${calls++}`, tool_name: 'Bash' },
      tool_input: { command: text },
    }),
  );
  let said = '';
  for await (const chunk of hook.stdout) said += chunk;
  return said;
}

let calls = 0;

async function log(): Promise<string> {
  const shown = start('log', '--count', '5');
  let said = '';
  for await (const chunk of shown.stdout) said += chunk;
  return said;
}

async function statusBar(): Promise<string> {
  return (await driver.statusBar()).join(' | ');
}

test('an agent asks for more, and what the person allows is in force at once', async () => {
  await fresh();
  const outcome = requestScope('remove service l9-redis');
  const { message, buttons } = await driver.notification('Some Agent 1.0 asks to be allowed');
  assert.match(
    message,
    /scope\/docker-compose\.yml.*remove service l9-redis.*“The cache is not used any more”/,
  );
  assert.deepEqual(buttons, ['Review', 'Allow for 1 h', 'Refuse']);
  await driver.clickNotification('Allow for 1 h');
  assert.equal(await outcome, 'approved');
  await until(async () => assert.match(await statusBar(), /remove service l9-redis · 1 h|60 min/));
  assert.match(
    await log(),
    /scope-declared[\s\S]*approved in the editor, by a person; asked for by Some Agent/,
  );
  await driver.command('Infrahold: Clear Scope');
});

test('data at stake is named, and a yes to it is said twice', async () => {
  await fresh();
  const outcome = requestScope('remove service l9-redis', 'remove volume l9-redis-data');
  const { message, buttons } = await driver.notification('DATA CAN BE LOST: volume l9-redis-data.');
  assert.match(message, /remove volume l9-redis-data/);
  assert.deepEqual(buttons, ['Review', 'Allow for 1 h…', 'Refuse']);
  await driver.clickNotification('Review');
  await until(async () => assert.match((await driver.modal())?.detail ?? '', /Its volumes stay/));
  await driver.clickModal('Cancel');
  await driver.clickNotification('Allow for 1 h…');
  await driver.clickModal('Allow, Data May Be Lost');
  assert.equal(await outcome, 'approved');
  await driver.command('Infrahold: Clear Scope');
});

test('Refuse is told to the agent, and is on record; a question that is closed is no yes', async () => {
  await fresh();
  const refused = requestScope('remove service l9-neo4j');
  await driver.clickNotification('Refuse');
  assert.equal(await refused, 'refused');
  assert.match(await log(), /refused[\s\S]*in the editor, by a person; asked for by Some Agent/);
  const closed = requestScope('remove service l9-neo4j');
  await driver.notification('Some Agent');
  await driver.dismissNotifications();
  assert.equal(await closed, 'unanswered');
  assert.doesNotMatch(await statusBar(), /l9-neo4j/);
});

test('a command is asked about with what it takes away, data first', async () => {
  await fresh();
  const said = command('docker compose down -v');
  const { message, buttons } = await driver.notification('codex wants to run “docker compose down -v”');
  assert.match(message, /DATA IS LOST: volume l9-redis-data, .*Stopped or taken away: /);
  assert.deepEqual(buttons, ['Review', 'Allow once…', 'Refuse']);
  await driver.clickNotification('Allow once…');
  const { detail } = await driver.clickModal('Allow Once, Data Is Lost');
  assert.match(detail, /Data is lost:\s+volume l9-redis-data/);
  assert.equal(await said, '');
  assert.match(await log(), /approved[\s\S]*in the editor, by a person; `docker compose down -v`/);
});

test('a refused command does not run, and the agent is told why', async () => {
  await fresh();
  const said = command('docker compose stop l9-redis');
  await driver.notification('Stopped or taken away: service l9-redis');
  await driver.clickNotification('Refuse');
  assert.match(await said, /deny.*A person has looked at this command and said no/);
  await fresh();
  const again = command('docker compose stop l9-redis');
  await driver.clickNotification('Allow once');
  assert.equal(await again, '', 'a yes without data loss is one click');
});
