import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { doorAt, say } from './doorAt.ts';
import { startGuard } from './guardedFolder.ts';
import { hookedProject } from './hookedProject.ts';

const compose = 'docker-compose.yml';
const incident = (name: string) => readFileSync(join('test', 'cases', 'incident', name), 'utf8');
const files = { [compose]: incident(compose), 'sub/compose.yml': 'services:\n  web:\n    image: web:1\n' };
const other = incident(compose).replace('redis:7-alpine', 'redis:8');

test('a hook knocks with the token and the id of what it keeps, and nothing of the edit', async (t) => {
  const project = hookedProject(t, files);
  const heard = await doorAt(t, project, (socket) => {
    say(socket, { asked: true });
    say(socket, { answer: 'approved' });
  });
  assert.equal(await project.hookSoon(project.session().write(compose, other, 'c1')), '');
  const { infrahold, token, ask, ...rest } = JSON.parse(heard.join(''));
  assert.deepEqual([infrahold, token, rest], [1, 'secret', {}]);
  assert.equal(project.infrahold('restore', ask), other);
});

test('each answer of a person is told as it is', async (t) => {
  const answers = [
    ['refused', /A person has looked at this edit and said no/],
    ['kept-asked', /kept only the part that was asked for/],
    ['something new', /Declare Scope/],
  ] as const;
  for (const [answer, expected] of answers) {
    const project = hookedProject(t, files);
    await doorAt(t, project, (socket) => {
      say(socket, { asked: true });
      say(socket, { answer });
    });
    assert.match(await project.hookSoon(project.session().write(compose, other, 'c1')), expected);
  }
});

test('a door behind which nobody answers, or nonsense is said, is no yes', async (t) => {
  const silent = hookedProject(t, files);
  await doorAt(t, silent, () => undefined);
  assert.match(await silent.hookSoon(silent.session().write(compose, other, 'c1')), /^deny: /);
  const mad = hookedProject(t, files);
  await doorAt(t, mad, (socket) => socket.write('approved\n'));
  assert.match(await mad.hookSoon(mad.session().write(compose, other, 'c1')), /^deny: /);
  const rude = hookedProject(t, files);
  await doorAt(t, rude, (socket) => socket.destroy());
  assert.match(await rude.hookSoon(rude.session().write(compose, other, 'c1')), /^deny: /);
});

test('a window that is gone, its file left behind, is not asked', async (t) => {
  const project = hookedProject(t, files);
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'close');
  const heard = await doorAt(t, project, () => undefined, child.pid);
  assert.match(await project.hookSoon(project.session().write(compose, other, 'c1')), /^deny: /);
  assert.deepEqual(heard, []);
});

test('a question that fires twice is put once, and both get the person’s answer', async (t) => {
  const project = hookedProject(t, files);
  const heard = await doorAt(t, project, (socket) => {
    say(socket, { asked: true });
    setTimeout(() => say(socket, { answer: 'approved' }), 600);
  });
  const payload = project.session().write(compose, other, 'c1');
  assert.deepEqual(await Promise.all([project.hookSoon(payload), project.hookSoon(payload)]), ['', '']);
  assert.equal(heard.length, 1);
});

test('what goes beyond a scope is refused without a question', async (t) => {
  const project = hookedProject(t, files);
  const heard = await doorAt(t, project, (socket) => say(socket, { asked: true }));
  const agent = project.session();
  await project.hookSoon(agent.prompt(incident('request.txt')));
  assert.match(await project.hookSoon(agent.write(compose, other, 'c1')), /^deny: .*allows only/);
  assert.deepEqual(heard, []);
});

test('an agent below the folder that is watched has the scope and the guard of that folder', async (t) => {
  const project = hookedProject(t, files);
  const env = { ...process.env, INFRAHOLD_STATE_HOME: project.stateHome };
  await startGuard(t, { root: project.folder, env, guards: project.guards });
  const below = { ...project.session(), cwd: join(project.folder, 'sub') };
  const from = (payload: object) => ({ ...payload, cwd: below.cwd });
  const after = 'services:\n  web:\n    image: web:2\n';
  assert.equal(await project.hookSoon(from(below.prompt('In sub/compose.yml, bump web to 2.'))), '');
  assert.equal(await project.hookSoon(from(below.write('sub/compose.yml', after, 'c1'))), '');
  assert.match(
    project.infrahold('log'),
    /scope-heard .*\n {4}scope: sub\/compose\.yml: change services\.web\.image/,
  );
});

const down = 'docker compose down -v';

test('a command is asked about with all that it would take away, data and the rest', async (t) => {
  const project = hookedProject(t, files);
  const heard = await doorAt(t, project, (socket) => {
    say(socket, { asked: true });
    say(socket, { answer: 'approved' });
  });
  assert.equal(await project.hookSoon(project.session().bash(down, 'c1')), '');
  const { infrahold, token, command, ...rest } = JSON.parse(heard.join(''));
  assert.deepEqual([infrahold, token, rest], [1, 'secret', {}]);
  assert.equal(command.text, down);
  const lost = command.takes.filter(({ dataLoss }: { dataLoss: boolean }) => dataLoss);
  assert.deepEqual(
    lost.map(({ name }: { name: string }) => name),
    ['l9-redis-data', 'l9-postgres-data', 'l9-neo4j-data', 'l9-neo4j-logs'].map((name) => `volume ${name}`),
  );
  assert.ok(command.takes.some(({ name }: { name: string }) => name === 'service l9-api'));
});

test('several parts of one command are one question', async (t) => {
  const project = hookedProject(t, files);
  const heard = await doorAt(t, project, (socket) => {
    say(socket, { asked: true });
    say(socket, { answer: 'approved' });
  });
  const both = `${down} && docker volume rm l9-redis-data`;
  assert.equal(await project.hookSoon(project.session().bash(both, 'c1')), '');
  assert.equal(heard.length, 1);
  assert.match(JSON.parse(heard.join('')).command.text, /down -v.*volume rm/);
});

test('a command that a person refuses, or leaves unanswered, does not run', async (t) => {
  const answers = [
    ['refused', /^deny: .*A person has looked at this command and said no/s],
    ['unanswered', /^deny: .*has not answered yet.* run exactly this command again/s],
  ] as const;
  for (const [answer, expected] of answers) {
    const project = hookedProject(t, files);
    await doorAt(t, project, (socket) => {
      say(socket, { asked: true });
      say(socket, { answer });
    });
    assert.match(await project.hookSoon(project.session().bash(down, 'c1')), expected);
  }
});
