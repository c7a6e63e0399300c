import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { declareScope } from '../demo/declare.ts';
import { statesIn } from './states.ts';

const compose = 'docker-compose.yml';
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');
const before = incident(compose);
const postgres = before.slice(before.indexOf('  # Memory and'), before.indexOf('  l9-neo4j:'));

interface Project {
  readonly folder: string;
  readonly stateHome: string;
  /** Gives what the hook wrote on standard output: a reason where it refused, the empty text where it let pass. */
  ask(payload: unknown, host?: string, cli?: string): string;
  infrahold(...args: string[]): string;
}

function project(t: TestContext): Project {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-hook-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const folder = join(base, 'work');
  const stateHome = join(base, 'state');
  mkdirSync(folder);
  mkdirSync(stateHome);
  writeFileSync(join(folder, compose), before);
  const env = {
    ...process.env,
    INFRAHOLD_STATE_HOME: stateHome,
    CLAUDE_PROJECT_DIR: '',
    GIT_CEILING_DIRECTORIES: base,
  };
  const start = (cli: string, args: readonly string[], input: string) =>
    spawnSync(process.execPath, [cli, ...args], { cwd: folder, env, input });
  return {
    folder,
    stateHome,
    ask: (payload, host = 'claude-code', cli = resolve('dist', 'cli.js')) => {
      const input = typeof payload === 'string' ? payload : JSON.stringify(payload);
      const { stdout, stderr, status } = start(cli, ['hook', host], input);
      assert.equal(stderr.toString(), '');
      assert.equal(status, 0);
      return stdout.length === 0 ? '' : reasonIn(stdout.toString());
    },
    infrahold: (...args) => start(resolve('dist', 'cli.js'), args, '').stdout.toString(),
  };
}

function reasonIn(stdout: string): string {
  const { hookSpecificOutput } = JSON.parse(stdout);
  assert.equal(hookSpecificOutput.hookEventName, 'PreToolUse');
  assert.equal(hookSpecificOutput.permissionDecision, 'deny');
  assert.notEqual(hookSpecificOutput.permissionDecisionReason, '');
  return hookSpecificOutput.permissionDecisionReason;
}

function call(folder: string, tool: string, input: unknown) {
  return { session_id: 's', cwd: folder, hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input };
}

const write = (folder: string, file: string, content: string) =>
  call(folder, 'Write', { file_path: join(folder, file), content });

test('an edit of another file passes without a word', (t) => {
  const { folder, ask, stateHome } = project(t);
  assert.equal(ask(write(folder, 'src/app.ts', 'export {};')), '');
  assert.deepEqual(statesIn(stateHome), []);
});

test('for another file nothing but the first chunk is loaded', (t) => {
  const { folder, ask } = project(t);
  const alone = join(folder, 'alone', 'cli.js');
  cpSync(resolve('dist', 'cli.js'), alone);
  cpSync(resolve('dist', 'cli', 'program.js'), join(folder, 'alone', 'cli', 'program.js'));
  assert.equal(ask(write(folder, 'src/app.ts', ''), 'claude-code', alone), '');
  assert.match(
    ask(write(folder, compose, before), 'claude-code', alone),
    /could not judge this edit, so it is held/,
  );
});

test('a program that is not whole says no', (t) => {
  const { folder } = project(t);
  const alone = join(folder, 'alone.js');
  cpSync(resolve('dist', 'cli.js'), alone);
  const { status, stderr } = spawnSync(process.execPath, [alone, 'hook', 'claude-code'], { input: '{}' });
  assert.equal(status, 2);
  assert.match(stderr.toString(), /not installed whole/);
});

test('an edit without a change in meaning passes without a word', (t) => {
  const { folder, ask } = project(t);
  const edit = {
    file_path: join(folder, compose),
    old_string: '# Memory and embeddings.',
    new_string: '# Data.',
  };
  assert.equal(ask(call(folder, 'Edit', edit)), '');
});

test('an edit for which no scope is declared is refused, and on record', (t) => {
  const { folder, ask, infrahold } = project(t);
  const edit = { file_path: join(folder, compose), old_string: postgres, new_string: '' };
  assert.match(ask(call(folder, 'Edit', edit)), /removed service l9-postgres.*No scope is declared/);
  assert.equal(readFileSync(join(folder, compose), 'utf8'), before);
  assert.match(infrahold('log'), /held docker-compose\.yml \(claude-code, hook\)/);
});

