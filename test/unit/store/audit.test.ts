import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openAudit } from '../../../src/store/audit.ts';
import { verifyAudit } from '../../../src/store/auditLine.ts';
import { openStore } from '../../../src/store/open.ts';
import { median, pause, program } from '../disk/temporaryFolder.ts';
import { appendMany, closedIn, held, opened, small } from './auditPlace.ts';

const [, , mode, workspace, stateHome, most] = process.argv;
if (mode === 'append' && workspace !== undefined && stateHome !== undefined) {
  // This file also serves as the program that appends from another process.
  await appendMany(workspace, stateHome, most);
  process.exit();
}

test('records come back in their order, the newest of them when fewer are asked for', async (t) => {
  const { audit, file } = await opened(t);
  assert.deepEqual(await audit.tail(5), []);
  const records = [held(1), held(2), held(3)];
  await Promise.all(records.map((record) => audit.append(record)));
  assert.deepEqual(await audit.tail(10), records);
  assert.deepEqual(await audit.tail(2), records.slice(1));
  assert.deepEqual(verifyAudit([readFileSync(file, 'utf8')]), {
    intact: true,
    records: 3,
    problems: [],
    torn: [],
  });
});

test('four processes that append at once make one unbroken chain', async (t) => {
  const { file, workspace, stateHome, directory } = await opened(t);
  const self = fileURLToPath(import.meta.url);
  const started = performance.now();
  await Promise.all([1, 2, 3, 4].map(() => program(t, self, ['append', workspace, stateHome])));
  t.diagnostic(`4 × 150 records in ${Math.round(performance.now() - started)} ms with process start`);
  const verification = verifyAudit([readFileSync(file, 'utf8')]);
  assert.deepEqual(verification, { intact: true, records: 600, problems: [], torn: [] });
  assert.equal(existsSync(join(directory, 'audit.lock')), false);
});

test('four processes that close files while they append make one unbroken chain, and a reader sees no gap', async (t) => {
  const { audit, workspace, stateHome, directory } = await opened(t);
  const self = fileURLToPath(import.meta.url);
  const all = [1, 2, 3, 4].map(() => program(t, self, ['append', workspace, stateHome, '20000']));
  let isDone = false;
  const appending = Promise.all(all).then(() => {
    isDone = true;
  });
  while (!isDone) {
    assert.deepEqual((await audit.verify()).problems, []);
    await pause(5);
  }
  await appending;
  assert.deepEqual(await audit.verify(), { intact: true, records: 600, problems: [], torn: [] });
  assert.ok(closedIn(directory).length > 5);
});

test('a record that was changed, taken out or moved breaks the chain', async (t) => {
  const { audit, file } = await opened(t);
  for (let at = 1; at <= 5; at++) await audit.append(held(at));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const verify = (changed: readonly string[]) => verifyAudit([`${changed.join('\n')}\n`]);
  assert.equal(verify(lines).intact, true);
  const edited = lines.map((line, index) =>
    index === 2 ? line.replace('services.s3', 'services.s4') : line,
  );
  assert.deepEqual(
    verify(edited).problems.map(({ line }) => line),
    [3, 4],
  );
  assert.equal(verify(lines.filter((_, index) => index !== 2)).intact, false);
  assert.equal(verify(lines.slice(1)).intact, false);
  assert.equal(verify([lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]).intact, false);
  assert.equal(verify([...lines.slice(0, 3), lines[2] ?? '', ...lines.slice(3)]).intact, false);
});

test('a half-written last line is passed over and the chain goes on', async (t) => {
  const { audit, file, damage } = await opened(t);
  await audit.append(held(1));
  appendFileSync(file, '{"at":2,"event":"held","pa');
  await audit.append(held(3));
  assert.deepEqual(await audit.tail(10), [held(1), held(3)]);
  assert.equal(damage.length, 1);
  const verification = verifyAudit([readFileSync(file, 'utf8')]);
  assert.deepEqual(verification, { intact: true, records: 2, problems: [], torn: [2] });
});

test('a last line without its end is not glued to the next', async (t) => {
  const { audit, file } = await opened(t);
  await audit.append(held(1));
  writeFileSync(file, readFileSync(file, 'utf8').trimEnd());
  await audit.append(held(2));
  assert.equal(verifyAudit([readFileSync(file, 'utf8')]).records, 2);
});

test('a file without any record is set aside and a new chain begins', async (t) => {
  const { audit, file, damage, directory } = await opened(t);
  writeFileSync(file, `${'garbage '.repeat(5_000)}\n`);
  await audit.append(held(1));
  assert.deepEqual(await audit.tail(10), [held(1)]);
  assert.equal(damage.length, 1);
  assert.equal(readdirSync(directory).filter((name) => name.includes('.damaged-')).length, 1);
});

