import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';
import { namesSomethingIn } from '../../../../src/core/scope/namesIn.ts';

const compose = readDocument(
  'compose',
  'name: shop\nservices:\n  web: {image: a, mem_limit: 1g, environment: {A: b}}\nvolumes: {data: {}}\n',
);
const text = readDocument('text', 'resource "a" "b" {}\n');

const rows: readonly (readonly [grant: string, inCompose: boolean, inText: boolean])[] = [
  ['remove service web', true, false],
  ['remove service db', false, false],
  ['change services.web.environment.A', true, false],
  // A variable that is not there yet can only come to the service that is.
  ['add services.web.environment.NEW', true, false],
  ['add services.db.environment.NEW', false, false],
  ['change services.web.mem_limit', true, false],
  ['remove volumes.data', true, false],
  ['remove volumes.other', false, false],
  ['add service cache', true, false],
  ['rename service web to front', true, false],
  ['rename service db to front', false, false],
  ['change services.*.environment.A', true, false],
  ['remove networks.*', false, false],
  ['change name', true, false],
  ['change include', false, false],
];

for (const [typed, inCompose, inText] of rows) {
  test(`"${typed}" names ${inCompose ? 'something' : 'nothing'} in the file`, () => {
    const grant = parseGrant(typed);
    assert.ok(!('problem' in grant), 'problem' in grant ? grant.problem : '');
    assert.equal(namesSomethingIn(grant, compose), inCompose);
    assert.equal(namesSomethingIn(grant, text), inText);
  });
}

test('the whole of a file that is compared as text is named by its one address', () => {
  assert.equal(namesSomethingIn({ op: 'change', address: 'file' }, text), true);
  assert.equal(namesSomethingIn({ op: 'change', address: 'file' }, compose), false);
});
