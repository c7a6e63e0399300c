import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';
import { formatGrant } from '../../../../src/core/scope/grants.ts';
import { type Heard, hear, nothingHeard } from '../../../../src/core/scope/hear.ts';

const stack = `services:
  api:
    image: api:1
    environment: {LOG_LEVEL: info}
  redis:
    image: redis:7
    volumes: [redis-data:/data]
  postgres:
    image: postgres:16
volumes:
  redis-data:
`;

/** Each prompt of a session, and what the session may do after it. */
const sessions: readonly (readonly [string, readonly (readonly [string, readonly string[]])[]])[] = [
  ['an order is heard', [['Remove postgres, touch nothing else.', ['remove service postgres']]]],
  ['small talk and other work grant nothing', [['Hello! Please run the tests.', []]]],
  [
    'a prompt without an order leaves what was heard',
    [
      ['Remove postgres.', ['remove service postgres']],
      ['Go on.', ['remove service postgres']],
      ['', ['remove service postgres']],
      ['Why does the build fail?', ['remove service postgres']],
    ],
  ],
  [
    'a new order takes the place of the one before',
    [
      ['Remove postgres.', ['remove service postgres']],
      ['Remove redis.', ['remove service redis']],
    ],
  ],
  [
    'an order that adds leaves the one before',
    [
      ['Remove postgres.', ['remove service postgres']],
      ['Also bump redis to 8.', ['remove service postgres', 'change services.redis.image']],
    ],
  ],
  [
    'thanks and a wish do not hide that it adds',
    [
      ['Remove postgres.', ['remove service postgres']],
      ['Great, now also remove redis.', ['remove service postgres', 'remove service redis']],
    ],
  ],
  [
    'as well, at the end of a sentence, adds',
    [
      ['Remove postgres.', ['remove service postgres']],
      ['Remove redis as well.', ['remove service postgres', 'remove service redis']],
    ],
  ],
  [
    'forget that takes everything back',
    [
      ['Remove postgres and redis.', ['remove service postgres', 'remove service redis']],
      ['Forget that.', []],
      ['Go on.', []],
    ],
  ],
  [
    'forget that, with an order of its own, leaves that one',
    [
      ['Remove postgres.', ['remove service postgres']],
      ['Never mind. Remove redis.', ['remove service redis']],
    ],
  ],
  [
    'what is forbidden later is gone, and the rest stays',
    [
      ['Remove postgres and redis.', ['remove service postgres', 'remove service redis']],
      ["Don't remove redis.", ['remove service postgres']],
    ],
  ],
  [
    'what adds does not bring back what was forbidden',
    [
      ['Remove postgres and redis.', ['remove service postgres', 'remove service redis']],
      ["Don't remove redis.", ['remove service postgres']],
      ['Also bump api to 2.', ['remove service postgres', 'change services.api.image']],
    ],
  ],
  [
    'a prompt too long to be read leaves nothing',
    [
      ['Remove postgres.', ['remove service postgres']],
      [`Look at this: ${'log line\n'.repeat(3000)}`, []],
    ],
  ],
];

for (const [name, prompts] of sessions) {
  test(name, () => {
    let heard: Heard = nothingHeard;
    for (const [prompt, expected] of prompts) {
      heard = hear(heard, prompt, documents({ 'compose.yml': stack }));
      assert.deepEqual(
        heard.files.flatMap(({ grants }) => grants.map(formatGrant)),
        expected,
        prompt.slice(0, 80),
      );
    }
  });
}

test('what is carried out already still counts, and can be taken back', () => {
  const first = hear(nothingHeard, 'Remove postgres.', documents({ 'compose.yml': stack }));
  const done = stack.replace(/ {2}postgres:\n.*\n/, '');
  assert.deepEqual(hear(first, 'Undo that.', documents({ 'compose.yml': done })).files, []);
  assert.equal(hear(first, 'Thanks!', documents({ 'compose.yml': done })).files.length, 1);
});

test('an order counts in the file that it names, and else in those nearest to the root', () => {
  const files = { 'compose.yml': stack, 'compose.prod.yml': stack, 'examples/compose.yml': stack };
  const pathsOf = (prompt: string, given: Record<string, string> = files) =>
    hear(nothingHeard, prompt, documents(given)).files.map(({ path }) => path);
  assert.deepEqual(pathsOf('Remove redis from compose.prod.yml.'), ['compose.prod.yml']);
  assert.deepEqual(pathsOf('Remove redis.'), ['compose.yml', 'compose.prod.yml']);
  assert.deepEqual(pathsOf('Remove redis.', { 'a/compose.yml': stack, 'b/compose.yml': stack }), []);
});

test('a prompt of which a part is not understood is heard in part', () => {
  const isPart = (prompt: string) =>
    hear(nothingHeard, prompt, documents({ 'compose.yml': stack })).files[0]?.isPart;
  assert.equal(isPart('Remove redis.'), false);
  assert.equal(isPart('Remove redis. Give the api two more workers.'), true);
});

function documents(files: Record<string, string>) {
  return new Map(Object.entries(files).map(([path, text]) => [path, readDocument('compose', text)] as const));
}
