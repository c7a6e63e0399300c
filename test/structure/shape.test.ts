import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourcesBelow } from './sources.ts';

const sources = [...sourcesBelow('src'), ...sourcesBelow('test')];

test('no file is longer than 300 lines', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 301);
  assert.deepEqual(
    long.map(({ path }) => path),
    [],
  );
});

test('the entry of the extension only wires', () => {
  const entry = sources.find(({ path }) => path === 'src/editor/extension.ts');
  assert.ok(entry !== undefined && entry.text.split('\n').length <= 121);
});

test('the program file of the command line is a door and no room', () => {
  const bin = sources.find(({ path }) => path === 'src/cli/bin.ts');
  assert.ok(bin !== undefined && bin.text.split('\n').length <= 21);
});

test('nothing exports a variable that others could change', () => {
  const wrong = sources.filter(({ text }) => /^export (let|var) /m.test(text));
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  );
});

test('no file passes on what another exports', () => {
  const wrong = sourcesBelow('src').filter(({ text }) => /^export (type )?(\*|\{[^}]*\}) from /m.test(text));
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  );
});
