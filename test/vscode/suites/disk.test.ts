import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  assertKept,
  assertQuiet,
  before,
  fileIn,
  filesFor,
  fresh,
  promptFor,
  until,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

export const fixture: Fixture = {
  extension: 'required',
  files: filesFor('w9', 'w14', 'w16', 'w17', 'open', 'approve', 'neutral'),
};

/** Writes from another process, as any program on the machine could. */
function otherProcess(script: string, ...args: readonly string[]): void {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  execFileSync(process.execPath, ['-e', script, ...args], { env });
}

const inPlace = 'require("node:fs").writeFileSync(process.argv[1], process.argv[2])';
const renameOver =
  'const fs = require("node:fs"); fs.writeFileSync(process.argv[1] + ".new", process.argv[2]);' +
  'fs.renameSync(process.argv[1] + ".new", process.argv[1])';
const remove = 'require("node:fs").rmSync(process.argv[1])';

test('W14: a write of another process in place is put back within a second, and asked about', async () => {
  await fresh();
  const file = fileIn('w14');
  otherProcess(inPlace, file.path, aiEdit);
  await until(() => assert.equal(file.disk(), before), 1000);
  const message = await promptFor(file);
  assert.match(message, /l9-redis/);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
});

test('W16: a file that another process renamed over the protected one is put back', async () => {
  await fresh();
  const file = fileIn('w16');
  otherProcess(renameOver, file.path, aiEdit);
  await until(() => assert.equal(file.disk(), before), 1000);
  await promptFor(file);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
});

test('W17: a file that another process deleted is back', async () => {
  await fresh();
  const file = fileIn('w17');
  otherProcess(remove, file.path);
  await until(() => assert.equal(file.disk(), before), 1000);
  await promptFor(file);
  await driver.clickNotification('Put back');
});

test('a write under an open editor is put back, and the editor follows', async () => {
  await fresh();
  const file = fileIn('open');
  const document = await file.open();
  otherProcess(inPlace, file.path, aiEdit);
  await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  await until(() => assert.equal(document.getText(), before));
  assert.equal(document.isDirty, false);
  await driver.clickNotification('Put back');
});

test('Approve of a write that was put back lands it, on disk and in the editor', async () => {
  await fresh();
  const file = fileIn('approve');
  const document = await file.open();
  otherProcess(inPlace, file.path, aiEdit);
  await promptFor(file);
  await driver.clickNotification('Approve…');
  await driver.clickModal('Approve');
  await until(() => assert.equal(file.disk(), aiEdit));
  await until(() => assert.equal(document.getText(), aiEdit));
  await assertQuiet();
  assert.equal(file.disk(), aiEdit);
});

test('a write of another process that changes no meaning stays, without a word', async () => {
  await fresh();
  const file = fileIn('neutral');
  const neutral = before.replace('# L9 stack.', '# The stack of L9.');
  otherProcess(inPlace, file.path, neutral);
  await assertQuiet();
  assert.equal(file.disk(), neutral);
});
