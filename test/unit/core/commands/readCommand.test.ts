import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandMayMatter } from '../../../../src/core/commands/mayMatter.ts';
import { readCommand } from '../../../../src/core/commands/readCommand.ts';
import { actionGroups } from './actionRows.ts';
import { fileGroups } from './fileRows.ts';
import { contextIn } from './folder.ts';
import { harmlessRuns, harmlessWords } from './harmlessRows.ts';
import { otherGroups } from './otherRows.ts';
import { summaryOf } from './summary.ts';

const cwd = '/work/project';
const context = contextIn(cwd, '/home/somebody');
const groups = [...fileGroups, ...actionGroups, ...otherGroups];
const harmless = [...harmlessRuns, ...harmlessWords];

for (const { effects, commands } of groups) {
  for (const command of commands) {
    test(`${effects.join(', ')} ← ${command}`, () => {
      assert.deepEqual(summaryOf(readCommand(command, context), cwd), [...effects].sort());
      assert.ok(commandMayMatter(command), 'the cheap look would have let it pass');
    });
  }
}

for (const command of harmless) {
  test(`nothing ← ${command}`, () => {
    assert.deepEqual(summaryOf(readCommand(command, context), cwd), []);
  });
}

test('a program whose name is put together is worth a parse, and a build or a search is not', () => {
  const built = [
    'r"m" x.tf',
    'r""m x.tf',
    'sudo "r"m x.tf',
    '{r,}m x.tf',
    'ls\nr"m" x.tf',
    'a && tru""ncate x',
  ];
  assert.deepEqual(
    built.filter((command) => !commandMayMatter(command)),
    [],
  );
  const usual = [
    'npm test -- "a b"',
    'grep -r "foo" .',
    'echo "a b"',
    'ls -la',
    'FOO="a b" make',
    'go test ./...',
  ];
  assert.deepEqual(usual.filter(commandMayMatter), []);
});

test('the table is large enough to mean something', (t) => {
  const withEffects = groups.flatMap(({ commands }) => commands).length;
  assert.ok(withEffects >= 150 && harmless.length >= 100);
  t.diagnostic(`command table sweep: ${withEffects} commands with effects, ${harmless.length} without`);
});
