import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../src/core/model/read.ts';
import { judgeLoading } from '../../../src/core/verdict/loading.ts';
import { effectInWords, grantsInWords, lossesInWords, timeLeft } from '../../../src/editor/words.ts';
import { askedFor, judgedEdit, judgedIncident, say } from './judged.ts';

test('the incident in one sentence, with what was asked for left out', () => {
  assert.equal(
    effectInWords(judgedIncident([askedFor]), say),
    'Removes l9-redis, l9-neo4j, 4 volumes (data loss) and network l9-network; rewires MEMORY_DSN; adds extra_hosts of l9-api',
  );
});

test('with nothing declared the sentence names everything', () => {
  const sentence = effectInWords(judgedIncident(), say);
  assert.match(sentence, /^Removes l9-redis, l9-postgres, l9-neo4j, 4 volumes \(data loss\) and 2 more; /);
});

test('losses are listed with the data first', () => {
  const losses = lossesInWords(judgedIncident([askedFor]), say);
  assert.equal(losses[0], 'volume l9-redis-data removed: data loss');
  assert.ok(losses.includes('service l9-redis removed'));
  assert.ok(losses.findIndex((line) => !line.endsWith('data loss')) >= 4);
});

test('a text that cannot be read is said to be so, with its line', () => {
  const judgement = judgedEdit('services: {web: {image: a}}\n', 'services:\n  web: [\n');
  assert.match(effectInWords(judgement, say), /^Cannot be judged: .* \(line \d+\)$/);
});

test('an edit after which Compose would not load the file says why', async () => {
  const judgement = await judgeLoading({
    before: readDocument('compose', 'services: {web: {image: a}}\n'),
    after: readDocument('compose', 'services:\n  web: {image: a, enviroment: {A: b}}\n'),
    scope: { grants: [{ op: 'change', address: 'services.web' }] },
    author: 'ai',
  });
  assert.match(
    effectInWords(judgement, say),
    /^Compose would no longer load the file: services\.web has no key enviroment .* \(line 2\)$/,
  );
});

test('a single volume is named', () => {
  const before = 'services: {db: {image: a, volumes: ["data:/d"]}}\nvolumes: {data: {}}\n';
  const after = 'services: {db: {image: a}}\n';
  assert.match(effectInWords(judgedEdit(before, after), say), /volume data \(data loss\)/);
});

test('a scope in words: its grants, nothing, or none', () => {
  assert.equal(grantsInWords([askedFor], say), 'remove service l9-postgres');
  assert.equal(grantsInWords([], say), 'change nothing');
  assert.equal(grantsInWords(undefined, say), 'none declared');
});

test('time is told in minutes and hours, never as none', () => {
  assert.deepEqual(
    [0, 60_000, 59.5 * 60_000, 65 * 60_000].map((left) => timeLeft(left, say)),
    ['1 min', '1 min', '1 h', '1 h 05 min'],
  );
});

test('of many services three are named, and the rest is counted', () => {
  const services = (count: number) =>
    `services:\n  keep: {image: k}\n${Array.from({ length: count }, (_, at) => `  s${at}: {image: a}\n`).join('')}`;
  const removed = (count: number) => effectInWords(judgedEdit(services(count), services(0)), say);
  assert.equal(removed(4), 'Removes s0, s1, s2 and 1 more service');
  assert.equal(removed(6), 'Removes s0, s1, s2 and 3 more services');
});
