import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { covers } from '../../../../src/core/scope/coverage.ts';
import type { Grant } from '../../../../src/core/scope/grant.ts';
import { formatGrant } from '../../../../src/core/scope/grants.ts';
import { impliedChanges } from '../../../../src/core/scope/implied.ts';
import { readRequest } from '../../../../src/core/scope/request.ts';
import { show } from './showReading.ts';

const incident = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');

/** Each change between two texts, and whether the grants hold it: `in`, `by GRANT` or `out`. */
function placed(before: string, after: string, grants: readonly Grant[]): string[] {
  const [one, other] = [readDocument('compose', before), readDocument('compose', after)];
  assert.deepEqual([...one.problems, ...other.problems], []);
  const changes = changesBetween(one, other);
  const implied = impliedChanges(grants, changes, one, other);
  return changes.map((change) => {
    const by = implied.get(change);
    const isCovered = grants.some((grant) => covers(grant, change));
    const place = isCovered ? 'in' : by === undefined ? 'out' : `by ${formatGrant(by)}`;
    return `${change.op} ${change.address}: ${place}`;
  });
}

/** The same with the grants that a request gives on the text before. */
function placedOn(request: string, before: string, after: string): string[] {
  const reading = readRequest(request, readDocument('compose', before));
  assert.deepEqual([reading.ambiguous, reading.notUnderstood], [[], []]);
  return placed(before, after, reading.grants);
}

test('the request of the incident is one grant', () => {
  const document = readDocument('compose', incident('docker-compose.yml'));
  assert.deepEqual(show(readRequest(incident('request.txt'), document)), ['remove services.l9-postgres']);
});

test('the edit of the incident stays within its request in two changes only', () => {
  const places = placedOn(incident('request.txt'), incident('docker-compose.yml'), incident('ai-edit.yml'));
  assert.deepEqual(
    places.filter((place) => !place.endsWith(': out')),
    [
      'removed services.l9-postgres: in',
      'removed services.l9-api.depends_on.l9-postgres: by remove service l9-postgres',
    ],
  );
  assert.equal(places.length, 11);
});

test('what was asked for stays within the request', () => {
  const places = placedOn(incident('request.txt'), incident('docker-compose.yml'), incident('asked-for.yml'));
  assert.deepEqual(places, [
    'removed services.l9-postgres: in',
    'removed services.l9-api.depends_on.l9-postgres: by remove service l9-postgres',
  ]);
});

const shop = `services:
  db:
    image: postgres:16
    volumes: ["dbdata:/var/lib/postgresql/data"]
    networks: [back]
  cache: {image: "redis:7"}
  sidecar: {image: "proxy:1", network_mode: "service:db"}
  api:
    image: acme/api:1
    ports: ["8000:8000"]
    environment: {LOG_LEVEL: info}
    depends_on: [db, cache]
    links: [db, "cache:c"]
    volumes_from: ["db:ro"]
    networks: [back]
    secrets: [token]
volumes: {dbdata: {}, old: {}}
networks: {back: {}}
secrets: {token: {file: ./token}}
`;

