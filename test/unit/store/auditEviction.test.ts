import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openAudit } from '../../../src/store/audit.ts';
import { openStore } from '../../../src/store/open.ts';
import { pause, program } from '../disk/temporaryFolder.ts';
import { appendMany, closedIn, held, opened, small } from './auditPlace.ts';

const [, , mode, workspace, stateHome, most] = process.argv;
if (mode === 'append' && workspace !== undefined && stateHome !== undefined) {
  // This file also serves as the program that appends from another process.
  await appendMany(workspace, stateHome, most);
  process.exit();
}

/** Forty records in small files, of which only the newest stay. */
async function evicted(t: TestContext) {
  const { directory, file, damage } = await opened(t);
  const audit = openAudit(directory, (message) => void damage.push(message), small);
  for (let at = 0; at < 40; at++) await audit.append(held(at));
  const before = closedIn(directory).length;
  await audit.evict(3 * small);
  assert.ok(closedIn(directory).length < before);
  const closed = () => closedIn(directory).map((name) => join(directory, name));
  return { audit, file, directory, damage, closed };
}

test('where the record is too large its oldest files go, and the record says so and is whole', async (t) => {
  const { audit, directory } = await evicted(t);
  const bytes = [...closedIn(directory), 'audit.jsonl'].map((name) => statSync(join(directory, name)).size);
  assert.ok(bytes.reduce((sum, size) => sum + size, 0) < 4 * small);
  const { intact, records, evicted: gone } = await audit.verify();
  assert.equal(intact, true);
  const left = await audit.tail(100);
  assert.equal(left.length, records);
  assert.equal(left.at(-1)?.event, 'records-evicted');
  // The forty and the one that says so; numbers begin with 1.
  assert.equal(gone?.before, 41 - records + 1);
  assert.deepEqual(left[0], held(gone.before - 1));
  await audit.evict(3 * small);
  assert.equal((await audit.verify()).records, records);
  for (let at = 40; at < 80; at++) await audit.append(held(at));
  await audit.evict(3 * small);
  const later = await audit.verify();
  assert.deepEqual([later.intact, later.problems, later.torn], [true, [], []]);
  assert.ok((later.evicted?.before ?? 0) > gone.before);
});

test('whoever takes away more than was let go is found out', async (t) => {
  const { audit, closed } = await evicted(t);
  const [oldest = ''] = closed();
  rmSync(oldest);
  const { intact, problems, evicted: gone } = await audit.verify();
  assert.equal(intact, false);
  assert.equal(gone, undefined);
  assert.match(problems[0]?.message ?? '', /the beginning was cut off: the first record is \d+/);
  // Nor is it hidden by what is let go later.
  for (let at = 40; at < 80; at++) await audit.append(held(at));
  await audit.evict(3 * small);
  assert.equal((await audit.verify()).intact, false);
});

test('a record of what was let go that is changed, copied or taken away vouches for nothing', async (t) => {
  const { audit, file, closed } = await evicted(t);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const said = lines.at(-1) ?? '';
  const number = Number(/"keptFrom":\{"seq":(\d+)/.exec(said)?.[1]);
  const [oldest = ''] = closed();
  const whole = readFileSync(oldest, 'utf8');
  rmSync(oldest);
  const next = Number(/"seq":(\d+)/.exec(readFileSync(closed()[0] ?? '', 'utf8'))?.[1]);
  const changed = said.replace(`"keptFrom":{"seq":${number}`, `"keptFrom":{"seq":${next}`);
  for (const forged of [[changed], [said, changed], [said, said], []]) {
    writeFileSync(file, [...lines.slice(0, -1), ...forged, ''].join('\n'));
    assert.equal((await audit.verify()).intact, false, forged.join('\n'));
  }
  writeFileSync(oldest, whole);
  writeFileSync(file, `${lines.join('\n')}\n`);
  assert.equal((await audit.verify()).intact, true);
});

test('a chain that was broken stays so when its records are let go', async (t) => {
  const { directory, damage } = await opened(t);
  const audit = openAudit(directory, (message) => void damage.push(message), small);
  for (let at = 0; at < 40; at++) await audit.append(held(at));
  const [first = ''] = closedIn(directory).map((name) => join(directory, name));
  writeFileSync(first, readFileSync(first, 'utf8').replace('removed', 'added'));
  for (let more = 0; more < 3; more++) {
    await audit.evict(3 * small);
    const { intact, problems } = await audit.verify();
    assert.equal(intact, false);
    assert.match(problems[0]?.message ?? '', /were let go, and the chain was broken there/);
    for (let at = 0; at < 40; at++) await audit.append(held(at));
  }
});

test('files that a crash left though they were to go are no damage, and go the next time', async (t) => {
  const { directory } = await opened(t);
  const audit = openAudit(directory, assert.fail, small);
  for (let at = 0; at < 40; at++) await audit.append(held(at));
  const all = new Map(
    closedIn(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const),
  );
  await audit.evict(3 * small);
  const gone = [...all.keys()].filter((name) => !closedIn(directory).includes(name));
  assert.ok(gone.length > 2);
  for (const name of gone.slice(1)) writeFileSync(join(directory, name), all.get(name) ?? '');
  const { intact, evicted: said } = await audit.verify();
  assert.ok(intact && said !== undefined);
  await audit.evict(3 * small);
  assert.deepEqual(
    closedIn(directory).filter((name) => gone.includes(name)),
    [],
  );
  assert.equal((await audit.verify()).intact, true);
});

test('a reader sees no gap while two processes append and the oldest records go', async (t) => {
  const { directory, workspace, stateHome } = await opened(t);
  const audit = openAudit(directory, assert.fail, 20_000);
  const self = fileURLToPath(import.meta.url);
  let isDone = false;
  const appending = Promise.all(
    [1, 2].map(() => program(t, self, ['append', workspace, stateHome, '20000'])),
  );
  void appending.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const [verification] = await Promise.all([audit.verify(), audit.evict(60_000), audit.tail(500)]);
    assert.deepEqual(verification.problems, []);
    await pause(2);
  }
  await appending;
  const { intact, evicted: said } = await audit.verify();
  assert.ok(intact && said !== undefined);
});

test('that a version was accepted is known however long ago, so that one that is taken away is missed', async (t) => {
  const { directory, stateHome, workspace } = await opened(t);
  const audit = openAudit(directory, assert.fail, small);
  for (const path of ['compose.yml', 'other.yml', 'compose.yml'])
    await audit.append({ at: 1, event: 'baseline-taken', path });
  for (let round = 0; round < 3; round++) {
    for (let at = 0; at < 40; at++) await audit.append(held(at));
    await audit.evict(3 * small);
    const taken = await audit.holding('"baseline-taken"');
    assert.deepEqual(taken.map(({ path }) => path).sort(), ['compose.yml', 'other.yml']);
  }
  assert.equal((await audit.verify()).intact, true);
  const { baselines } = await openStore(workspace, { stateHome });
  assert.equal(await baselines.isLost('compose.yml', undefined), true);
  assert.equal(await baselines.isLost('never.yml', undefined), false);
});
