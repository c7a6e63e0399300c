import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../../../src/core/model/nearest.ts';

const commands = ['diff', 'check', 'salvage', 'scope', 'hook', 'watch', 'restore', 'log'];

const rows: readonly [string, string | undefined][] = [
  ['chek', 'check'],
  ['hcekc', 'check'],
  ['cehck', 'check'],
  ['restor', 'restore'],
  ['salv', 'salvage'],
  ['lgo', 'log'],
  ['x', undefined],
  ['deploy', undefined],
  ['', undefined],
];

for (const [typed, expected] of rows) {
  test(`"${typed}" most likely means ${expected ?? 'nothing known'}`, () => {
    assert.equal(nearest(typed, commands), expected);
  });
}
