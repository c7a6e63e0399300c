import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
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
import { answers } from '../protocol/answers.ts';
import { type Shape, shapes } from '../protocol/shapes.ts';
import type { Action } from '../protocol/toolsOfHosts.ts';

const compose = 'docker-compose.yml';
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');
const before = incident(compose);

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

const silence: Said = { stdout: '', stderr: '', status: 0 };

for (const shape of shapes) {
  const title = `${shape.host} (${shape.events[0]})`;

  test(`${title}: what is asked for passes without a word, what goes beyond is refused in its own way`, async (t) => {
    const { folder, stateHome, say, ask } = project(t, shape);
    const file = join(folder, compose);
    await declareScope(folder, compose, 'change services.l9-redis.image', stateHome);
    const inScope = edit(file, '    image: redis:7-alpine\n', '    image: redis:8-alpine\n');
    const outside = edit(file, '    image: neo4j:5-community\n', '    image: neo4j:4-community\n');
    assert.deepEqual(ask(inScope), silence);
    assert.deepEqual(ask(edit(join(folder, 'notes.md'), 'a\n', 'b\n')), silence);
    assert.match(
      reasonIn(shape, ask(outside)),
      /1 change outside the scope: changed service l9-neo4j, image/,
    );
    assert.match(reasonIn(shape, ask({ do: 'broken', path: file })), /^Infrahold holds this edit/);
    for (const text of ['', '{', '[]', '\u0000', '{"tool_name":"Edit"}'])
      assert.match(reasonIn(shape, say(text)), /Infrahold/);
    assert.equal(readFileSync(file, 'utf8'), before);
  });
}

test('a byte order mark before a payload is not part of it', (t) => {
  const [shape] = shapes;
  assert.ok(shape !== undefined);
  const { folder, say } = project(t, shape);
  const call = shape.call(edit(join(folder, 'notes.md'), 'a\n', 'b\n'));
  assert.ok(call !== undefined);
  assert.deepEqual(say(`\uFEFF${JSON.stringify(shape.before(call, folder))}`), silence);
});

test('a hook that was set up for Claude Code answers each host that runs it in the words of that host', (t) => {
  for (const shape of shapes.filter(({ host }) => host !== 'kiro')) {
    const { folder, ask } = project(t, shape, 'claude-code');
    assert.match(
      reasonIn(shape, ask({ do: 'broken', path: join(folder, compose) })),
      /^Infrahold holds/,
      shape.host,
    );
  }
});

test('a path that is not absolute begins in the folder the agent is in, not in the project', (t) => {
  const gemini = shapes.find(({ host }) => host === 'gemini');
  assert.ok(gemini !== undefined);
  const { folder, say } = project(t, gemini);
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app', 'compose.yml'), 'services:\n  web:\n    image: nginx\n');
  const call = gemini.call(edit('compose.yml', 'nginx', 'caddy'));
  assert.ok(call !== undefined);
  const said = say(JSON.stringify(gemini.before(call, join(folder, 'app'))), { GEMINI_PROJECT_DIR: folder });
  assert.match(reasonIn(gemini, said), /edit of app\/compose\.yml: 1 change outside/);
});

test('other names of a protected file are that file', (t) => {
  const vscode = shapes.find(({ host }) => host === 'vscode');
  assert.ok(vscode !== undefined);
  const { folder, ask } = project(t, vscode);
  symlinkSync(folder, join(folder, '..', 'linked'));
  symlinkSync(compose, join(folder, 'notes.txt'));
  const names = [
    join(folder, 'app', '..', compose),
    `${folder}//./${compose}`,
    compose,
    `../work/${compose}`,
    `file://${folder}/${compose}`,
    `file://${folder}/docker%2Dcompose.yml`,
    `vscode-remote://ssh-remote+host${folder}/${compose}`,
    join(folder, '..', 'linked', compose),
    join(folder, 'notes.txt'),
    `C:/work/${compose}`,
    `/C:/work/${compose}`,
    `${folder}/${compose}\0.md`,
  ];
  for (const name of names) {
    assert.match(reasonIn(vscode, ask(edit(name, 'redis:7-alpine', 'redis:8-alpine'))), /^Infrahold/, name);
  }
});

