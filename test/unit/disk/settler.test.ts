import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settler } from '../../../src/disk/settler.ts';

test('a step that fails is tried again until it does not, and its reason is told once', async () => {
  const told: string[] = [];
  let runs = 0;
  await new Promise<void>((done) => {
    const settle = settler(
      async () => {
        runs++;
        if (runs < 3) throw new Error('the disk is full');
        done();
      },
      (error) => told.push(String(error)),
    );
    settle.soon('compose.yml');
  });
  assert.deepEqual({ runs, told }, { runs: 3, told: ['Error: the disk is full'] });
});

test('who is done waits for what runs, and tries nothing again', async () => {
  let runs = 0;
  const settle = settler(
    async () => {
      runs++;
      throw new Error('never');
    },
    () => {},
  );
  settle.soon('compose.yml');
  settle.soon('compose.yml');
  await settle.done();
  const atEnd = runs;
  await new Promise((over) => setTimeout(over, 700));
  assert.equal(runs, atEnd);
});

test('it is busy while a step runs, and not while a failed one waits to be tried again', async () => {
  let end: (error?: Error) => void = () => {};
  const settle = settler(
    () =>
      new Promise<void>((done, fail) => {
        end = (error) => (error === undefined ? done() : fail(error));
      }),
    () => {},
  );
  const before = settle.isBusy();
  settle.soon('compose.yml');
  const during = settle.isBusy();
  end(new Error('the disk is full'));
  await settle.done();
  assert.deepEqual([before, during, settle.isBusy()], [false, true, false]);
});
