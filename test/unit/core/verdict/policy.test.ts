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
