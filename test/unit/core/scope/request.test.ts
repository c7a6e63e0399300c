import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readRequest } from '../../../../src/core/scope/request.ts';
import { l9Orders1 } from './requests/l9Orders1.table.ts';
import { l9Orders2 } from './requests/l9Orders2.table.ts';
import { l9Refused1 } from './requests/l9Refused1.table.ts';
import { l9Refused2 } from './requests/l9Refused2.table.ts';
import { shop1 } from './requests/shop1.table.ts';
import { shop2 } from './requests/shop2.table.ts';
import { watch as watchRequests } from './requests/watch.table.ts';
import { written1 } from './requests/written1.table.ts';
import { written2 } from './requests/written2.table.ts';
import { written3 } from './requests/written3.table.ts';
import { written4 } from './requests/written4.table.ts';
import { written5 } from './requests/written5.table.ts';
import { written6 } from './requests/written6.table.ts';
import { show } from './showReading.ts';
import { l9, shop, watch } from './stacks.ts';

const tables: readonly (readonly [table: string, stack: string, document: InfraDocument])[] = [
  [l9Orders1, 'l9', l9],
  [l9Orders2, 'l9', l9],
  [l9Refused1, 'l9', l9],
  [l9Refused2, 'l9', l9],
  [shop1, 'shop', shop],
  [shop2, 'shop', shop],
  [watchRequests, 'watch', watch],
];

/** A request on a line of its own, with `\n` for a new line, and below it, indented, how it reads. */
function rowsOf(table: string): { request: string; expected: string[] }[] {
  const rows: { request: string; expected: string[] }[] = [];
  for (const line of table.split('\n').filter((one) => one.trim() !== '')) {
    if (line.startsWith('  ')) rows.at(-1)?.expected.push(line.trim());
    else rows.push({ request: line.replaceAll('\\n', '\n'), expected: [] });
  }
  return rows;
}

function check(request: string, expected: readonly string[], document: InfraDocument): void {
  const read = show(readRequest(request, document));
  assert.deepEqual(read.length === 0 ? ['nothing'] : read, expected);
}

for (const [table, stack, document] of tables) {
  for (const { request, expected } of rowsOf(table)) {
    test(`on ${stack}, ${JSON.stringify(request)} reads as ${expected.join(', ')}`, () => {
      check(request, expected, document);
    });
  }
}

const writtenTables: readonly (readonly [table: string, file: string, document: InfraDocument])[] = [
  [written1, 'docker-compose.yml', l9],
  [written2, 'compose.yaml', shop],
  [written3, 'compose.yaml', shop],
  [written4, 'compose.yaml', shop],
  [written5, 'docker-compose.yml', l9],
  [written6, 'compose.yaml', shop],
];

for (const [table, file, document] of writtenTables) {
  for (const { request, expected } of rowsOf(table)) {
    test(`asked on ${file}, ${JSON.stringify(request)} grants ${expected.join(', ')}`, () => {
      const { grants, ambiguous, notUnderstood } = readRequest(request, document, file);
      const given = show({ grants, ambiguous: [], notUnderstood: [] });
      const isTold = ambiguous.length + notUnderstood.length > 0;
      assert.deepEqual(given.length > 0 ? given.sort() : [isTold ? 'none' : 'quiet'], [...expected].sort());
    });
  }
}

test('the tables hold at least 150 requests', () => {
  assert.ok(tables.flatMap(([table]) => rowsOf(table)).length >= 150);
});

test('the same request always reads the same', () => {
  const [first, second] = [1, 2].map(() => readRequest('Remove redis and the neo4j volume.', l9));
  assert.deepEqual(first, second);
});

test('an empty request asks for nothing', () => {
  for (const request of ['', ' \n ', '...', '!?', ',', '- ']) {
    assert.deepEqual(readRequest(request, l9), { grants: [], ambiguous: [], notUnderstood: [] });
  }
});

test('an order on another file grants nothing on this one', () => {
  const request = 'Remove redis from deploy/compose.dev.yml. Remove neo4j.';
  assert.deepEqual(show(readRequest(request, l9, 'deploy/docker-compose.yml')), [
    'remove services.l9-neo4j',
    '! Remove redis from deploy/compose.dev.yml',
  ]);
  assert.equal(readRequest(request, l9, '/srv/deploy/compose.dev.yml').grants.length, 2);
  assert.equal(readRequest(request, l9, 'compose.dev.yml').grants.length, 2);
  assert.equal(readRequest(request, l9, '/srv/compose.dev.yml').grants.length, 1);
  assert.equal(readRequest(request, l9).grants.length, 2);
});

test('a request of any length is read in one go', () => {
  const request = `remove ${'redis, '.repeat(5000)}`;
  assert.deepEqual(readRequest(request, l9).grants, []);
  assert.deepEqual(readRequest('Remove redis. '.repeat(2000), l9).grants.length, 1);
});