test('under its scope an edit passes, and one that goes beyond is refused with what is allowed', async (t) => {
  const { folder, ask, stateHome, infrahold } = project(t);
  await declareScope(folder, compose, incident('request.txt'), stateHome);
  assert.equal(ask(write(folder, compose, incident('asked-for.yml'))), '');
  const reason = ask(write(folder, compose, incident('ai-edit.yml')));
  assert.match(
    reason,
    /9 changes outside the scope: removed volume l9-redis-data \(data loss\); .*MEMORY_DSN \(moved-to-host\).*removed service l9-redis;/,
  );
  assert.match(reason, /allows only: remove .*l9-postgres/);
  const [id = ''] = infrahold('restore').split(' ');
  assert.equal(infrahold('restore', id), incident('ai-edit.yml'));
});

test('what is asked for may be done in any order: the service first, what names it after', async (t) => {
  const { folder, ask, stateHome } = project(t);
  await declareScope(folder, compose, incident('request.txt'), stateHome);
  const halfway = before.replace(postgres, '');
  assert.equal(ask(write(folder, compose, halfway)), '');
  const misspelled = halfway.replaceAll('l9-redis:', 'l9-reddis:');
  assert.match(ask(write(folder, compose, misspelled)), /^Infrahold holds/);
});

test('tools of VS Code are read: replacements, patches, whole files', (t) => {
  const { folder, ask } = project(t);
  const filePath = join(folder, compose);
  const patch = `*** Begin Patch\n*** Update File: ${filePath}\n@@\n-    image: redis:7-alpine\n+    image: redis:8\n*** End Patch`;
  const calls = [
    call(folder, 'replace_string_in_file', { filePath, oldString: 'redis:7-alpine', newString: 'redis:8' }),
    call(folder, 'multi_replace_string_in_file', {
      replacements: [{ filePath, oldString: 'redis:7-alpine', newString: 'redis:8' }],
    }),
    call(folder, 'apply_patch', { input: patch }),
    call(folder, 'create_file', { filePath, content: before.replace('redis:7-alpine', 'redis:8') }),
  ];
  for (const payload of calls)
    assert.match(ask(payload, 'vscode'), /changed service l9-redis, image/, payload.tool_name);
});

test('an edit whose result only the host knows is refused, and on record', (t) => {
  const { folder, ask, infrahold } = project(t);
  const input = { filePath: join(folder, compose), code: 'services:\n  # ...existing code...\n' };
  assert.match(
    ask(call(folder, 'insert_edit_into_file', input), 'vscode'),
    /use a tool that states the exact text/,
  );
  assert.match(
    infrahold('log'),
    /held docker-compose\.yml \(vscode, hook\)\n {4}insert_edit_into_file leaves it/,
  );
});

test('an edit that would break the file is refused', (t) => {
  const { folder, ask } = project(t);
  assert.match(ask(write(folder, compose, 'services:\n  web: "\n')), /the text could not be judged/);
});

test('a protected file is protected under another name that leads to it', (t) => {
  const { folder, ask } = project(t);
  symlinkSync(join(folder, compose), join(folder, 'notes.txt'));
  assert.match(ask(write(folder, 'notes.txt', '')), /held|holds/);
});

test('a path relative to the folder of the agent is the same file', (t) => {
  const { folder, ask } = project(t);
  assert.notEqual(ask(call(folder, 'Write', { file_path: `./${compose}`, content: 'services: {}\n' })), '');
});

test('a policy protects more files, and itself', (t) => {
  const { folder, ask } = project(t);
  writeFileSync(join(folder, '.infrahold.yml'), 'protect: ["deploy/*.sh"]\n');
  assert.notEqual(ask(write(folder, 'deploy/up.sh', 'docker compose down -v\n')), '');
  assert.notEqual(ask(write(folder, '.infrahold.yml', 'protect: []\n')), '');
  assert.equal(ask(write(folder, 'src/app.ts', '')), '');
});

test('what is no payload is refused', (t) => {
  const { ask } = project(t);
  for (const payload of ['', '{', 'null', '[]', '{}', '"text"']) assert.notEqual(ask(payload), '', payload);
});

test('other events and reading tools pass without a word', (t) => {
  const { folder, ask } = project(t);
  assert.equal(ask({ session_id: 's', cwd: folder, hook_event_name: 'SessionStart', source: 'startup' }), '');
  assert.equal(ask(call(folder, 'Read', { file_path: join(folder, compose) })), '');
});

test('where the state cannot be opened the answer is no', (t) => {
  const { folder, ask, stateHome } = project(t);
  rmSync(stateHome, { recursive: true });
  writeFileSync(stateHome, 'a file where a folder should be');
  assert.match(
    ask(write(folder, compose, incident('asked-for.yml'))),
    /could not judge this edit, so it is held/,
  );
});
