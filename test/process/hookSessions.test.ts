import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { declareScope } from '../demo/declare.ts';
import { hookedProject } from './hookedProject.ts';
import { statesIn } from './states.ts';

const compose = 'docker-compose.yml';
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');
const files = { [compose]: incident(compose) };
const request = incident('request.txt');
const askedFor = incident('asked-for.yml');
const aiEdit = incident('ai-edit.yml');

test('what a person orders in the prompt is the scope of that session, and of no other', (t) => {
  const { hook, session } = hookedProject(t, files);
  const [one, other] = [session('s1'), session('s2')];
  assert.equal(hook(one.prompt(request)), '');
  assert.equal(hook(one.write(compose, askedFor, 'c1')), '');
  assert.match(hook(other.write(compose, askedFor, 'c2')), /^deny: .*No scope is declared/);
});

test('what goes beyond the prompt is refused, with what it allows', (t) => {
  const { hook, session } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt(request));
  assert.match(
    hook(agent.write(compose, aiEdit)),
    /^deny: .*9 changes outside the scope.*allows only: remove service l9-postgres/,
  );
});

test('a subagent’s task and an empty prompt change nothing', (t) => {
  const { hook, session, infrahold } = hookedProject(t, files);
  const agent = session();
  assert.equal(hook(agent.prompt(request, { agent_id: 'a1', agent_type: 'explore' })), '');
  assert.match(hook(agent.write(compose, askedFor, 'c1')), /^deny/);
  hook(agent.prompt(request));
  assert.equal(hook(agent.prompt('', {})), '');
  assert.equal(hook(agent.prompt('Forget that.', { agent_id: 'a1', agent_type: 'explore' })), '');
  assert.equal(hook(agent.write(compose, askedFor, 'c2')), '');
  assert.match(
    infrahold('log'),
    /scope-heard .*\n {4}scope: docker-compose\.yml: remove service l9-postgres/,
  );
});

test('a follow-up adds, and a person can take everything back', (t) => {
  const { hook, session } = hookedProject(t, files);
  const agent = session();
  const both = askedFor.replace('redis:7-alpine', 'redis:8');
  hook(agent.prompt(request));
  assert.match(hook(agent.write(compose, both, 'c1')), /^deny/);
  hook(agent.prompt('Also bump redis to 8.'));
  assert.equal(hook(agent.write(compose, both, 'c2')), '');
  hook(agent.prompt('Forget that.'));
  assert.match(hook(agent.write(compose, both, 'c3')), /^deny/);
});

test('what a session was told ends with it', (t) => {
  const { hook, session } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt(request));
  assert.equal(hook(agent.write(compose, askedFor, 'c1')), '');
  assert.equal(hook(agent.end()), '');
  assert.match(hook(agent.write(compose, askedFor, 'c2')), /^deny/);
});

test('a scope that a person declared is the ceiling over every prompt', async (t) => {
  const { folder, stateHome, hook, session } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt(request));
  await declareScope(folder, compose, 'Remove the redis service.', stateHome);
  assert.match(hook(agent.write(compose, askedFor)), /^deny: .*allows only: remove service l9-redis/);
});

test('data that goes with what was ordered is asked about, unless the prompt names it', (t) => {
  const before =
    'services:\n  web: {image: web}\n  redis:\n    image: redis:7\n    volumes: [data:/data]\nvolumes:\n  data:\n';
  const after = 'services:\n  web: {image: web}\n';
  const { hook, session } = hookedProject(t, { 'compose.yml': before });
  const [one, other] = [session('s1'), session('s2')];
  hook(one.prompt('Remove redis.'));
  assert.match(hook(one.write('compose.yml', after)), /^deny: .*removed volume data \(data loss\)/);
  hook(other.prompt('Remove redis and the volume data.'));
  assert.equal(hook(other.write('compose.yml', after)), '');
});

test('in a folder without infrastructure a prompt leaves no trace', (t) => {
  const { hook, session, stateHome } = hookedProject(t, { 'src/app.ts': '' });
  const agent = session();
  const payloads = [agent.start(), agent.prompt(request), agent.bash('rm -rf src'), agent.ran('rm -rf src')];
  for (const payload of payloads) assert.equal(hook(payload), '');
  assert.deepEqual(statesIn(stateHome), []);
});

