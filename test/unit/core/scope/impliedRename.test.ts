import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../../src/core/model/document.ts';
import type { Grant } from '../../../../src/core/scope/grant.ts';
import { impliedChanges } from '../../../../src/core/scope/implied.ts';
import { change, type Stack, stack } from './builder.ts';

const healthy = { condition: 'service_healthy' };
const mount = (source: string) => ({ type: 'volume', source, target: '/d' });

const before: Stack = {
  services: {
    db: { image: 'postgres:16', volumes: { '/d': mount('data') }, ports: { '5432:5432/tcp': null } },
    api: {
      depends_on: { db: healthy },
      links: ['db:database', 'db'],
      network_mode: 'service:db',
      networks: { back: { aliases: ['a'] } },
      secrets: { token: { source: 'token', target: '/run/secrets/token' } },
      environment: { DSN: 'postgres://db' },
    },
  },
  volumes: { data: {} },
  networks: { back: {} },
  secrets: { token: { file: './t' } },
};

const db: Grant = { op: 'rename', address: 'services.db', to: 'services.pg' };
const data: Grant = { op: 'rename', address: 'volumes.data', to: 'volumes.rows' };
const back: Grant = { op: 'rename', address: 'networks.back', to: 'networks.inner' };
const token: Grant = { op: 'rename', address: 'secrets.token', to: 'secrets.key' };

/** The addresses of those changes that the grants imply, when the services named end up as given. */
function implied(grants: readonly Grant[], listed: readonly string[], services: Stack[string]): string[] {
  const after = stack({ ...before, services: { ...before.services, ...services } });
  const changes = listed.map((text) => change(text));
  const found = impliedChanges(grants, changes, stack(before), after);
  return changes.filter((item) => found.has(item)).map(({ op, address }) => `${op} ${address}`);
}

const dependency = ['removed services.api.depends_on.db', 'added services.api.depends_on.pg'];

test('a dependency follows a renamed service on the same condition', () => {
  assert.deepEqual(implied([db], dependency, { api: { depends_on: { pg: healthy } } }), dependency);
});

test('a dependency that also changes its condition does not follow the rename', () => {
  const api = { depends_on: { pg: { condition: 'service_started' } } };
  assert.deepEqual(implied([db], dependency, { api }), []);
});

test('a dependency that goes without coming back does not follow the rename', () => {
  assert.deepEqual(implied([db], dependency.slice(0, 1), { api: { depends_on: {} } }), []);
});

test('links and namespaces follow a renamed service', () => {
  const listed = ['changed services.api.links', 'changed services.api.network_mode'];
  const follows = { links: ['pg:database', 'pg'], network_mode: 'service:pg' };
  assert.deepEqual(implied([db], listed, { api: follows }), listed);
  assert.deepEqual(implied([db], listed, { api: { links: ['pg'], network_mode: 'host' } }), []);
});

test('a value that happens to hold the old name does not follow', () => {
  const api = { environment: { DSN: 'postgres://pg' } };
  assert.deepEqual(implied([db], ['changed services.api.environment.DSN'], { api }), []);
});

test('a mount follows a renamed volume and stays what it was otherwise', () => {
  const listed = ['changed services.db.volumes[/d]'];
  assert.deepEqual(implied([data], listed, { db: { volumes: { '/d': mount('rows') } } }), listed);
  const readOnly = { ...mount('rows'), read_only: true };
  assert.deepEqual(implied([data], listed, { db: { volumes: { '/d': readOnly } } }), []);
  assert.deepEqual(implied([data], listed, { db: { volumes: { '/d': mount('other') } } }), []);
});

test('an attachment follows a renamed network with its aliases', () => {
  const listed = ['removed services.api.networks.back', 'added services.api.networks.inner'];
  assert.deepEqual(implied([back], listed, { api: { networks: { inner: { aliases: ['a'] } } } }), listed);
  assert.deepEqual(implied([back], listed, { api: { networks: { inner: { aliases: [] } } } }), []);
});

test('a secret follows its new name, at the path it had or at the one that goes with the name', () => {
  const kept = { 'key:/run/secrets/token': { source: 'key', target: '/run/secrets/token' } };
  const moved = { key: { source: 'key', target: '/run/secrets/key' } };
  const elsewhere = { 'key:/etc/key': { source: 'key', target: '/etc/key' } };
  const listed = (name: string) => [
    'removed services.api.secrets.token',
    `added services.api.secrets[${name}]`,
  ];
  const count = (name: string, secrets: Json) => implied([token], listed(name), { api: { secrets } }).length;
  assert.equal(count('key:/run/secrets/token', kept), 2);
  assert.equal(count('key', moved), 2);
  assert.equal(count('key:/etc/key', elsewhere), 0);
});

test('a service and the volume it mounts may be renamed together', () => {
  const listed = ['removed services.db', 'added services.pg'];
  const pg = { image: 'postgres:16', volumes: { '/d': mount('rows') }, ports: { '5432:5432/tcp': null } };
  assert.deepEqual(implied([db, data], listed, { pg }), listed);
  assert.deepEqual(implied([db], listed, { pg }), []);
  assert.deepEqual(implied([db, data], listed, { pg: { ...pg, image: 'postgres:17' } }), []);
  assert.deepEqual(implied([db, data], listed, { pg: { ...pg, privileged: true } }), []);
});

test('a port granted to go and one granted to come may be one port published otherwise', () => {
  const grants: readonly Grant[] = [
    { op: 'remove', address: 'services.db.ports[5432:5432/tcp]' },
    { op: 'add', address: 'services.db.ports[5433:5432/tcp]' },
  ];
  const listed = ['changed services.db.ports[5432/tcp]'];
  assert.deepEqual(implied(grants, listed, { db: { ports: { '5433:5432/tcp': null } } }), listed);
  assert.deepEqual(implied(grants, listed, { db: { ports: { '5434:5432/tcp': null } } }), []);
  assert.deepEqual(implied(grants.slice(1), listed, { db: { ports: { '5433:5432/tcp': null } } }), []);
});
