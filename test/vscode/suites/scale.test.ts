import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until, wait } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { measured } from '../support/start.ts';
import { test } from '../support/suite.ts';
import { uri } from '../support/workspace.ts';

const count = Number(process.env.INFRAHOLD_TEST_FILES ?? '100');
/** Milliseconds in which nothing happens. */
const idle = Number(process.env.INFRAHOLD_TEST_IDLE ?? '500');

/** A folder with many protected files. `npm run bench` opens one of thousands. */
export const fixture: Fixture = {
  reason: 'hidden',
  extension: 'required',
  versions: ['1.139.1'],
  files: Object.fromEntries(Array.from({ length: count }, (_, index) => [pathOf(index), textOf(index)])),
  env: { INFRAHOLD_TEST_FILES: String(count), INFRAHOLD_TEST_IDLE: String(idle) },
};

/**
 * What the engine has not cleared away yet is no need of ours, nor is the room that it gives its young generation in a
 * busy moment and takes back when memory is scarce.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this engine collects no garbage when it is asked');
  for (let times = 0; times < 2; times++) collect({ type: 'major', flavor: 'last-resort' });
}

function pathOf(index: number): string {
  return `group-${index % 50}/stack-${index}/compose.yml`;
}

/** As large as a small stack; each is another. */
function textOf(index: number, image = `app:1.${index}`): string {
  const ports = `    ports:\n      - "${10_000 + index}:8080"\n    environment:\n      LOG_LEVEL: info\n`;
  return `services:\n  app:\n    image: ${image}\n${ports}    volumes:\n      - data:/var/lib/app\nvolumes:\n  data:\n`;
}

test(
  'a folder of many protected files is guarded whole, at the first start and at a later one',
  async (context) => {
    await until(() => assert.notEqual(measured('guarded'), undefined), 180_000);
    const note = (what: string) => context.note(`${count} files in an extension host: ${what}`);
    await note(`${context.visit === 1 ? 'first' : 'later'} start ${measured('guarded')} ms`);
    if (context.visit === 1) await context.reload();
    // What the start has left behind is taken away while nothing happens.
    await wait(10_000);
    const since = process.cpuUsage();
    await wait(idle);
    const { user, system } = process.cpuUsage(since);
    collectGarbage();
    const { rss, heapUsed } = process.memoryUsage();
    await note(`busy ${((user + system) / idle / 10).toFixed(2)} %`);
    await note(`heap ${Math.round(heapUsed / 1024)} KB`);
    await note(`resident ${Math.round(rss / 1024)} KB`);
    for (const index of [0, count - 1]) {
      const { fsPath } = uri(pathOf(index));
      writeFileSync(fsPath, textOf(index, 'evil:1'));
      await until(() => assert.equal(readFileSync(fsPath, 'utf8'), textOf(index)), 2_000);
    }
  },
  { timeout: 300_000 },
);
