import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isAccepted } from '../../../src/store/glance.ts';
import { openStore } from '../../../src/store/open.ts';
import { isRoot, temporaryFolder } from '../disk/temporaryFolder.ts';

const nobody = 65_534;

/** The superuser may look everywhere, so for the rest of the test this process is another user. */
function beNobody(t: TestContext, ...folders: readonly string[]): void {
  if (!isRoot) return;
  for (const folder of folders) chownSync(folder, nobody, nobody);
  process.seteuid?.(nobody);
  t.after(() => process.seteuid?.(0));
}

test('a part of the state that may not be looked at is no empty one', {
  skip: process.platform === 'win32',
}, async (t) => {
  const base = temporaryFolder(t);
  const [shop, stateHome] = [join(base, 'shop'), join(base, 'state')];
  for (const folder of [shop, stateHome]) mkdirSync(folder);
  beNobody(t, base, shop, stateHome);
  const { directory, baselines } = await openStore(shop, { stateHome });
  const accepted = new TextEncoder().encode('services: {}\n');
  await baselines.accept('compose.yml', { content: accepted });
  const before = process.env.INFRAHOLD_STATE_HOME;
  process.env.INFRAHOLD_STATE_HOME = stateHome;
  t.after(() => {
    if (before === undefined) delete process.env.INFRAHOLD_STATE_HOME;
    else process.env.INFRAHOLD_STATE_HOME = before;
  });
  assert.ok(isAccepted(shop, 'compose.yml', accepted));
  chmodSync(join(directory, 'baselines'), 0);
  try {
    await assert.rejects(baselines.get('compose.yml'), { code: 'no-permission' });
    assert.equal(isAccepted(shop, 'compose.yml', accepted), false);
  } finally {
    chmodSync(join(directory, 'baselines'), 0o700);
  }
});
