import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeText } from '../../../src/content.ts';
import { openSpare } from '../../../src/store/spare.ts';
import { temporaryFolder } from '../disk/temporaryFolder.ts';

test('a spare gives back the last content of each name, and leaves no file that somebody could delete', (t) => {
  const folder = temporaryFolder(t);
  const spare = openSpare(folder);
  spare.keep('a', encodeText('one'));
  spare.keep('b', new Uint8Array());
  spare.keep('a', encodeText('another'));
  spare.keep('c', encodeText('forgotten'));
  spare.forget('c');
  assert.deepEqual(spare.get('a'), encodeText('another'));
  assert.deepEqual(spare.get('b'), new Uint8Array());
  assert.equal(spare.get('c'), undefined);
  assert.equal(spare.get('never kept'), undefined);
  assert.deepEqual(readdirSync(folder), []);
  spare.dispose();
  assert.equal(spare.get('a'), undefined);
});

test('a spare that is written to for ever keeps what is wanted and does not grow with the rest', (t) => {
  const spare = openSpare(temporaryFolder(t));
  const contentOf = (name: string, round: number) => encodeText(`${name} ${round} `.padEnd(20_000, 'x'));
  for (let round = 0; round < 300; round++)
    for (const name of ['a', 'b']) spare.keep(name, contentOf(name, name === 'b' ? 0 : round));
  assert.deepEqual(spare.get('a'), contentOf('a', 299));
  assert.deepEqual(spare.get('b'), contentOf('b', 0));
  assert.ok(spare.size() < 2_000_000, `${spare.size()} bytes for two contents of 20,000`);
});

test('where no file can be made, memory takes what is kept', (t) => {
  const spare = openSpare(join(temporaryFolder(t), 'not there'));
  spare.keep('a', encodeText('one'));
  assert.deepEqual(spare.get('a'), encodeText('one'));
  assert.equal(spare.size(), 0);
});
