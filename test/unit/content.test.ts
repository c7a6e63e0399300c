import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { decodeText, encodeText } from '../../src/content.ts';
import { sha256 } from '../../src/store/sha256.ts';

const texts = ['', 'image: web:1\n', '\ufeffimage: web:1\n', 'name: caf\u00e9 \u{1f4be}\n', 'odd: \ufffd\n'];

for (const text of texts) {
  test(`${JSON.stringify(text)} comes back from its bytes as it was`, () => {
    assert.deepEqual(decodeText(encodeText(text)), { text });
  });
}

const noText: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a byte of Latin-1', [0x61, 0xe9, 0x0a]],
  ['half a character at the end', [0x61, 0xe2, 0x82]],
  ['half of a pair by itself', [0xed, 0xa0, 0x80]],
  ['a character written too long', [0xc0, 0xaf]],
  ['a valid replacement character beside a byte that is none', [0xef, 0xbf, 0xbd, 0xff]],
];

for (const [name, bytes] of noText) {
  test(`${name} is no text`, () => {
    const decoded = decodeText(Uint8Array.from(bytes));
    assert.equal('problem' in decoded && decoded.problem.code, 'not-utf8');
  });
}

test('a content is hashed as what it is when it is asked about, however often', () => {
  const expected = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
  const bytes = encodeText('web:1');
  for (let round = 0; round < 200; round++) {
    // The same array holds other bytes each time; every other time they were there before.
    bytes[4] = 48 + (round % 20);
    assert.equal(sha256(bytes), expected(bytes));
    assert.equal(sha256(`path ${round}`), expected(`path ${round}`));
  }
  assert.equal(sha256('caf\u00e9'), expected('caf\u00e9'));
  assert.equal(
    sha256(Uint8Array.of(0x63, 0x61, 0x66, 0xe9)),
    expected(Uint8Array.of(0x63, 0x61, 0x66, 0xe9)),
  );
});
