import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type HookedProject, hookedProject } from './hookedProject.ts';
import { statesIn } from './states.ts';

const name = 'docker-compose.yml';
const accepted = readFileSync(resolve('test/cases/incident', name), 'utf8');
const commented = accepted.replace('# Memory', '# The memory');
/** What Compose cannot load, and nobody can judge. */
const broken = 'services:\n  web:\n    image: "web:${TAG" # the web\n';

/** A file is told at once where nobody can be writing it. */
const atRest = () => delay(2_100);

/** The program without what judges: all that it can do is let pass, or say that it cannot judge. */
function quickAlone({ folder }: HookedProject): string {
  const alone = join(folder, 'alone');
  cpSync(resolve('dist', 'cli.js'), join(alone, 'cli.js'));
  for (const file of ['program.js', 'hookQuick.js'])
    cpSync(resolve('dist', 'cli', file), join(alone, 'cli', file));
  return join(alone, 'cli.js');
}

test('an edit that leaves every value as it was passes before anything that judges is loaded', async (t) => {
  const project = hookedProject(t, { [name]: accepted, 'broken/compose.yml': broken });
  const cli = quickAlone(project);
  const agent = project.session();
  await atRest();
  assert.equal(project.hook(agent.write(name, commented), 'claude-code', cli), '');
  const other = broken.replace('the web', 'another');
  assert.equal(project.hook(agent.write('broken/compose.yml', other), 'claude-code', cli), '');
  assert.deepEqual(statesIn(project.stateHome), []);
  const changes = [
    accepted.replace('redis:7', 'redis:8'),
    '',
    `${commented}\tx`,
    accepted.replace('services:', 'services: &all'),
  ];
  for (const text of changes)
    assert.match(project.hook(agent.write(name, text), 'claude-code', cli), /^deny: .*could not judge/, text);
});

test('what is accepted counts, and not what the disk holds', async (t) => {
  const { hook, session, write, records } = hookedProject(t, { [name]: accepted });
  const agent = session();
  hook(agent.bash('docker compose config -q'));
  write(name, accepted.replace('redis:7', 'redis:8'));
  await atRest();
  const taken = () => records().filter(({ note }) => note === 'it was changed while nobody watched').length;
  assert.equal(taken(), 0);
  assert.equal(hook(agent.write(name, commented.replace('redis:7', 'redis:8'))), '');
  assert.equal(taken(), 1, 'the whole judgement was asked, which looks at the disk');
});

test('with a policy the whole judgement is asked', async (t) => {
  const files = { [name]: accepted, '.infrahold.yml': 'protect: [docker-compose.yml]\n' };
  const project = hookedProject(t, files);
  await atRest();
  const agent = project.session();
  assert.match(
    project.hook(agent.write(name, commented), 'claude-code', quickAlone(project)),
    /^deny: .*could not judge/,
  );
  assert.equal(project.hook(agent.write(name, commented)), '');
});
