import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatGrant, parseGrant } from '../../../../src/core/scope/grants.ts';
import { impliedChanges } from '../../../../src/core/scope/implied.ts';
import { change, type Stack, stack } from './builder.ts';

const before: Stack = {
  services: {
    db: { image: 'postgres:16', volumes: { '/d': mount('data') }, networks: { back: null } },
    cache: { image: 'redis:7' },
    api: {
      depends_on: { db: { condition: 'service_healthy' }, cache: { condition: 'service_started' } },
      links: ['db:database', 'cache'],
      volumes_from: ['db:ro', 'container:old'],
      volumes: { '/b': mount('data'), '/c': { type: 'bind', source: 'data', target: '/c' } },
      networks: { back: null, front: null },
      secrets: { '/run/secrets/token': { source: 'token', target: '/run/secrets/token' } },
      configs: { site: { source: 'site', target: '/etc/site' } },
      environment: { DSN: 'postgres://db' },
    },
    sidecar: { network_mode: 'service:db', pid: 'service:db', ipc: 'service:cache' },
    worker: { links: ['db'], networks: { back: null } },
  },
  volumes: { data: {}, other: {} },
  networks: { back: {}, front: {} },
  secrets: { token: { file: './t' } },
  configs: { site: { file: './s' } },
};

function mount(source: string) {
  return { type: 'volume', source, target: '/d' };
}

/** What is implied of the changes listed, under the grants, when the services named end up as given. */
function implied(grants: string, listed: readonly string[], services: Stack[string] = {}, rest: Stack = {}) {
  const after = stack({ ...before, ...rest, services: { ...before.services, ...services } });
  const changes = listed.map((text) => change(text));
  const found = impliedChanges(readGrants(grants), changes, stack(before), after);
  return changes.flatMap((item) => {
    const grant = found.get(item);
    return grant === undefined ? [] : [`${item.op} ${item.address} by ${formatGrant(grant)}`];
  });
}

function readGrants(text: string) {
  return text.split(', ').map((one) => {
    const grant = parseGrant(one);
    assert.ok(!('problem' in grant));
    return grant;
  });
}

test('removing a service takes it out of depends_on, and nothing else out of the dependent', () => {
  const listed = [
    'removed services.db',
    'removed services.api.depends_on.db',
    'removed services.api.depends_on.cache',
    'changed services.api.depends_on.db',
    'changed services.api.environment.DSN',
    'removed volumes.data',
    'removed networks.back',
  ];
  assert.deepEqual(implied('remove service db', listed), [
    'removed services.api.depends_on.db by remove service db',
  ]);
});

test('a dependency may go before the service does, because an agent edits step by step', () => {
  assert.deepEqual(implied('remove service db', ['removed services.api.depends_on.db']), [
    'removed services.api.depends_on.db by remove service db',
  ]);
});

test('removing a service shortens links by its entries and by no other', () => {
  const listed = ['changed services.api.links'];
  assert.equal(implied('remove service db', listed, { api: { links: ['cache'] } }).length, 1);
  assert.equal(implied('remove service db', listed, { api: { links: [] } }).length, 0);
  assert.equal(implied('remove service db', listed, { api: { links: ['cache:c'] } }).length, 0);
  assert.equal(implied('remove service db', listed, { api: { links: ['cache', 'x'] } }).length, 0);
});

test('links that named nothing but the removed service go altogether', () => {
  assert.equal(implied('remove service db', ['removed services.worker.links'], { worker: {} }).length, 1);
  assert.equal(implied('remove service db', ['removed services.api.links'], { api: {} }).length, 0);
});

test('a container named in volumes_from stays', () => {
  const listed = ['changed services.api.volumes_from'];
  assert.equal(implied('remove service db', listed, { api: { volumes_from: ['container:old'] } }).length, 1);
  assert.equal(implied('remove service db', listed, { api: { volumes_from: [] } }).length, 0);
});

test('a namespace shared with the removed service is given up, and what comes instead is not implied', () => {
  const listed = ['removed services.sidecar.network_mode', 'removed services.sidecar.pid'];
  assert.equal(implied('remove service db', listed).length, 2);
  assert.equal(implied('remove service db', ['changed services.sidecar.network_mode']).length, 0);
  assert.equal(implied('remove service db', ['removed services.sidecar.ipc']).length, 0);
});

