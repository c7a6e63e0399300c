import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../disk/temporaryFolder.ts';
import { crashAfter, isWrite } from './crashPoints.ts';
import { type CrashStep, crashSteps, earlierIsThere, guardAt, prepareState } from './crashSteps.ts';

const [, , mode, named = '', workspace = '', stateHome = '', last = '', torn = ''] = process.argv;
if (mode === 'crash') {
  // This file also serves as the program that crashes.
  await runUntilCrash(crashSteps[named], Number(last), torn === 'torn');
  process.exit();
}

async function runUntilCrash(step: CrashStep | undefined, point: number, tears: boolean): Promise<void> {
  const act = await step?.ready(await guardAt(workspace, stateHome));
  const points = await crashAfter(point, tears);
  await act?.();
  await new Promise((sent) => process.send?.(points.passed(), sent));
}

/** Without a crash: how many points there are. */
const never = 1_000_000;
/** Most of the time a start after a crash waits for the lock that the dead one held. */
const atOnce = 32;
/** All points take two minutes; a share of them, at each step another, is for every day. */
const every = process.env.INFRAHOLD_SWEEP === 'all' ? 1 : 4;

for (const [at, [name, step]] of Object.entries(crashSteps).entries()) {
  test(`killed at any point of "${name}", a guard loses nothing and goes on`, {
    skip: process.platform === 'win32',
  }, async (t) => {
    const folder = temporaryFolder(t);
    const prepared = placeIn(join(folder, 'prepared'));
    await prepareState(prepared.workspace, prepared.stateHome);
    const whole = await runCopy(t, prepared, placeIn(join(folder, 'whole')), [name, `${never}`]);
    assert.ok(whole.passed.length > 0, 'it changes something on disk');
    const crashes = whole.passed.flatMap((call, index) => {
      if ((index + at) % every !== 0) return [];
      const point = [name, `${index + 1}`];
      return isWrite(call) ? [point, [...point, 'torn']] : [point];
    });
    for (let done = 0; done < crashes.length; done += atOnce) {
      const some = crashes.slice(done, done + atOnce);
      await Promise.all(
        some.map(async (crash, index) => {
          const place = placeIn(join(folder, `${done + index}`));
          assert.equal((await runCopy(t, prepared, place, crash)).signal, 'SIGKILL', crash.join(' '));
          await survives(place, step).catch((error: unknown) => {
            throw new Error(`after a crash: ${crash.join(' ')}`, { cause: error });
          });
        }),
      );
    }
    t.diagnostic(`crash sweep: "${name}" ${whole.passed.length} points, cut short ${crashes.length} times`);
  });
}

interface Folders {
  readonly workspace: string;
  readonly stateHome: string;
}

function placeIn(base: string): Folders {
  const place = { workspace: join(base, 'shop'), stateHome: join(base, 'state') };
  for (const folder of Object.values(place)) mkdirSync(folder, { recursive: true });
  return place;
}

/** Runs a step as a process of its own, on a copy of the prepared folder and its state. */
async function runCopy(t: TestContext, from: Folders, to: Folders, [step = '', ...how]: readonly string[]) {
  cpSync(from.workspace, to.workspace, { recursive: true });
  const states = await Promise.all([from, to].map((one) => guardAt(one.workspace, one.stateHome)));
  const [source, target] = states.map(({ store }) => store.directory);
  if (source !== undefined && target !== undefined) cpSync(source, target, { recursive: true });
  const args = ['crash', step, to.workspace, to.stateHome, ...how];
  const child = fork(fileURLToPath(import.meta.url), args, { execArgv: [] });
  t.after(() => child.kill('SIGKILL'));
  let passed: readonly string[] = [];
  child.on('message', (calls) => {
    if (Array.isArray(calls)) passed = calls;
  });
  const [, signal] = await once(child, 'exit');
  return { passed, signal };
}

/** What the next start finds, and that it can do the same again. */
async function survives({ workspace: shop, stateHome: state }: Folders, step: CrashStep): Promise<void> {
  const damage: string[] = [];
  const heed = (message: string) => void damage.push(message);
  const found = await guardAt(shop, state, heed);
  await earlierIsThere(found, step);
  await step.survived(found);
  const started = await guardAt(shop, state, heed);
  const act = await step.ready(started);
  await act();
  await step.done(started);
  assert.deepEqual((await started.store.audit.verify()).problems, []);
  // Half a line of the record is what a crash may leave; everything else is there or is not.
  const other = damage.filter((message) => !message.includes('damaged line(s) were passed over'));
  assert.deepEqual(other, []);
}
