import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { driver } from '../support/driver.ts';
import { aiEdit, assertKept, before, fileIn, filesFor, fresh, until, wait } from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

const folders = Array.from({ length: 50 }, (_, index) => `part-${index}`);

export const fixture: Fixture = { extension: 'required', files: filesFor(...folders) };

test('fifty files rewritten at once are all put back, and the person is asked once', async () => {
  await fresh();
  const files = folders.map(fileIn);
  for (const { path } of files) writeFileSync(path, aiEdit);
  await until(() => assert.ok(files.every(({ disk }) => disk() === before)), 15_000);
  await driver.notification('edits of protected files are held');
  await wait(1500);
  const shown = await driver.notifications();
  assert.equal(shown.length, 1, JSON.stringify(shown));
  assert.match(shown[0]?.message ?? '', /50/);
  assertKept(aiEdit);
  await wait(1000);
  assert.ok(
    files.every(({ disk }) => disk() === before),
    'and they stay as they were',
  );
});
