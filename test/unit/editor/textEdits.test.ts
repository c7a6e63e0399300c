import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineEndingOf, replacement, withLineEnding, withoutMark } from '../../../src/editor/textEdits.ts';

function applied(from: string, to: string): string {
  const change = replacement(from, to);
  return change === undefined ? from : from.slice(0, change.start) + change.text + from.slice(change.end);
}

test('equal texts need no replacement', () => {
  assert.equal(replacement('a\nb', 'a\nb'), undefined);
});

test('only what differs is replaced', () => {
  assert.deepEqual(replacement('one two three', 'one 2 three'), { start: 4, end: 7, text: '2' });
});

test('the replacement gives the wanted text, whatever the texts', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', '😀', '😁', ' ') });
  fc.assert(fc.property(text, text, (from, to) => applied(from, to) === to));
});

test('a replacement never begins or ends inside a CRLF or a surrogate pair', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\r\n', '\n', '😀', '😁') });
  fc.assert(
    fc.property(text, text, (from, to) => {
      const change = replacement(from, to);
      if (change === undefined) return;
      for (const at of [change.start, change.end]) {
        assert.ok(!/[\r\ud800-\udbff]$/.test(from.slice(0, at)) || at === from.length);
      }
    }),
  );
});

test('the line ending is the more frequent one', () => {
  assert.equal(lineEndingOf('a\r\nb\r\nc\n'), '\r\n');
  assert.equal(lineEndingOf('a\nb\r\n'), '\n');
  assert.equal(withLineEnding('a\r\nb\nc\r', '\n'), 'a\nb\nc\n');
});

test('a byte order mark is no part of what an editor shows', () => {
  assert.equal(withoutMark('\uFEFFa'), 'a');
  assert.equal(withoutMark('a'), 'a');
});