const edits: readonly (readonly [
  request: string,
  edit: (text: string) => string,
  places: readonly string[],
])[] = [
  [
    'Bump postgres to 17',
    (text) => text.replace('postgres:16', 'postgres:17'),
    ['changed services.db.image: in'],
  ],
  [
    'Set LOG_LEVEL to debug in api',
    (text) => text.replace('LOG_LEVEL: info', 'LOG_LEVEL: debug, EXTRA: 1'),
    ['changed services.api.environment.LOG_LEVEL: in', 'added services.api.environment.EXTRA: out'],
  ],
  [
    'Expose api on 8001 too',
    (text) => text.replace('"8000:8000"', '"8000:8000", "8001:8000"'),
    ['added services.api.ports[8001:8000/tcp]: in'],
  ],
  [
    'Expose api on 8001 too',
    (text) => text.replace('"8000:8000"', '"8001:8000"'),
    ['changed services.api.ports[8000/tcp]: out'],
  ],
  [
    'Publish api on 8001 instead of 8000',
    (text) => text.replace('"8000:8000"', '"8001:8000"'),
    ['changed services.api.ports[8000/tcp]: in'],
  ],
  [
    'Remove cache',
    (text) =>
      text
        .replace(/ {2}cache:.*\n/, '')
        .replace('[db, cache]', '[db]')
        .replace('[db, "cache:c"]', '[db]'),
    [
      'removed services.cache: in',
      'removed services.api.depends_on.cache: by remove service cache',
      'removed services.api.links[cache:c]: by remove service cache',
    ],
  ],
  [
    'Add a service mail',
    (text) =>
      text
        .replace('services:\n', 'services:\n  mail: {image: "mail:1", volumes: ["mails:/m"]}\n')
        .replace('{dbdata: {}, old: {}}', '{dbdata: {}, old: {}, mails: {}}'),
    ['added services.mail: in', 'added volumes.mails: by add service mail'],
  ],
  [
    'Rename network back to inner',
    (text) => text.replaceAll('[back]', '[inner]').replace('{back: {}}', '{inner: {}}'),
    [
      'renamed networks.back: in',
      'removed services.db.networks.back: by rename network back to inner',
      'removed services.api.networks.back: by rename network back to inner',
      'added services.db.networks.inner: by rename network back to inner',
      'added services.api.networks.inner: by rename network back to inner',
    ],
  ],
  [
    'Remove db',
    (text) =>
      text
        .replace(/ {2}db:\n(?: {4}.*\n)+/, '')
        .replace(', network_mode: "service:db"', '')
        .replace('[db, cache]', '[cache]')
        .replace('[db, "cache:c"]', '["cache:c"]')
        .replace('    volumes_from: ["db:ro"]\n', ''),
    [
      'removed services.db: in',
      'removed services.sidecar.network_mode: by remove service db',
      'removed services.api.depends_on.db: by remove service db',
      'removed services.api.links.db: by remove service db',
      'removed services.api.volumes_from: by remove service db',
    ],
  ],
  [
    'Rename db to pg',
    (text) =>
      text
        .replace('  db:', '  pg:')
        .replace('service:db', 'service:pg')
        .replace('[db, cache]', '[pg, cache]')
        .replace('[db, "cache:c"]', '[pg, "cache:c"]')
        .replace('db:ro', 'pg:ro'),
    [
      'renamed services.db: in',
      'removed services.api.depends_on.db: by rename service db to pg',
      'removed services.api.links.db: by rename service db to pg',
      'changed services.sidecar.network_mode: by rename service db to pg',
      'changed services.api.volumes_from: by rename service db to pg',
      'added services.api.depends_on.pg: by rename service db to pg',
      'added services.api.links.pg: by rename service db to pg',
    ],
  ],
  [
    'Remove network back',
    (text) => text.replaceAll('    networks: [back]\n', '').replace('networks: {back: {}}\n', ''),
    [
      'removed networks.back: in',
      'removed services.db.networks.back: by remove network back',
      'removed services.api.networks.back: by remove network back',
    ],
  ],
  [
    'Remove volume dbdata',
    (text) => text.replace(/ {4}volumes: \["dbdata.*\n/, '').replace('dbdata: {}, ', ''),
    [
      'removed volumes.dbdata: in',
      'removed services.db.volumes[/var/lib/postgresql/data]: by remove volume dbdata',
    ],
  ],
  [
    'Rename volume dbdata to pgdata',
    (text) => text.replaceAll('dbdata', 'pgdata'),
    [
      'renamed volumes.dbdata: in',
      'changed services.db.volumes[/var/lib/postgresql/data]: by rename volume dbdata to pgdata',
    ],
  ],
  [
    'Rename secret token to key',
    (text) => text.replace('[token]', '[key]').replace('{token:', '{key:'),
    [
      'renamed secrets.token: in',
      'removed services.api.secrets.token: by rename secret token to key',
      'added services.api.secrets.key: by rename secret token to key',
    ],
  ],
  [
    'Rename secret token to key',
    (text) => text.replace('[token]', '[{source: key, target: token}]').replace('{token:', '{key:'),
    [
      'renamed secrets.token: in',
      'removed services.api.secrets.token: by rename secret token to key',
      'added services.api.secrets[key:/run/secrets/token]: by rename secret token to key',
    ],
  ],
  [
    'Remove secret token',
    (text) => text.replace('    secrets: [token]\n', '').replace(/secrets: \{token.*\n/, ''),
    ['removed secrets.token: in', 'removed services.api.secrets.token: by remove secret token'],
  ],
  [
    'Rename db to pg and volume dbdata to pgdata',
    (text) =>
      text
        .replaceAll('dbdata', 'pgdata')
        .replace('  db:', '  pg:')
        .replace('service:db', 'service:pg')
        .replace('[db, cache]', '[pg, cache]')
        .replace('[db, "cache:c"]', '[pg, "cache:c"]')
        .replace('db:ro', 'pg:ro'),
    [
      'removed services.db: by rename service db to pg',
      'renamed volumes.dbdata: in',
      'removed services.api.depends_on.db: by rename service db to pg',
      'removed services.api.links.db: by rename service db to pg',
      'changed services.sidecar.network_mode: by rename service db to pg',
      'changed services.api.volumes_from: by rename service db to pg',
      'added services.pg: by rename service db to pg',
      'added services.api.depends_on.pg: by rename service db to pg',
      'added services.api.links.pg: by rename service db to pg',
    ],
  ],
  [
    'Remove volume old and add volume fresh',
    (text) => text.replace('old: {}', 'fresh: {}'),
    ['renamed volumes.old: by remove volume old'],
  ],
];

for (const [request, edit, expected] of edits) {
  test(`under "${request}": ${expected.join('; ')}`, () => {
    assert.deepEqual(placedOn(request, shop, edit(shop)), expected);
  });
}
