import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandInWords, scopeInWords } from '../../../src/editor/askingWords.ts';
import type { Widening } from '../../../src/widening.ts';
import { say } from './judged.ts';

const widening: Widening = {
  path: 'docker-compose.yml',
  grants: [{ op: 'remove', address: 'services.l9-redis' }],
  reason: 'It is not used any more',
  minutes: 60,
  asker: 'Some Agent 1.0',
  kept: undefined,
  atStake: [],
};

test('a wider scope is asked for in one sentence that quotes the agent', () => {
  const { message, yes, losesData } = scopeInWords(widening, 0, say);
  assert.equal(
    message,
    'docker-compose.yml: Some Agent 1.0 asks to be allowed: remove service l9-redis. Its reason: “It is not used any more”',
  );
  assert.deepEqual([yes, losesData], ['Allow for 1 h', false]);
});

test('what an agent writes shows its control characters and no secrets', () => {
  const evil = { ...widening, asker: 'a\u202eb', reason: 'postgres://u:hunter2@h/db\nAllowed' };
  const { message, detail } = scopeInWords(evil, 0, say);
  assert.doesNotMatch(message + detail.join(), /hunter2|\u202e|\n/);
  assert.match(message, /a\\u\{202e\}b/);
});

test('data at stake, and what a longer scope allows already, are said', () => {
  const kept = {
    grants: [{ op: 'change', address: 'services.web' }],
    declaredAt: 0,
    expiresAt: 7_200_000,
  } as const;
  const asking = scopeInWords({ ...widening, atStake: [['volumes', 'data']], kept }, 0, say);
  assert.match(asking.message, /DATA CAN BE LOST: volume data\./);
  assert.match(asking.detail.join('\n'), /Allowed already, and then for as long: change service web/);
  assert.deepEqual([asking.yes, asking.losesData], ['Allow for 2 h', true]);
});

test('a command is told with the data first, however it was said', () => {
  const takes = [
    ...[1, 2, 3, 4, 5, 6].map((at) => ({ name: `service s${at}`, dataLoss: false })),
    { name: 'volume data', dataLoss: true },
  ];
  const { message, detail, losesData } = commandInWords({ text: 'down -v', takes, asker: 'codex' }, say);
  assert.equal(
    message,
    'codex wants to run “down -v”. DATA IS LOST: volume data. Stopped or taken away: service s1, service s2, service s3 and 3 more.',
  );
  assert.equal(losesData, true);
  assert.ok(detail.indexOf('    volume data') < detail.indexOf('    service s1'));
});
