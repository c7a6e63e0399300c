import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { driver } from '../support/driver.ts';
import { assertKept, before, fileIn, filesFor, fresh, until, wait } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

const folders = Array.from({ length: 200 }, (_, index) => `part-${index}`);

export const fixture: Fixture = { extension: 'required', files: filesFor(...folders) };

test('W19: two hundred files that sed rewrites at once are all put back, and the person is asked once', async () => {
  await fresh();
  const files = folders.map(fileIn);
  execFileSync('sed', ['-i', 's/redis:7/redis:8/', ...files.map(({ path }) => path)]);
  await until(() => assert.ok(files.every(({ disk }) => disk() === before)), 15_000);
  await driver.notification('edits of protected files are held');
  await wait(1500);
  const shown = await driver.notifications();
  assert.equal(shown.length, 1, JSON.stringify(shown));
  assert.match(shown[0]?.message ?? '', /200/);
  assertKept(before.replace('redis:7', 'redis:8'));
  await wait(1000);
  assert.ok(
    files.every(({ disk }) => disk() === before),
    'and they stay as they were',
  );
});
