import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { declareScope } from '../../demo/declare.ts';
import { compose, connect, eras, incident, project, textIn } from './agent.ts';

const before = incident(compose);

test('three tools are offered, and each refuses what it does not know', async (t) => {
  const { client, call } = await connect(t, project(t));
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name).sort(), ['check_edit', 'current_scope', 'request_scope']);
  for (const { name, inputSchema, outputSchema } of tools) {
    assert.equal(inputSchema.additionalProperties, false, name);
    assert.ok(outputSchema, name);
  }
  const wrong = [
    ['check_edit', { path: compose, text: before, force: true }],
    ['check_edit', { path: compose }],
    ['current_scope', { path: 7 }],
    ['request_scope', { path: compose, grants: [], reason: 'none' }],
    [
      'request_scope',
      { path: compose, grants: ['remove service l9-redis'], reason: 'long', minutes: 100_000 },
    ],
  ] as const;
  for (const [name, input] of wrong) {
    const result = await call(name, input);
    assert.equal(result.isError, true, textIn(result));
    assert.match(textIn(result), /Invalid arguments/);
  }
});

for (const era of eras) {
  test(`the scope is told as it is declared (${era})`, async (t) => {
    const place = project(t);
    const { ask } = await connect(t, place, undefined, era);
    const none = await ask('current_scope', {});
    assert.equal(none.fields.scope, null);
    assert.deepEqual(none.fields.protected, [compose]);
    assert.match(none.text, /No scope is declared/);
    await declareScope(place.folder, compose, incident('request.txt'), place.stateHome);
    const declared = await ask('current_scope', { path: compose });
    assert.deepEqual(
      declared.fields.scope?.grants.map(({ address }) => address),
      ['services.l9-postgres'],
    );
    assert.match(declared.text, /for 60 minutes more: remove service l9-postgres\. Nothing else/);
  });
}

test('a file that nobody protects may be edited', async (t) => {
  const { ask } = await connect(t, project(t));
  assert.match((await ask('current_scope', { path: 'app.ts' })).text, /app\.ts is not protected/);
  const { fields } = await ask('check_edit', { path: 'app.ts', text: 'export {};\n' });
  assert.deepEqual([fields.verdict, fields.protected], ['allow', false]);
});

test('an edit is judged before it is made, and nothing is kept of it', async (t) => {
  const place = project(t);
  await declareScope(place.folder, compose, incident('request.txt'), place.stateHome);
  const { ask } = await connect(t, place);
  const check = (text: string | null) => ask('check_edit', { path: compose, text });
  const beyond = await check(incident('ai-edit.yml'));
  assert.equal(beyond.fields.verdict, 'deny');
  assert.equal(beyond.fields.outside.length, 9);
  assert.ok(beyond.fields.outside.includes('removed volume l9-redis-data (data loss)'));
  assert.match(beyond.text, /The task allows only: remove service l9-postgres/);
  assert.equal((await check(incident('asked-for.yml'))).fields.verdict, 'allow');
  assert.equal((await check(before.replace('# Memory', '# The memory'))).fields.verdict, 'allow');
  assert.equal((await check(null)).fields.verdict, 'deny');
  const broken = await check('services:\n  web: "\n');
  assert.equal(broken.fields.verdict, 'undecided');
  assert.equal(broken.fields.problems[0]?.line, 3);
  assert.equal(readFileSync(join(place.folder, compose), 'utf8'), before);
  assert.equal(place.infrahold(['restore']), 'No version was refused here.\n');
  assert.doesNotMatch(place.infrahold(['log']), /held|passed/);
});

test('a secret shows nowhere, and that it changed does', async (t) => {
  const place = project(t);
  const text = before.replace(
    'POSTGRES_DB: l9_memory',
    'POSTGRES_DB: l9_memory\n      API_TOKEN: hunter2hunter2',
  );
  writeFileSync(join(place.folder, compose), text);
  const { call } = await connect(t, place);
  const result = await call('check_edit', {
    path: compose,
    text: text.replace('hunter2hunter2', 'correcthorse9'),
  });
  assert.match(JSON.stringify(result), /API_TOKEN.*\(changed\)/);
  assert.doesNotMatch(JSON.stringify(result), /hunter2|correcthorse/);
});

test('only files of the project are spoken of, whatever leads out of it', async (t) => {
  const place = project(t);
  writeFileSync(join(place.stateHome, compose), before);
  symlinkSync(join(place.stateHome, compose), join(place.folder, 'compose.yml'));
  const { call } = await connect(t, place);
  for (const path of ['../state/docker-compose.yml', '/etc/hosts', 'compose.yml', '.', '..']) {
    const result = await call('check_edit', { path, text: before });
    assert.match(textIn(result), /is not a file in/, path);
    assert.equal(result.isError, true);
  }
});

test('nothing but the protocol is on standard output, and the end of standard input is the end', async (t) => {
  const { folder, stateHome } = project(t);
  const child = spawn(process.execPath, [resolve('dist', 'cli.js'), 'mcp'], {
    cwd: folder,
    env: { ...process.env, INFRAHOLD_STATE_HOME: stateHome },
  });
  t.after(() => child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const hello = {
    ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'old', version: '0' } },
  };
  child.stdin.write(`no json at all\n${JSON.stringify(hello)}\n`);
  await once(child.stdout, 'data');
  child.stdin.end();
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  const [first = '', ...rest] = printed.trimEnd().split('\n');
  assert.equal(JSON.parse(first).result.serverInfo.name, 'infrahold');
  assert.deepEqual(rest, []);
});

test('a folder that is none is wrong usage', (t) => {
  const { infrahold, folder } = project(t);
  assert.equal(infrahold(['mcp', 'nowhere']), '');
  assert.equal(existsSync(join(folder, 'nowhere')), false);
});
