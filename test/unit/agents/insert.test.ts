import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/agents/apply.ts';

const insert = (current: string | undefined, line: number | undefined, text: string) =>
  applyChange({ how: 'insert', line, text }, current);

test('lines stand after the one that is named, 0 for the beginning', () => {
  assert.deepEqual(insert('a\nb\n', 0, 'x'), { text: 'x\na\nb\n' });
  assert.deepEqual(insert('a\nb\n', 1, 'x\ny'), { text: 'a\nx\ny\nb\n' });
  assert.deepEqual(insert('a\nb', 2, 'x'), { text: 'a\nb\nx' });
});

test('without a line they stand at the end, on lines of their own', () => {
  assert.deepEqual(insert('a\n', undefined, 'x\n'), { text: 'a\nx\n' });
  assert.deepEqual(insert('a', undefined, 'x'), { text: 'a\nx' });
  assert.deepEqual(insert('', undefined, 'x'), { text: 'x' });
  assert.deepEqual(insert(undefined, undefined, 'x'), { text: 'x' });
});

test('line ends of the file are kept', () => {
  assert.deepEqual(insert('a\r\nb\r\n', 1, 'x\ny'), { text: 'a\r\nx\r\ny\r\nb\r\n' });
  assert.deepEqual(insert('a\r\n', undefined, 'x\ny\n'), { text: 'a\r\nx\r\ny\r\n' });
});

test('a line that is not there is not guessed at', () => {
  assert.deepEqual(insert('a\n', 3, 'x'), { why: 'the line to insert at is beyond the end of the file' });
  assert.deepEqual(insert(undefined, 1, 'x'), { why: 'the file to be edited is not there' });
});
