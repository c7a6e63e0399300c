import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { fuzz, totalsOf, work } from './fuzzing.ts';

const inputs = Number(process.env.INFRAHOLD_FUZZ ?? 100_000);
const seed = Number(process.env.INFRAHOLD_SEED ?? 1);

if (isMainThread)
  test('whatever is damaged: nothing throws or hangs, and nothing is allowed that could not be read', async (t) => {
    const { counts, failures } = await fuzz(fileURLToPath(import.meta.url), { inputs, seed });
    for (const line of totalsOf(counts)) t.diagnostic(`fuzz sweep: seed ${seed}, ${line}`);
    const replay = failures.map(
      ({ number, message }) => `npm run test:fuzz -- --seed ${seed} --input ${number}\n${message}`,
    );
    assert.deepEqual(replay, []);
    const tried = [...counts.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(tried, inputs);
    // A fuzzer that never gets anything past the judge tests no allow.
    assert.ok((counts.get('judge: allowed, means the same') ?? 0) > inputs / 100);
    assert.ok((counts.get('judge: allowed, means the same out of scope') ?? 0) > inputs / 100);
  });
else await work();