test('a service that loses the network it shared lands in the default network', () => {
  const listed = ['added services.sidecar.networks.default'];
  const alone = { sidecar: { networks: { default: null } } };
  const more = { sidecar: { networks: { default: null, front: null } } };
  assert.equal(implied('remove service db', listed, alone).length, 1);
  assert.equal(implied('remove service db', listed, more).length, 0);
  assert.equal(implied('remove service cache', listed, alone).length, 0);
});

test('removing a volume unmounts it, and leaves a folder of the same name alone', () => {
  const listed = [
    'removed services.db.volumes[/d]',
    'removed services.api.volumes[/b]',
    'removed services.api.volumes[/c]',
    'changed services.api.volumes[/b]',
    'removed services.db',
  ];
  assert.deepEqual(implied('remove volume data', listed), [
    'removed services.db.volumes[/d] by remove volume data',
    'removed services.api.volumes[/b] by remove volume data',
  ]);
});

test('removing a network, a secret and a config detaches them', () => {
  const listed = [
    'removed services.api.networks.back',
    'removed services.api.networks.front',
    'removed services.api.secrets[/run/secrets/token]',
    'removed services.api.configs.site',
  ];
  assert.deepEqual(implied('remove network back, remove secret token, remove config site', listed), [
    'removed services.api.networks.back by remove network back',
    'removed services.api.secrets[/run/secrets/token] by remove secret token',
    'removed services.api.configs.site by remove config site',
  ]);
});

test('removing every service implies nothing about volumes', () => {
  assert.deepEqual(implied('remove services.*', ['removed volumes.data', 'removed networks.back']), []);
});

test('a change of a service implies nothing elsewhere', () => {
  const listed = ['removed services.api.depends_on.db', 'added volumes.new'];
  assert.deepEqual(implied('change service db', listed, { db: { volumes: { '/n': mount('new') } } }), []);
});

test('an added service brings the volume, network and secret that it names, and no service', () => {
  const mail = {
    volumes: { '/m': mount('mails') },
    networks: { post: null },
    secrets: { key: { source: 'key', target: '/k' } },
    depends_on: { queue: { condition: 'service_started' } },
  };
  const listed = [
    'added services.mail',
    'added volumes.mails',
    'added networks.post',
    'added secrets.key',
    'added services.queue',
    'added volumes.unused',
    'removed volumes.data',
  ];
  assert.deepEqual(implied('add service mail', listed, { mail }), [
    'added volumes.mails by add service mail',
    'added networks.post by add service mail',
    'added secrets.key by add service mail',
  ]);
});

test('an added mount brings its volume; one that another service names is not brought', () => {
  const api = { volumes: { '/n': mount('new') } };
  assert.equal(implied('add services.api.volumes[/n]', ['added volumes.new'], { api }).length, 1);
  assert.equal(implied('add services.db.volumes[/n]', ['added volumes.new'], { api }).length, 0);
});

test('one gone and one come, both granted, may be so alike that they look renamed', () => {
  const listed = ['renamed volumes.other volumes.fresh'];
  assert.deepEqual(implied('remove volume other, add volume fresh', listed), [
    'renamed volumes.other by remove volume other',
  ]);
  assert.deepEqual(implied('remove volume other', listed), []);
  assert.deepEqual(implied('add volume fresh', listed), []);
});

test('a secret that a build asks for goes with the secret, and comes with what is added', () => {
  const build = (secret: string) => ({
    build: { context: '.', secrets: { [secret]: { source: secret, target: `/run/secrets/${secret}` } } },
  });
  const old = stack({ services: { app: build('token') }, secrets: { token: {} } });
  const none = stack({ services: { app: { build: { context: '.' } } } });
  const gone = change('removed services.app.build.secrets.token');
  assert.equal(impliedChanges(readGrants('remove secret token'), [gone], old, none).size, 1);
  assert.equal(impliedChanges(readGrants('remove secret other'), [gone], old, none).size, 0);
  const come = change('added secrets.token');
  assert.equal(impliedChanges(readGrants('add service app'), [come], none, old).size, 1);
});
