import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelProblem } from '../../../../../src/core/model/document.ts';
import { readDocument } from '../../../../../src/core/model/read.ts';
import { type Row, tables } from './refused.table.ts';

const nothingBeside = { name: 'compose.yaml', read: () => undefined };

async function problemsOf(
  text: string,
  env?: Readonly<Record<string, string>>,
): Promise<readonly ModelProblem[]> {
  const document = readDocument('compose', text, { ...nothingBeside, ...(env && { env }) });
  assert.deepEqual(document.problems, []);
  return (await document.modelProblems?.()) ?? [];
}

async function check([name, text, expected]: Row): Promise<void> {
  const problems = await problemsOf(text);
  const found = problems.map(
    ({ severity, code, line, column }) => `${severity === 'warning' ? '?' : ''}${code} ${line}:${column}`,
  );
  assert.deepEqual(found, expected, name);
  for (const { message, subject } of problems) assert.ok(message.length > 20 && subject !== '', name);
}

for (const row of tables()) {
  test(`what Compose says of ${row[0]}: ${row[2].join(', ') || 'nothing'}`, () => check(row));
}

const messages: readonly (readonly [string, RegExp])[] = [
  [
    'enviroment: {A: b}',
    /^services\.app has no key enviroment that Compose knows \(did you mean environment\?\)$/,
  ],
  ['user: 1000', /^services\.app\.user must be a text, not a number; put it in quotes$/],
  [
    'environment:',
    /^services\.app\.environment says nothing behind its colon; it must be a mapping or a list$/,
  ],
  ['depends_on: [ap]', /names service ap, which is not declared \(did you mean app\?\)$/],
  ['cgroup: hots', /must be host or private \(did you mean host\?\)$/],
];

for (const [line, expected] of messages) {
  test(`what is said of ${line}`, async () => {
    const [problem] = await problemsOf(`services:\n  app:\n    image: a\n    ${line}\n`);
    assert.match(problem?.message ?? '', expected);
  });
}

test('a value that may be a secret is not repeated', async () => {
  const text = 'services:\n  app:\n    image: a\n    environment: ["PASSWORD =hunter2", {hunter2: 1}]\n';
  const problems = await problemsOf(text);
  assert.equal(problems.length, 2);
  assert.ok(!JSON.stringify(problems.map(({ message }) => message)).includes('hunter2'));
});

test('a variable counts once its value is known', async () => {
  const text = `services:\n  app:\n    image: a\n    privileged: $P\n    hostname: \${H:?}\n`;
  const codes = async (env: Readonly<Record<string, string>>) =>
    (await problemsOf(text, env)).map(({ code, line }) => `${code} ${line}`);
  assert.deepEqual(await codes({}), []);
  assert.deepEqual(await codes({ P: 'yes', H: 'a' }), []);
  assert.deepEqual(await codes({ P: '1', H: '' }), ['wrong-value 4', 'wrong-value 5']);
});

test('a profile that is named switches a service on', async () => {
  const text = 'services:\n  app: {image: a, depends_on: [db]}\n  db: {image: b, profiles: [debug]}\n';
  assert.equal((await problemsOf(text, { COMPOSE_PROFILES: 'debug' })).length, 0);
  assert.equal((await problemsOf(text, { COMPOSE_PROFILES: 'other' })).length, 1);
});

test('where nobody can look, nothing is said of what another file may hold', async () => {
  const text = 'include: [a.yml]\nservices:\n  app: {extends: {file: b.yml, service: c}, depends_on: [db]}\n';
  assert.deepEqual(await readDocument('compose', text).modelProblems?.(), []);
});

test('a list without end takes no time without end', async () => {
  const many = Array.from({ length: 200_000 }, (_, index) => `c${index}`).join(', ');
  assert.deepEqual(await problemsOf(`services: {app: {image: a, security_opt: [${many}]}}`), []);
});
