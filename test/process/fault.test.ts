import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('a guard that is killed again and again while many programs write loses nothing', (t) => {
  const seed = process.env.INFRAHOLD_SEED ?? '1';
  const args = ['test/fault/run.mjs', '--built', '--writes', '400', '--seed', seed];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  t.diagnostic(run.stdout.split('\n').find((line) => line.includes('sweep')) ?? 'no fault sweep');
  assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
});
