import { strict as assert } from 'node:assert';
import { createInterface } from 'node:readline';
import { said, startCli } from '../support/cli.ts';
import { driver } from '../support/driver.ts';
import { filesFor, fresh, until } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';
import { uri } from '../support/workspace.ts';

/** What agents ask the person in this window beside edits: for a wider scope, and whether a command may run. */
export const fixture: Fixture = {
  reason: 'hidden',
  // What a program writes into the state is the same for every editor.
  versions: ['1.139.1'],
  extension: 'required',
  files: filesFor('scope'),
};

const path = 'scope/docker-compose.yml';

/** Calls `request_scope` of `infrahold mcp` as a client does that shows no forms. */
async function requestScope(...grants: readonly string[]): Promise<string> {
  const server = startCli('mcp', uri('.').fsPath);
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
  const payload = {
    ...{ session_id: 's', turn_id: 't', cwd: uri('scope').fsPath, model: 'm' },
    ...{ hook_event_name: 'PreToolUse', tool_use_id: `call_${calls++}`, tool_name: 'Bash' },
    tool_input: { command: text },
  };
  return (await said(startCli('hook', 'codex'), JSON.stringify(payload))).stdout;
}

let calls = 0;

async function log(): Promise<string> {
  return (await said(startCli('log', '--count', '5'))).stdout;
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
  const answered = command('docker compose down -v');
  const { message, buttons } = await driver.notification('codex wants to run “docker compose down -v”');
  assert.match(message, /DATA IS LOST: volume l9-redis-data, .*Stopped or taken away: /);
  assert.deepEqual(buttons, ['Review', 'Allow once…', 'Refuse']);
  await driver.clickNotification('Allow once…');
  const { detail } = await driver.clickModal('Allow Once, Data Is Lost');
  assert.match(detail, /Data is lost:\s+volume l9-redis-data/);
  assert.equal(await answered, '');
  assert.match(await log(), /approved[\s\S]*in the editor, by a person; `docker compose down -v`/);
});

test('a refused command does not run, and the agent is told why', async () => {
  await fresh();
  const answered = command('docker compose stop l9-redis');
  await driver.notification('Stopped or taken away: service l9-redis');
  await driver.clickNotification('Refuse');
  assert.match(await answered, /deny.*A person has looked at this command and said no/);
  await fresh();
  const again = command('docker compose stop l9-redis');
  await driver.clickNotification('Allow once');
  assert.equal(await again, '', 'a yes without data loss is one click');
});