test('a very long record does not hide the end of the chain', async (t) => {
  const { audit, file } = await opened(t);
  await audit.append({
    at: 1,
    event: 'held',
    changes: Array.from({ length: 20_000 }, (_, at) => `added s${at}`),
  });
  await audit.append(held(2));
  assert.equal(verifyAudit([readFileSync(file, 'utf8')]).intact, true);
});

test('a lock left by a process that died is taken over', async (t) => {
  const { audit, directory } = await opened(t);
  writeFileSync(join(directory, 'audit.lock'), '');
  const started = performance.now();
  await audit.append(held(1));
  t.diagnostic(`taken over after ${Math.round(performance.now() - started)} ms`);
  assert.deepEqual(await audit.tail(1), [held(1)]);
});

test('a record costs about a millisecond', async (t) => {
  const { audit } = await opened(t);
  const times: number[] = [];
  for (let at = 0; at < 200; at++) {
    const started = performance.now();
    await audit.append(held(at));
    times.push(performance.now() - started);
  }
  t.diagnostic(`median ${median(times).toFixed(2)} ms`);
  assert.ok(median(times) < 20);
});

test('a file that has grown is closed, and the chain, the newest records and the check run on', async (t) => {
  const { directory, workspace, stateHome } = await opened(t);
  const audit = openAudit(directory, assert.fail, small);
  const records = Array.from({ length: 40 }, (_, at) => held(at));
  for (const record of records) await audit.append(record);
  const closed = closedIn(directory);
  assert.ok(closed.length >= 5, `${closed.length} were closed`);
  assert.ok([...closed, 'audit.jsonl'].every((name) => statSync(join(directory, name)).size < 2 * small));
  assert.deepEqual(await audit.tail(100), records);
  assert.deepEqual(await audit.tail(15), records.slice(-15));
  assert.deepEqual(await audit.verify(), { intact: true, records: 40, problems: [], torn: [] });
  const { audit: another } = await openStore(workspace, { stateHome });
  assert.deepEqual(await another.holding('services.s3"'), [held(3)]);
});

test('a closed file that was changed, taken out or cut off breaks the chain', async (t) => {
  const { directory } = await opened(t);
  const audit = openAudit(directory, assert.fail, small);
  for (let at = 0; at < 40; at++) await audit.append(held(at));
  const [first = '', second = ''] = closedIn(directory).map((name) => join(directory, name));
  const text = readFileSync(second, 'utf8');
  for (const spoiled of [text.replace('removed', 'added'), text.split('\n').slice(0, -2).join('\n'), '']) {
    writeFileSync(second, spoiled);
    assert.equal((await audit.verify()).intact, false);
  }
  writeFileSync(second, text);
  assert.equal((await audit.verify()).intact, true);
  rmSync(first);
  assert.equal((await audit.verify()).intact, false);
});

test('a record without a current file goes on from the last closed one', async (t) => {
  const { directory, file } = await opened(t);
  const audit = openAudit(directory, assert.fail, small);
  for (let at = 0; at < 5; at++) await audit.append(held(at));
  renameSync(file, join(directory, 'audit-000009.jsonl'));
  await audit.append(held(5));
  assert.deepEqual(await audit.tail(3), [held(3), held(4), held(5)]);
  assert.deepEqual(await audit.verify(), { intact: true, records: 6, problems: [], torn: [] });
});

test('records that wait go together, each is there when it is told, and all fail with the disk', async (t) => {
  const { audit, file, directory } = await opened(t);
  const told: string[] = [];
  const first = audit.append(held(0)).then(() => told.push(readFileSync(file, 'utf8')));
  const rest = Array.from({ length: 50 }, (_, at) => audit.append(held(at + 1)));
  await Promise.all([first, ...rest]);
  assert.ok(told[0]?.includes('services.s0"'));
  assert.deepEqual((await audit.verify()).records, 51);
  rmSync(directory, { recursive: true });
  const lost = await Promise.allSettled([audit.append(held(1)), audit.append(held(2), held(3))]);
  assert.deepEqual(new Set(lost.map(({ status }) => status)), new Set(['rejected']));
});

test('the last record about a refused version is found, also in the file that was closed last', async (t) => {
  const { directory } = await opened(t);
  const audit = openAudit(directory, assert.fail, small);
  await audit.append({ ...held(1), quarantine: 'aaaa' }, { at: 2, event: 'restored', quarantine: 'aaaa' });
  while (closedIn(directory).length === 0) await audit.append(held(3));
  assert.equal((await audit.last('aaaa'))?.event, 'restored');
  assert.equal(await audit.last('bbbb'), undefined);
});
