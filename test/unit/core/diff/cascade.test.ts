import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { impactOf } from '../../../../src/core/diff/impact.ts';
import { affectedReasons } from '../../../../src/core/diff/reasons.ts';
import { readDocument } from '../../../../src/core/model/read.ts';

type Services = Readonly<Record<string, unknown>>;
interface Stack {
  readonly services: Services;
  readonly [section: string]: unknown;
}

/** A name for the row, both stacks, and `SERVICE CAUSE REASON` of everything that follows. */
type Row = readonly [name: string, before: Stack, after: Stack, expected: readonly string[]];

/** Services of one image each, with what is said of them. */
function stack(services: Services, more: Readonly<Record<string, unknown>> = {}): Stack {
  const full = Object.entries(services).map(([name, said]) => [name, { image: name, ...(said as object) }]);
  return { services: Object.fromEntries(full) as Services, ...more };
}

const healthy = { condition: 'service_healthy' };
const check = { healthcheck: { test: 'x' } };
const chain = { app: { depends_on: ['api'] }, api: { depends_on: ['db'] } };
const mounts = (name: string) => ({ volumes: [`${name}:/d`] });

const rows: readonly Row[] = [
  ['nothing', stack({ a: {}, b: {} }), stack({ a: {}, b: {} }), []],
  [
    'a service gone that others name, and others them',
    stack({ ...chain, db: {} }),
    stack(chain),
    ['api service:db undefined-dependency', 'app service:api dependency-fails'],
  ],
  [
    'a service gone with what named it',
    stack({ ...chain, db: {} }),
    stack({ app: { depends_on: ['api'] }, api: {} }),
    ['api service:db lost-dependency'],
  ],
  ['what hung before', stack(chain), stack({ ...chain, other: {} }), []],
  [
    'a service gone whose network another is on',
    stack({ vpn: {}, app: { network_mode: 'service:vpn' } }),
    stack({ app: { network_mode: 'service:vpn' } }),
    ['app service:vpn undefined-dependency'],
  ],
  [
    'a service gone behind a link',
    stack({ db: {}, app: { links: ['db:d'] } }),
    stack({ app: {} }),
    ['app service:db lost-dependency'],
  ],
  [
    'a health check gone that others wait for',
    stack({ db: check, app: { depends_on: { db: healthy } }, web: { depends_on: ['app'] } }),
    stack({ db: {}, app: { depends_on: { db: healthy } }, web: { depends_on: ['app'] } }),
    ['app service:db never-healthy', 'web service:app dependency-fails'],
  ],
  [
    'a health check switched off that others wait for',
    stack({ db: check, app: { depends_on: { db: healthy } } }),
    stack({ db: { healthcheck: { disable: true } }, app: { depends_on: { db: healthy } } }),
    ['app service:db never-healthy'],
  ],
  [
    'a service that can do without the one that fails',
    stack({
      db: check,
      api: { depends_on: { db: healthy } },
      app: { depends_on: { api: { condition: 'service_started', required: false } } },
    }),
    stack({
      db: {},
      api: { depends_on: { db: healthy } },
      app: { depends_on: { api: { condition: 'service_started', required: false } } },
    }),
    ['api service:db never-healthy'],
  ],
  [
    'a service put under a profile',
    stack({ app: { depends_on: ['db'] }, db: {} }),
    stack({ app: { depends_on: ['db'] }, db: { profiles: ['x'] } }),
    ['app service:db disabled-dependency'],
  ],
  [
    'both put under the profile',
    stack({ app: { depends_on: ['db'] }, db: {} }),
    stack({ app: { depends_on: ['db'], profiles: ['x'] }, db: { profiles: ['x', 'y'] } }),
    [],
  ],
  [
    'a service that another restarts with',
    stack({
      db: {},
      app: { depends_on: { db: { condition: 'service_started', restart: true } } },
      web: { depends_on: ['db'] },
    }),
    stack({
      db: { tty: true },
      app: { depends_on: { db: { condition: 'service_started', restart: true } } },
      web: { depends_on: ['db'] },
    }),
    ['app service:db restarted-with'],
  ],
  [
    'a service that another is linked to',
    stack({ db: {}, app: { links: ['db'] } }),
    stack({ db: { tty: true }, app: { links: ['db'] } }),
    ['app service:db restarted-with'],
  ],
  [
    'a service whose network and volumes others share, one through the other',
    stack({ vpn: {}, app: { network_mode: 'service:vpn' }, log: { volumes_from: ['app'] } }),
    stack({ vpn: { tty: true }, app: { network_mode: 'service:vpn' }, log: { volumes_from: ['app'] } }),
    ['app service:vpn recreated-with', 'log service:app recreated-with'],
  ],
  [
    'a network made anew under two services',
    stack({ a: { networks: ['n'] }, b: { networks: ['n'] }, c: {} }, { networks: { n: null } }),
    stack({ a: { networks: ['n'] }, b: { networks: ['n'] }, c: {} }, { networks: { n: { internal: true } } }),
    ['a network:n network-recreated', 'b network:n network-recreated'],
  ],
  [
    'a volume replaced under two services',
    stack({ a: mounts('data'), b: mounts('data') }, { volumes: { data: null } }),
    stack({ a: mounts('data'), b: mounts('data') }, { volumes: { data: { driver: 'nfs' } } }),
    ['a volume:data volume-replaced', 'b volume:data volume-replaced'],
  ],
  [
    'a volume that one of two leaves',
    stack({ a: mounts('data'), b: mounts('data') }, { volumes: { data: null, other: null } }),
    stack({ a: mounts('other'), b: mounts('data') }, { volumes: { data: null, other: null } }),
    ['b service:a volume-unshared'],
  ],
  [
    'a volume whose key is renamed and whose name is not',
    stack({ a: mounts('one'), b: mounts('one') }, { volumes: { one: { name: 'x' } } }),
    stack({ a: mounts('two'), b: mounts('two') }, { volumes: { two: { name: 'x' } } }),
    [],
  ],
  [
    'a service that leaves the implied network',
    stack({ app: { depends_on: ['db'] }, db: {} }),
    stack({ app: { depends_on: ['db'], networks: ['front'] }, db: {} }, { networks: { front: null } }),
    ['app service:db network-isolated'],
  ],
  [
    'a service that others rely on leaves the implied network',
    stack({ app: { depends_on: ['db'] }, db: {} }),
    stack({ app: { depends_on: ['db'] }, db: { networks: ['back'] } }, { networks: { back: null } }),
    ['app service:db network-isolated'],
  ],
  [
    'a service that goes onto the network of the host',
    stack({ app: {}, db: {} }),
    stack({ app: { network_mode: 'host' }, db: {} }),
    ['app service:db network-isolated'],
  ],
  [
    'a network renamed under all',
    stack({ app: { networks: ['one'] }, db: { networks: ['one'] } }, { networks: { one: null } }),
    stack({ app: { networks: ['two'] }, db: { networks: ['two'] } }, { networks: { two: null } }),
    [],
  ],
  [
    'a service that joins another network and stays',
    stack({ app: {}, db: {} }),
    stack({ app: { networks: ['default', 'front'] }, db: {} }, { networks: { front: null } }),
    [],
  ],
  [
    'a service renamed with its port, and what waits for it',
    stack({ web: { ports: ['80:80'] }, app: { depends_on: ['web'] } }),
    stack({ front: { image: 'web', ports: ['80:80'] }, app: { depends_on: ['front'] } }),
    ['front service:web port-still-held', 'app service:front dependency-fails'],
  ],
  [
    'another project, which finds the ports taken',
    stack({ web: { ports: ['80:80'] } }, { name: 'one' }),
    stack({ web: { ports: ['80:80'] } }, { name: 'two' }),
    ['web project:one port-still-held', 'web network:default network-recreated'],
  ],
  [
    'a port unpublished that a service on the host uses',
    stack({
      db: { ports: ['5432:5432'] },
      app: { network_mode: 'host', environment: { DB: 'postgres://localhost:5432/x' } },
    }),
    stack({ db: {}, app: { network_mode: 'host', environment: { DB: 'postgres://localhost:5432/x' } } }),
    ['app service:db unpublished-port'],
  ],
  [
    'a port unpublished that a service uses by way of the host',
    stack({
      db: { ports: ['5432:5432'] },
      app: { command: ['--db=172.17.0.1:5432'] },
      web: { environment: ['A=localhost:5432'] },
    }),
    stack({ db: {}, app: { command: ['--db=172.17.0.1:5432'] }, web: { environment: ['A=localhost:5432'] } }),
    ['app service:db unpublished-port'],
  ],
];

