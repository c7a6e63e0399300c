import { strict as assert } from 'node:assert';
import { driver } from '../support/driver.ts';
import { filesFor, fresh, until } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { activationTime, measured } from '../support/start.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = { reason: 'hidden', extension: 'required', files: filesFor('stack') };

test('a folder with a compose file is guarded by itself', async (context) => {
  await fresh();
  await until(async () => assert.match((await driver.statusBar()).join(' | '), /Protected/));
  await until(() => assert.notEqual(measured('guarded'), undefined));
  const second = measured('second-phase');
  const guarded = measured('guarded');
  await context.note(
    `activation ${await activationTime()} ms, first phase ${measured('first-phase')} ms, second phase ${second} ms, guarded after ${guarded} ms`,
  );
});
