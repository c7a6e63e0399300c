import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { accepted, onDisk, startGuard, until } from './guardedFolder.ts';
import { hookedProject } from './hookedProject.ts';
import { statesIn } from './states.ts';

const name = 'compose.yml';
const isWindows = process.platform === 'win32';
const version = (at: number) => accepted.replace('api:1', `api:x${at}`);

/** A folder with as many guards in it as are asked for, each a process of its own, and the hook of an agent. */
async function guardedTogether(t: Parameters<typeof hookedProject>[0], count: number) {
  const project = hookedProject(t, { [name]: accepted });
  const env = { ...process.env, INFRAHOLD_STATE_HOME: project.stateHome, NO_COLOR: '1' };
  const start = () => startGuard(t, { root: project.folder, env, guards: project.guards });
  const guards = await Promise.all(Array.from({ length: count }, start));
  return { ...project, guards };
}

test('two guards and a hook under two hundred writes put each back once and record it once', {
  skip: isWindows,
}, async (t) => {
  const { folder, guards, hookSoon, records, session, infrahold } = await guardedTogether(t, 2);
  const told = () => guards.map((guard) => guard.told().stdout.split('Put back').length - 1);
  const agent = session();
  for (let at = 0; at < 200; at++) {
    writeFileSync(join(folder, name), version(at));
    // While the guards are at it, the agent's host asks its hook to look after the tool that wrote.
    const looked = at % 20 === 0 ? hookSoon(agent.ran('make', `call${at}`)) : undefined;
    await until(`write ${at} was put back`, () => onDisk(folder, name) === accepted);
    await looked;
  }
  const refusals = (event: string) =>
    records()
      .filter((one) => one.event === event)
      .map((one) => one.quarantine);
  // The disk is right before the record of it is safe.
  await until('the last one is on record', () => refusals('restored').length === 200);
  assert.equal(refusals('held').length, 200);
  assert.equal(new Set(refusals('held')).size, 200);
  assert.deepEqual(refusals('restored').sort(), refusals('held').sort());
  const kept = infrahold('restore')
    .split('\n')
    .filter((line) => /^[0-9a-f]{20} /.test(line));
  assert.deepEqual(kept.map((line) => line.slice(0, 20)).sort(), refusals('held').sort());
  const [first = 0, second = 0] = told();
  assert.ok(first + second <= 200, 'what one guard told of, the other does not');
  assert.match(infrahold('log', '--verify'), /The record is whole/);
  t.diagnostic(
    `several guards sweep: 200 writes, 200 refusals on record, ${first} and ${second} of them told`,
  );
});

test('the same refused version that comes back is one refusal, whichever guard finds it', {
  skip: isWindows,
}, async (t) => {
  const { folder, records } = await guardedTogether(t, 2);
  for (let round = 0; round < 30; round++) {
    writeFileSync(join(folder, name), version(round % 2));
    await until('it was put back', () => onDisk(folder, name) === accepted);
  }
  const count = (wanted: string) => records().filter(({ event }) => event === wanted).length;
  await until('the last one is on record', () => count('restored') === 30);
  assert.equal(count('held'), 2);
});

test('a guard that is killed while it has its turn does not stop the other', {
  skip: isWindows,
}, async (t) => {
  const { folder, guards, stateHome } = await guardedTogether(t, 2);
  const [state = ''] = statesIn(stateHome);
  const turn = join(stateHome, 'infrahold', state, 'turns', createHash('sha256').update(name).digest('hex'));
  const [killed] = guards;
  await killed?.kill('SIGKILL');
  // Whether it died in its turn is chance, so the turn is left here as it would have been.
  mkdirSync(turn, { recursive: true });
  const started = performance.now();
  writeFileSync(join(folder, name), version(1));
  await until('the other put it back', () => onDisk(folder, name) === accepted, 15_000);
  t.diagnostic(`taken over after ${Math.round(performance.now() - started)} ms`);
  await until('it gave the turn back', () => !existsSync(turn));
});
