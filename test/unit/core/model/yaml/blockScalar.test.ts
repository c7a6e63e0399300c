import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityAt } from '../../../../../src/core/model/document.ts';
import { readDocument } from '../../../../../src/core/model/read.ts';

/** What stands behind `A: `, to the end of the file, and what it says. */
const rows: readonly (readonly [string, string, string])[] = [
  ['a literal', '|\n        a\n', 'a\n'],
  ['a literal that the end of the file cuts', '|\n        a', 'a'],
  ['a folded scalar that the end of the file cuts', '>\n        a\n        b', 'a b'],
  ['one cut behind a blank', '|\n        a ', 'a '],
  ['one followed by blanks only', '|\n        a\n    ', 'a\n'],
  ['one without its last line end', '|-\n        a\n', 'a'],
  ['one with all its line ends', '|+\n        a\n\n', 'a\n\n'],
  ['one with all its line ends that is cut', '|+\n        a', 'a'],
  ['one before a comment', '|\n        a\n\n\n# end', 'a\n'],
  ['one with an empty line', '|\n        a\n\n          b\n', 'a\n\n  b\n'],
];

for (const [name, written, said] of rows) {
  // An anchor is nothing for the quick reader.
  for (const [reader, head] of [
    ['read quickly', ''],
    ['parsed', 'x-a: &a b\n'],
  ] as const) {
    test(`${name}, ${reader}`, () => {
      const document = readDocument(
        'compose',
        `${head}services:\n  app:\n    environment:\n      A: ${written}`,
      );
      assert.deepEqual(document.problems, []);
      assert.equal(entityAt(document, ['services', 'app', 'environment', 'A'])?.value, said);
    });
  }
}
