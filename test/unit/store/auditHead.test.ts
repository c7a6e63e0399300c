import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditLine, readAuditLine, verifyAudit } from '../../../src/store/auditLine.ts';
import { held, opened } from './auditPlace.ts';

test('an end that was cut off is missed, also after more was written', async (t) => {
  const { audit, file } = await opened(t);
  for (let at = 1; at <= 4; at++) await audit.append(held(at));
  assert.deepEqual(await audit.verify(), { intact: true, records: 4, problems: [], torn: [] });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${lines.slice(0, 2).join('\n')}\n`);
  const cut = await audit.verify();
  assert.deepEqual(cut.problems, [{ line: 3, message: 'the end was cut off: records 3 to 4 are missing' }]);
  await audit.append(held(5));
  const later = await audit.verify();
  assert.equal(later.intact, false);
  assert.match(later.problems[0]?.message ?? '', /record 5 stands where record 3 should/);
});

test('a newest record that was written anew with a hash that fits is found, also after more was written', async (t) => {
  const { audit, file } = await opened(t);
  for (let at = 1; at <= 3; at++) await audit.append(held(at));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const { seq = 0, prev = '' } = readAuditLine(lines[2] ?? '') ?? {};
  const { line } = auditLine({ ...held(3), path: 'another.yml' }, seq, prev);
  writeFileSync(file, `${[...lines.slice(0, 2), line].join('\n')}\n`);
  assert.equal(verifyAudit([readFileSync(file, 'utf8')]).intact, true);
  assert.deepEqual((await audit.verify()).problems, [
    { line: 3, message: 'the line is not the one that was written: the head record names another' },
  ]);
  await audit.append(held(4));
  assert.deepEqual((await audit.verify()).problems, [
    { line: 4, message: 'the line does not follow from the one before it' },
  ]);
});

test('a newest record that was changed under its hash is found, also after more was written', async (t) => {
  const { audit, file } = await opened(t);
  for (let at = 1; at <= 3; at++) await audit.append(held(at));
  const changed = readFileSync(file, 'utf8').replace(/services\.s3(?![\s\S]*services\.s3)/, 'services.s4');
  assert.notEqual(changed, readFileSync(file, 'utf8'));
  writeFileSync(file, changed);
  assert.equal((await audit.verify()).problems[0]?.line, 3);
  await audit.append(held(4));
  assert.equal((await audit.verify()).problems[0]?.line, 3);
  assert.deepEqual(await audit.tail(1), [held(4)]);
});

test('a record that was taken away whole is missed, and so is a head, also after more was written', async (t) => {
  const { audit, file, directory, damage } = await opened(t);
  const head = join(directory, 'audit.head');
  await audit.append(held(1));
  await audit.append(held(2));
  rmSync(file);
  assert.equal((await audit.verify()).intact, false);
  rmSync(head);
  await audit.append(held(3));
  assert.equal((await audit.verify()).intact, false);
  assert.equal(damage.length, 1);
  rmSync(head);
  assert.match((await audit.verify()).problems.at(-1)?.message ?? '', /head record is missing/);
});

test('an end that was cut off together with the head is on record for good', async (t) => {
  const { audit, file, directory, damage } = await opened(t);
  for (let at = 1; at <= 4; at++) await audit.append(held(at));
  writeFileSync(file, `${readFileSync(file, 'utf8').split('\n').slice(0, 2).join('\n')}\n`);
  for (const place of ['gone', 'garbage', 'folder']) {
    const head = join(directory, 'audit.head');
    rmSync(head, { recursive: true, force: true });
    if (place === 'garbage') writeFileSync(head, 'x'.repeat(100));
    if (place === 'folder') mkdirSync(head);
    damage.length = 0;
    await audit.append(held(5));
    await audit.append(held(6));
    assert.equal(damage.length, 1, place);
    const { intact, problems } = await audit.verify();
    assert.equal(intact, false, place);
    assert.match(problems.at(-1)?.message ?? '', /records before it may have been cut off/, place);
  }
  assert.deepEqual(await audit.tail(2), [held(5), held(6)]);
});

test('a head that a crash has left half new and half old is no damage', async (t) => {
  const { audit, directory, damage } = await opened(t);
  const head = join(directory, 'audit.head');
  for (let at = 1; at <= 99; at++) await audit.append(held(at));
  const older = readFileSync(head, 'utf8');
  await audit.append(held(100));
  const newer = readFileSync(head, 'utf8');
  assert.equal(newer.length, older.length);
  for (let at = 0; at <= newer.length; at++) {
    writeFileSync(head, newer.slice(0, at) + older.slice(at));
    assert.deepEqual((await audit.verify()).problems, [], `torn after ${at}`);
    await audit.append(held(101 + at));
    assert.deepEqual((await audit.verify()).problems, [], `and written to after ${at}`);
    writeFileSync(head, newer);
  }
  assert.deepEqual(damage, []);
});
