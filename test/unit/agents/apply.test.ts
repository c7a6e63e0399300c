import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/agents/apply.ts';
import type { ProposedChange } from '../../../src/agents/protocol.ts';

const replace = (old: string, fresh: string, everywhere = false): ProposedChange => ({
  how: 'replace',
  steps: [{ old, fresh, everywhere }],
});

const rows: readonly [string, ProposedChange, string | undefined, string | RegExp | undefined][] = [
  ['a text is replaced where it stands', replace('b', 'x'), 'abc', 'axc'],
  ['a dollar sign in the new text is only itself', replace('b', '$&$1'), 'abc', 'a$&$1c'],
  ['every place is replaced when all are meant', replace('b', 'x', true), 'abab', 'axax'],
  ['a text that is there twice is not guessed at', replace('b', 'x'), 'abab', /more than once/],
  ['a text that is not there is not guessed at', replace('z', 'x'), 'abc', /not in the file/],
  ['a file that is not there cannot be edited', replace('a', 'x'), undefined, /not there/],
  ['an empty old text makes a new file', replace('', 'new'), undefined, 'new'],
  ['an empty old text fills an empty file', replace('', 'new'), '', 'new'],
  ['an empty old text in a full file is not guessed at', replace('', 'new'), 'full', /empty/],
  ['line ends of the file are kept', replace('a\nb', 'x\ny'), '1\r\na\r\nb\r\n', '1\r\nx\r\ny\r\n'],
  ['a whole text takes the place of the old', { how: 'write', text: 'new' }, 'old', 'new'],
  ['a removal leaves no file', { how: 'remove' }, 'old', undefined],
  [
    'what only the host knows is not guessed at',
    { how: 'unknown', why: 'a model decides' },
    'old',
    /a model decides/,
  ],
];

for (const [name, change, current, expected] of rows) {
  test(name, () => {
    const outcome = applyChange(change, current);
    if (expected instanceof RegExp) assert.match('why' in outcome ? outcome.why : '', expected);
    else assert.deepEqual(outcome, { text: expected });
  });
}

test('steps happen one after the other', () => {
  const steps = [
    { old: 'a', fresh: 'b', everywhere: false },
    { old: 'bb', fresh: 'c', everywhere: false },
  ];
  assert.deepEqual(applyChange({ how: 'replace', steps }, 'ab'), { text: 'c' });
});
