import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { policyFile } from '../../src/core/model/kinds.ts';
import { openStore } from '../../src/store/open.ts';
import { accepted, onDisk, pause, refused, startGuard, unguardedFolder, until } from './guardedFolder.ts';

const files = { 'compose.yml': accepted, 'main.tf': 'one\n' };

/** As the editor does when a person approves an edit: it lands while no other guard has its turn, and is accepted. */
async function approve(root: string, env: NodeJS.ProcessEnv, text: string): Promise<void> {
  const { turns, baselines } = await openStore(root, { stateHome: env.INFRAHOLD_STATE_HOME ?? '' });
  await turns.take(policyFile, async () => {
    writeFileSync(join(root, policyFile), text);
    await baselines.accept(policyFile, { content: new TextEncoder().encode(text) });
  });
}

async function guarded(t: TestContext) {
  const place = unguardedFolder(t, files);
  const guard = await startGuard(t, place);
  const isTold = (text: string) => () => guard.told().stdout.includes(text);
  return { ...place, guard, isTold };
}

test('a policy that a person accepts meanwhile is in force in a guard that is at work', async (t) => {
  const { root, env, guard, isTold } = await guarded(t);
  writeFileSync(join(root, 'main.tf'), 'two\n');
  await approve(root, env, "protect: ['*.tf']\n");
  await until('the policy is taken', isTold('Another policy was accepted. Guarding 3 protected files'));
  // What is new to the policy is taken as it was found, and guarded from then on.
  writeFileSync(join(root, 'main.tf'), 'three\n');
  await until('it is put back', () => onDisk(root, 'main.tf') === 'two\n');
  writeFileSync(join(root, 'compose.yml'), refused);
  await until('the rest is guarded as before', () => onDisk(root, 'compose.yml') === accepted);
  await approve(root, env, "ignore: ['compose.yml']\n");
  await until('the next one is taken', isTold('Another policy was accepted. Guarding 1 protected file '));
  writeFileSync(join(root, 'compose.yml'), refused);
  writeFileSync(join(root, 'main.tf'), 'four\n');
  await pause(1_500);
  assert.equal(onDisk(root, 'compose.yml'), refused);
  assert.equal(onDisk(root, 'main.tf'), 'four\n');
  assert.equal(guard.told().stderr, '');
});

test('a policy that nobody accepted is put back, and one that cannot be read takes nothing back', async (t) => {
  const { root, env, guard } = await guarded(t);
  writeFileSync(join(root, policyFile), "ignore: ['compose.yml']\n");
  await until('it is taken away', () => onDisk(root, policyFile) === undefined);
  await approve(root, env, 'protect: [\n');
  writeFileSync(join(root, 'compose.yml'), refused);
  await until('it is guarded as before', () => onDisk(root, 'compose.yml') === accepted);
  assert.doesNotMatch(guard.told().stdout, /Another policy/);
});
