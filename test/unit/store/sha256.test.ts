import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { sha256 } from '../../../src/store/sha256.ts';

const byNode = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

/** The same bytes in each run, so that a failure can be had again. */
function bytesOf(length: number): Uint8Array {
  let state = length + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    return state >>> 16;
  });
}

describe('sha256', () => {
  it('is what Node says for every length around the blocks and the limit', () => {
    const lengths = [...Array(260).keys(), 1_000, 4_095, 32_767, 32_768, 32_769, 100_000];
    for (const length of lengths) {
      const content = bytesOf(length);
      assert.equal(sha256(content), byNode(content), `${length} bytes`);
      assert.equal(sha256(new Uint8Array(length).fill(0xff)), byNode(new Uint8Array(length).fill(0xff)));
    }
  });

  it('takes a text for its bytes in UTF-8', () => {
    for (const text of ['', 'abc', 'Zürich', '\u{1f40b} and \ud800 alone'])
      assert.equal(sha256(text), byNode(text));
  });

  it('takes a part of a buffer for what the part holds', () => {
    const whole = bytesOf(500);
    assert.equal(sha256(whole.subarray(13, 377)), byNode(whole.slice(13, 377)));
  });
});