for (const [name, before, after, expected] of rows) {
  test(`what follows from: ${name}`, async () => {
    assert.deepEqual(await cascade(JSON.stringify(before), JSON.stringify(after)), expected);
  });
}

test('every reason is given in some row', () => {
  const said = new Set(rows.flatMap(([, , , expected]) => expected.map((line) => line.split(' ')[2])));
  assert.deepEqual(
    Object.keys(affectedReasons).filter((reason) => !said.has(reason)),
    [],
  );
});

test('what follows from the incident is that its only service does not start', async () => {
  const file = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');
  assert.deepEqual(await cascade(file('docker-compose.yml'), file('ai-edit.yml')), [
    'l9-api service:l9-redis undefined-dependency',
    'l9-api service:l9-neo4j undefined-dependency',
    'l9-api service:l9-postgres lost-dependency',
    'l9-api service:l9-redis unpublished-port',
    'l9-api service:l9-postgres unpublished-port',
    'l9-api service:l9-neo4j unpublished-port',
  ]);
});

async function cascade(before: string, after: string): Promise<string[]> {
  const [old, fresh] = [readDocument('compose', before), readDocument('compose', after)];
  assert.deepEqual([old.problems, fresh.problems], [[], []]);
  const { cascade: found } = await impactOf(old, fresh, changesBetween(old, fresh));
  return found.map(({ service, cause, reason }) => `${service} ${cause} ${reason}`);
}
