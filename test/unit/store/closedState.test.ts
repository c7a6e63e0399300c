import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isAccepted } from '../../../src/store/glance.ts';
import { openStore } from '../../../src/store/open.ts';
import { isRoot, temporaryFolder } from '../disk/temporaryFolder.ts';

const nobody = 65_534;

const [, , base] = process.argv;
if (base !== undefined) {
  // This file also serves as the program of a user who may not look everywhere, as the superuser may.
  if (isRoot) process.setuid?.(nobody);
  await lookInto(join(base, 'shop'), join(base, 'state'));
  process.exit();
}

async function lookInto(shop: string, stateHome: string): Promise<void> {
  process.env.INFRAHOLD_STATE_HOME = stateHome;
  const { directory, baselines } = await openStore(shop, { stateHome });
  const accepted = new TextEncoder().encode('services: {}\n');
  await baselines.accept('compose.yml', { content: accepted });
  assert.ok(isAccepted(shop, 'compose.yml', accepted));
  chmodSync(join(directory, 'baselines'), 0);
  await assert.rejects(baselines.get('compose.yml'), { code: 'no-permission' });
  assert.equal(isAccepted(shop, 'compose.yml', accepted), false);
  chmodSync(join(directory, 'baselines'), 0o700);
  process.stdout.write('done');
}

test('a part of the state that may not be looked at is no empty one', {
  skip: process.platform === 'win32',
}, (t) => {
  const folder = temporaryFolder(t);
  const [shop, state] = [join(folder, 'shop'), join(folder, 'state')];
  for (const one of [shop, state]) mkdirSync(one);
  if (isRoot) for (const one of [folder, shop, state]) chownSync(one, nobody, nobody);
  const file = fileURLToPath(import.meta.url);
  assert.equal(execFileSync(process.execPath, [file, folder], { encoding: 'utf8' }), 'done');
});
