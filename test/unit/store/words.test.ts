import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { encodeText } from '../../../src/content.ts';
import { openStore } from '../../../src/store/open.ts';
import { wordsIn } from '../../../src/store/words.ts';
import { pause, temporaryFolder } from '../disk/temporaryFolder.ts';

const scope = {
  grants: [{ op: 'change', address: 'services.api' }],
  declaredAt: 1,
  expiresAt: 9_000_000_000_000,
} as const;
const order = { host: 'codex', session: 's', requests: ['x'], heardAt: 1, expiresAt: scope.expiresAt };

/** A state that is open twice, as two processes have it; the first heeds what is said. */
async function twice(t: TestContext) {
  const folder = temporaryFolder(t);
  const workspace = join(folder, 'shop');
  mkdirSync(workspace);
  const stateHome = join(folder, 'state');
  const onRebuilt = () => words.again();
  const heeding = await openStore(workspace, { stateHome, rebuilds: true, onRebuilt });
  const other = await openStore(workspace, { stateHome });
  let heard = 0;
  const words = wordsIn(heeding.directory, () => heard++);
  t.after(words.dispose);
  const heardUpTo = async (count: number) => {
    for (let waited = 0; heard < count && waited < 5_000; waited += 10) await pause(10);
    await pause(100);
    assert.equal(heard, count);
  };
  return { heeding, other, heardUpTo, dispose: words.dispose };
}

test('what is declared or heard in another process is heeded once, and nothing else', async (t) => {
  const { other, heardUpTo, dispose } = await twice(t);
  await other.audit.append({ at: 1, event: 'passed' });
  await other.baselines.accept('compose.yml', { content: encodeText('a: 1\n') });
  await heardUpTo(0);
  await other.scopes.set(scope);
  await heardUpTo(1);
  await other.sessions.set({
    ...order,
    files: [{ path: 'compose.yml', grants: scope.grants, isPart: true }],
  });
  await heardUpTo(2);
  await other.scopes.set(undefined);
  await heardUpTo(3);
  dispose();
  await other.scopes.set(scope);
  await heardUpTo(3);
});

test('that the state is gone is heeded, and what is said in the one that was made anew', async (t) => {
  const { heeding, other, heardUpTo } = await twice(t);
  await heeding.baselines.accept('compose.yml', { content: encodeText('a: 1\n') });
  rmSync(heeding.directory, { recursive: true });
  await heardUpTo(1);
  assert.notEqual(await heeding.baselines.get('compose.yml'), undefined);
  await other.scopes.set(scope);
  await heardUpTo(2);
});