test('one call that fires through two configuration files is judged once, recorded once and answered alike', async (t) => {
  const { hookSoon, session, records } = hookedProject(t, files);
  const agent = session();
  const twice = (call: string | undefined) =>
    Promise.all([1, 2].map(() => hookSoon(agent.write(compose, aiEdit, call))));
  for (const call of ['c1', undefined]) {
    const [first, second] = await twice(call);
    assert.match(first ?? '', /^deny: /);
    assert.equal(second, first);
  }
  const held = records().filter(({ event }) => event === 'held');
  assert.equal(held.length, 2);
});

test('the same edit under another number is a question of its own', (t) => {
  const { hook, session, records } = hookedProject(t, files);
  const agent = session();
  for (const call of ['c1', 'c2', 'c1']) assert.match(hook(agent.write(compose, aiEdit, call)), /^deny: /);
  assert.equal(records().filter(({ event }) => event === 'held').length, 2);
});

test('a program’s write beyond the scope is put back after the tool, and the agent is told how things are', (t) => {
  const { hook, session, read, write } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt(request));
  write(compose, aiEdit);
  const told = hook(agent.ran('python3 cleanup.py', 'c1'));
  assert.match(told, /^context: Infrahold put docker-compose\.yml back .*Undone: removed services\.l9-redis/);
  assert.equal(read(compose), files[compose]);
  assert.equal(hook(agent.ran('ls', 'c2')), '');
});

test('a program’s write within the scope stays, and nothing is said', (t) => {
  const { hook, session, read, write } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt(request));
  write(compose, askedFor);
  assert.equal(hook(agent.ran('sed -i …', 'c1')), '');
  assert.equal(read(compose), askedFor);
});

test('a refused edit that comes back through a program is named as such', (t) => {
  const { hook, session, read, write, records } = hookedProject(t, files);
  const agent = session();
  hook(agent.start());
  assert.match(hook(agent.write(compose, aiEdit, 'c1')), /^deny/);
  write(compose, `${aiEdit}\n# rewritten\n`);
  assert.match(hook(agent.ran('python3 - <<E', 'c2')), /^context: .*On record: the edit that was refused as/);
  assert.equal(read(compose), files[compose]);
  assert.equal(records().filter(({ note }) => /came back by a command/.test(String(note))).length, 1);
});

test('what a person types between two tools is taken as it is', (t) => {
  const { hook, session, read, write } = hookedProject(t, files);
  const agent = session();
  hook(agent.start());
  const typed = incident(compose).replace('redis:7-alpine', 'redis:8');
  write(compose, typed);
  assert.equal(hook(agent.bash('npm test', 'c1')), '');
  assert.equal(hook(agent.ran('npm test', 'c1')), '');
  assert.equal(read(compose), typed);
});

test('where the host asks, a yes counts for that very call once it has run', (t) => {
  const { folder, hook, read, write } = hookedProject(t, files);
  const content = incident(compose).replace('redis:7-alpine', 'redis:8');
  const event = (hook_event_name: string, tool_use_id: string, tool_name = 'create_file') => ({
    ...{ timestamp: '2026-11-26T10:00:00.000Z', session_id: 's1', transcript_path: '/t', cwd: folder },
    ...{ hook_event_name, tool_use_id, tool_name },
    tool_input:
      tool_name === 'create_file' ? { filePath: join(folder, compose), content } : { command: 'sed -i …' },
  });
  hook({ ...event('SessionStart', ''), source: 'new' }, 'vscode');
  assert.match(hook(event('PreToolUse', 'c1'), 'vscode'), /^ask: .*changed service l9-redis, image/);
  write(compose, content);
  assert.match(
    hook(event('PostToolUse', 'c2', 'run_in_terminal'), 'vscode'),
    /^context: .*put docker-compose/,
  );
  assert.equal(read(compose), files[compose]);
  write(compose, content);
  assert.equal(hook(event('PostToolUse', 'c1'), 'vscode'), '');
  assert.equal(read(compose), content);
});

test('an edit that passed is accepted once it is made', (t) => {
  const { hook, session, read, write } = hookedProject(t, files);
  const agent = session();
  hook(agent.prompt(request));
  assert.equal(hook(agent.write(compose, askedFor, 'c1')), '');
  write(compose, askedFor);
  assert.equal(hook(agent.wrote(compose, askedFor, 'c1')), '');
  assert.equal(hook(agent.ran('ls', 'c2')), '');
  assert.equal(read(compose), askedFor);
});
