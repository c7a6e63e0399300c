import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsFor } from '../../../src/cli/words.ts';
import { printable } from '../../../src/core/printable.ts';

const rows: readonly [readonly string[], string][] = [
  [[], 'the file'],
  [['name'], 'name'],
  [['services', 'l9-redis'], 'service l9-redis'],
  [['volumes', 'l9-redis-data'], 'volume l9-redis-data'],
  [['services', 'l9-api', 'environment', 'MEMORY_DSN'], 'service l9-api, environment MEMORY_DSN'],
  [['services', 'l9-api', 'ports', '8000/tcp'], 'service l9-api, port 8000/tcp'],
  [['services', 'l9-api', 'extra_hosts', 'a'], 'service l9-api, extra_hosts a'],
  [['x-common', 'image'], 'x-common image'],
];

for (const [path, expected] of rows) {
  test(`${JSON.stringify(path)} is called ${expected}`, () => {
    assert.equal(wordsFor(path), expected);
  });
}

test('control characters and turns of the reading direction are shown and not obeyed', () => {
  assert.equal(printable('a\u001b[2K\u202eb\n'), 'a\\u{1b}[2K\\u{202e}b\\u{a}');
});
