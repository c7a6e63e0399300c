import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { protectedFiles } from '../../../src/disk/files.ts';
import { bytes, pause, temporaryFolder, text, write } from './temporaryFolder.ts';

test('a version that is written between the last look and the restore is given, not lost', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'compose.yml', 'refused\n');
  await files.read('compose.yml');
  const kept = pause(30).then(() => writeFileSync(file, 'another\n'));
  const displaced = await files.replace('compose.yml', bytes('accepted\n'), { once: kept });
  assert.deepEqual([text(displaced?.content), displaced?.stands], ['another\n', false]);
  assert.equal(readFileSync(file, 'utf8'), 'accepted\n');
  assert.equal(await files.replace('compose.yml', bytes('accepted\n')), undefined);
});

test('what nobody has read stands where only what was last read may go', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'compose.yml', 'refused\n');
  for (const content of [bytes('accepted\n'), undefined]) {
    writeFileSync(file, 'refused\n');
    await files.read('compose.yml');
    const once = pause(30).then(() => writeFileSync(file, 'another\n'));
    const displaced = await files.replace('compose.yml', content, { once, onlyLastRead: true });
    assert.deepEqual([text(displaced?.content), displaced?.stands], ['another\n', true]);
    assert.equal(readFileSync(file, 'utf8'), 'another\n');
    assert.deepEqual(readdirSync(root), ['compose.yml']);
  }
});

test('nothing is touched when the refused version could not be kept', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'compose.yml', 'refused\n');
  await files.read('compose.yml');
  for (const content of [bytes('accepted\n'), undefined]) {
    const failing = Promise.reject(new Error('no space'));
    await assert.rejects(files.replace('compose.yml', content, { once: failing }), /no space/);
    assert.equal(readFileSync(file, 'utf8'), 'refused\n');
  }
  assert.deepEqual(readdirSync(root), ['compose.yml']);
});

test('a folder that is taken away while its file is made is made again', async (t) => {
  const root = temporaryFolder(t);
  const files = protectedFiles(root);
  const file = write(root, 'deploy/compose.yml', 'refused\n');
  await files.read('deploy/compose.yml');
  const kept = pause(30).then(() => rmSync(join(root, 'deploy'), { recursive: true }));
  await files.replace('deploy/compose.yml', bytes('accepted\n'), { once: kept });
  assert.equal(readFileSync(file, 'utf8'), 'accepted\n');
});