test('a payload without a folder is judged in the folder of the process', (t) => {
  const [shape] = shapes;
  assert.ok(shape !== undefined);
  const { folder, say } = project(t, shape);
  const call = shape.call({ do: 'write', path: compose, text: 'services: {}\n' });
  assert.ok(call !== undefined);
  const { cwd, ...rest } = shape.before(call, folder) as { cwd: string };
  assert.equal(cwd, folder);
  assert.match(
    reasonIn(shape, say(JSON.stringify(rest))),
    /^Infrahold holds this edit of docker-compose\.yml/,
  );
});

test('a payload of 20 MB and one that is nested deep are answered like any other', (t) => {
  for (const shape of shapes.filter(({ host }) => host === 'claude-code' || host === 'kiro')) {
    const { folder, say, ask } = project(t, shape);
    const text = `services: {}\n# ${'x'.repeat(20_000_000)}\n`;
    assert.match(
      reasonIn(shape, ask({ do: 'write', path: join(folder, compose), text })),
      /^Infrahold holds/,
    );
    assert.deepEqual(ask({ do: 'write', path: join(folder, 'notes.md'), text }), silence);
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const [event] = shape.events;
    for (const payload of [deep, `{"hook_event_name":"${event}","tool_name":"Write","tool_input":${deep}}`])
      assert.match(reasonIn(shape, say(payload)), /^Infrahold/);
  }
});

function project(t: TestContext, shape: Shape, typed = shape.host) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'infrahold-hosts-')));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const [folder, stateHome] = [join(base, 'work'), join(base, 'state')];
  mkdirSync(folder);
  mkdirSync(stateHome);
  writeFileSync(join(folder, compose), before);
  const env = { PATH: process.env.PATH, INFRAHOLD_STATE_HOME: stateHome, GIT_CEILING_DIRECTORIES: base };
  const say = (input: string, more: Readonly<Record<string, string>> = {}): Said => {
    const cli = resolve('dist', 'cli.js');
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'hook', typed], {
      cwd: folder,
      env: { ...env, ...more },
      input,
    });
    return { stdout: stdout.toString(), stderr: stderr.toString(), status };
  };
  const ask = (action: Action): Said => {
    const call = shape.call(action);
    assert.ok(call !== undefined, action.do);
    return say(JSON.stringify(shape.before(call, folder)));
  };
  return { folder, stateHome, say, ask };
}

function edit(path: string, old: string, fresh: string): Action {
  return { do: 'edit', path, old, fresh };
}

/** The reason, where all around it is what the contract says. */
function reasonIn(shape: Shape, { stdout, stderr, status }: Said): string {
  const own = answers[`${shape.host} ${shape.events[0]}`];
  assert.ok(own !== undefined);
  if (own.byExitCode) {
    assert.deepEqual({ stdout, status }, { stdout: '', status: 2 });
    return stderr;
  }
  assert.deepEqual({ stderr, status }, { stderr: '', status: 0 });
  const answer = JSON.parse(stdout);
  const reason = answer.hookSpecificOutput?.permissionDecisionReason ?? answer.reason ?? answer.errorMessage;
  // Where nothing is declared, a host that can ask a person is left to.
  const isAsk = (answer.hookSpecificOutput ?? answer).permissionDecision === 'ask';
  const contract = isAsk ? own.deny.replaceAll('"deny"', '"ask"') : own.deny;
  const like: unknown = JSON.parse(contract.replaceAll('"R"', JSON.stringify(reason)));
  // A payload that could not be read is answered for both ways of Cline.
  if (answer.cancel !== undefined && answer.decision !== undefined) {
    assert.deepEqual(answer, { cancel: true, errorMessage: reason, decision: 'deny', reason });
  } else assert.deepEqual(answer, like);
  return reason;
}
