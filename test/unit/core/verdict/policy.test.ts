import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePolicy } from '../../../../src/core/verdict/policy.ts';
import { protectionUnder } from '../../../../src/core/verdict/protection.ts';

const problems: readonly (readonly [string, string, string])[] = [
  ['broken YAML', 'protect: [a\n', 'yaml-syntax at 2:'],
  ['a text in place of a list', 'ignore: "*.yml"\n', 'wrong-shape at 1:1'],
  ['a key nobody knows', 'protect: []\nprotects: []\n', 'wrong-shape at 2:1'],
  ['an empty glob', 'protect: [""]\n', 'wrong-shape at 1:1'],
  ['a list in place of a mapping', '- a\n', 'wrong-shape at 1:1'],
  ['a key twice', 'protect: [a]\nprotect: []\n', 'duplicate-key at 2:1'],
  ['two documents', 'protect: [a]\n---\nprotect: []\n', 'wrong-shape at 1:1'],
  ['a line that not every program ends', '# ours\rprotect: [a]\n', 'yaml-syntax at 1:7'],
  ['more than anybody writes', 'protect:\n'.repeat(200_000), 'too-large at 1:1'],
  ['the same key again and again', 'a:\n'.repeat(150_000), 'duplicate-key at 2:1'],
  ['no end of brackets', `protect: ${'['.repeat(100_000)}`, 'too-complex at 1:'],
  ['an alias to nothing', 'protect: *nothing\n', 'at 1:'],
];

for (const [name, text, expected] of problems) {
  test(`a policy with ${name} counts as none and says where`, async () => {
    const { policy, problems: found } = await parsePolicy(text);
    assert.deepEqual(policy, { protect: [], ignore: [], lock: [], elicitation: true });
    assert.equal(found.length, 1);
    const [problem] = found;
    assert.match(`${problem?.code} at ${problem?.line}:${problem?.column}`, new RegExp(expected));
    assert.match(problem?.message ?? '', /^\.infrahold\.yml: /);
  });
}

test('an empty policy is the default one', async () => {
  assert.deepEqual(await parsePolicy('# nothing yet\n'), {
    policy: { protect: [], ignore: [], lock: [], elicitation: true },
    problems: [],
  });
});

test('a glob is what is written, though it be a date or a number to others', async () => {
  const { policy } = await parsePolicy('protect: [2024-01-01, "2024", .inf, a b]\n');
  assert.deepEqual(policy.protect, ['2024-01-01', '2024', '.inf', 'a b']);
});

const kinds: readonly (readonly [string, string | undefined])[] = [
  ['docker-compose.yml', 'compose'],
  ['a/b/compose.yaml', 'compose'],
  ['examples/compose.yml', undefined],
  ['deploy/main.tf', 'text'],
  ['deploy/x/.hidden.tf', 'text'],
  ['main.tf', undefined],
  ['secrets.env', 'text'],
  ['a/secrets.env', 'text'],
  ['.infrahold.yml', 'text'],
  ['src/app.ts', undefined],
];

test('a policy adds to and takes from what is protected, and never itself', async () => {
  const text = 'protect: ["deploy/**/*.tf", secrets.env]\nignore: ["examples/**", ".infrahold.yml"]\n';
  const { policy, problems: found } = await parsePolicy(text);
  assert.deepEqual(found, []);
  const kindOf = protectionUnder(policy);
  assert.deepEqual(
    kinds.map(([path]) => [path, kindOf(path)]),
    kinds,
  );
});
