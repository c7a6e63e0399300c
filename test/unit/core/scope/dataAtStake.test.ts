import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress } from '../../../../src/core/model/address.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { dataAtStake, entitiesNamed } from '../../../../src/core/scope/dataAtStake.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';

const stack = `name: shop
services:
  web:
    image: nginx
    ports: ["8080:80"]
    volumes: ["./site:/site:ro"]
  db:
    image: postgres
    volumes: ["data:/data", "./init:/init"]
volumes:
  data: { labels: { a: b } }
  spare:
`;
const document = readDocument('compose', stack);

function grantFrom(text: string) {
  const grant = parseGrant(text);
  assert.ok(!('problem' in grant), text);
  return grant;
}

const mount = 'services.db.volumes[/data]';

const stakes: readonly (readonly [string, readonly string[]])[] = [
  ['remove service db', []],
  ['remove service web', []],
  ['remove volume data', ['volumes.data']],
  ['remove volumes.*', ['volumes.data', 'volumes.spare']],
  ['rename volume data to store', ['volumes.data']],
  ['change volume spare', ['volumes.spare']],
  ['change service db', [mount]],
  ['change service web', []],
  ['change service db image', []],
  ['remove services.db.volumes', [mount]],
  ['remove services.db.volumes[/init]', []],
  ['change name', ['name']],
  ['add volume more', []],
  ['remove service nothing', []],
];

for (const [grant, expected] of stakes) {
  test(`what "${grant}" could lose`, () => {
    assert.deepEqual(dataAtStake([grantFrom(grant)], document).map(formatAddress), expected);
  });
}

test('several grants name each thing once', () => {
  const grants = ['remove volume data', 'change volumes.*'].map(grantFrom);
  assert.deepEqual(dataAtStake(grants, document).map(formatAddress), ['volumes.data', 'volumes.spare']);
});

const named: readonly (readonly [string, number])[] = [
  ['remove service db', 1],
  ['remove services.*', 2],
  ['change services.web.ports[80/tcp]', 1],
  ['change services.web.ports[8080:80]', 1],
  ['remove service nothing', 0],
];

for (const [grant, count] of named) {
  test(`"${grant}" names ${count}`, () => {
    assert.equal(entitiesNamed(grantFrom(grant), document).length, count);
  });
}
