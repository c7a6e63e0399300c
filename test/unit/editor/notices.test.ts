import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Notices } from '../../../src/editor/notices.ts';

const told = (...files: readonly string[]) => new Map(files.map((file) => [file, `edit of ${file}`]));
const second = 1_000;

test('one edit is one notification, and what comes together is a summary', () => {
  const notices = new Notices<string>();
  const one = notices.next(told('a'), 0);
  const many = notices.next(told('b', 'c'), second);
  assert.deepEqual([one?.isSummary, many?.isSummary], [false, true]);
  assert.deepEqual([...(many?.about.keys() ?? [])], ['b', 'c']);
});

test('a refactor that goes from file to file ends in one summary that speaks for all the rest', () => {
  const notices = new Notices<string>();
  const shown = Array.from({ length: 200 }, (_, file) => notices.next(told(`${file}`), file * 20 * second));
  const opened = shown.filter((notice) => notice !== undefined);
  assert.deepEqual(
    opened.map(({ isSummary }) => isSummary),
    [false, false, true],
  );
  assert.equal(opened.at(-1)?.about.size, 198);
});

test('a newer edit of a file waits while the question about the older one is fresh', () => {
  const notices = new Notices<string>();
  const first = notices.next(told('a'), 0);
  assert.ok(first);
  for (let at = 30; at < 300; at += 30) assert.equal(notices.next(told('a'), at * second), undefined);
  notices.closed(first);
  assert.equal(notices.next(told('a'), 300 * second)?.isSummary, false);
});

test('a notification that nobody answered does not keep a later edit from being told', () => {
  const notices = new Notices<string>();
  notices.next(told('a', 'b'), 0);
  assert.equal(notices.next(told('c'), 59 * second), undefined);
  assert.equal(notices.next(told('a'), 120 * second)?.isSummary, false);
  assert.equal(notices.next(told('d'), 121 * second)?.isSummary, false);
});
