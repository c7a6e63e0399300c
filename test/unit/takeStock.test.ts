import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { encodeText } from '../../src/content.ts';
import { createGuard } from '../../src/guard.ts';
import type { Ports } from '../../src/ports.ts';
import { temporaryFolder } from './disk/temporaryFolder.ts';
import { guardAt } from './store/crashSteps.ts';

const accepted = 'services:\n  api:\n    image: api:1\n  redis:\n    image: redis:7\n';
const refused = accepted.replace('redis:7', 'evil:1');
const paths = Array.from({ length: 600 }, (_, index) => `compose.${index}.yml`);
const first = 'compose.0.yml';
const last = 'compose.599.yml';

async function manyFiles(t: TestContext) {
  const base = temporaryFolder(t);
  const [shop, state] = [join(base, 'shop'), join(base, 'state')];
  for (const folder of [shop, state]) mkdirSync(folder);
  const place = await guardAt(shop, state);
  for (const path of paths) place.write(path, accepted);
  return place;
}

/** Does something before the stock of the first few hundred files is recorded. */
function duringStock(ports: Ports, step: () => Promise<unknown> | unknown): Ports {
  let isFirst = true;
  const begin: Ports['baselines']['begin'] = async (stock) => {
    if (isFirst) await step();
    isFirst = false;
    return ports.baselines.begin(stock);
  };
  return { ...ports, baselines: { ...ports.baselines, begin } };
}

test('stock is taken of hundreds of files, each with a record', async (t) => {
  const { guard, store } = await manyFiles(t);
  await guard.takeStock(paths);
  assert.deepEqual(await guard.baseline(last), encodeText(accepted));
  assert.equal((await store.baselines.paths()).length, paths.length);
  const { records, problems } = await store.audit.verify();
  assert.deepEqual([records, problems], [paths.length, []]);
  const left = ['baselines', 'objects'].flatMap((name) => readdirSync(join(store.directory, name)));
  assert.deepEqual(
    left.filter((name) => name.startsWith('.')),
    [],
  );
});

for (const path of [first, last]) {
  test(`what is written to ${path} before its stock is recorded is an edit, and put back`, async (t) => {
    const { ports, write, read } = await manyFiles(t);
    const guard = createGuard(
      duringStock(ports, async () => {
        write(path, refused);
        const review = await guard.settle(path, 'disk', { author: 'unknown' });
        assert.equal(review?.outcome, 'held');
      }),
    );
    await guard.takeStock(paths);
    assert.equal(read(path), accepted);
    assert.deepEqual(await guard.baseline(path), encodeText(accepted));
  });

  test(`what is written to ${path} meanwhile and told of later is an edit of the stock`, async (t) => {
    const { ports, write, read } = await manyFiles(t);
    const guard = createGuard(duringStock(ports, () => write(path, refused)));
    await guard.takeStock(paths);
    assert.deepEqual(await guard.baseline(path), encodeText(accepted));
    await guard.settle(path, 'disk', { author: 'unknown' });
    assert.equal(read(path), accepted);
  });
}

test('a save while stock is taken is judged against the stock', async (t) => {
  const { ports, write } = await manyFiles(t);
  const guard = createGuard(
    duringStock(ports, async () => {
      write(last, refused);
      const edit = { path: last, after: encodeText(refused), road: 'save' } as const;
      const review = await guard.review({ ...edit, origin: { author: 'ai' } });
      assert.equal(review.outcome, 'held');
    }),
  );
  await guard.takeStock(paths);
  assert.equal(guard.held().length, 1);
});

test('stock leaves alone what is accepted, and what was accepted and is lost', async (t) => {
  const { guard, ports, store, write } = await manyFiles(t);
  await guard.adopt(first);
  await guard.adopt(last);
  write(first, refused);
  write(last, refused);
  const { length } = readdirSync(join(store.directory, 'baselines'));
  assert.equal(length, 2);
  const other = createGuard({ ...ports, baselines: { ...ports.baselines, get: async () => undefined } });
  await other.takeStock([first]);
  assert.deepEqual(await guard.baseline(first), encodeText(accepted));
  rmSync(join(store.directory, 'baselines'), { recursive: true });
  mkdirSync(join(store.directory, 'baselines'));
  await guard.takeStock([last]);
  assert.equal(await guard.baseline(last), undefined);
});
