import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatGrant, parseGrant } from '../../../../src/core/scope/grants.ts';

/** What is typed, the grant in the language of addresses, and how it is shown. */
const accepted: readonly (readonly [typed: string, grant: string, shown: string])[] = [
  ['remove services.l9-postgres', 'remove services.l9-postgres', 'remove service l9-postgres'],
  ['remove service l9-postgres', 'remove services.l9-postgres', 'remove service l9-postgres'],
  ['remove services l9-postgres', 'remove services.l9-postgres', 'remove service l9-postgres'],
  ['  Remove   Service  l9-postgres ', 'remove services.l9-postgres', 'remove service l9-postgres'],
  ['delete volume data', 'remove volumes.data', 'remove volume data'],
  ['drop network edge', 'remove networks.edge', 'remove network edge'],
  ['rm service db', 'remove services.db', 'remove service db'],
  ['create secret token', 'add secrets.token', 'add secret token'],
  ['add config nginx', 'add configs.nginx', 'add config nginx'],
  ['update services.api.image', 'change services.api.image', 'change services.api.image'],
  ['modify service api image', 'change services.api.image', 'change services.api.image'],
  [
    'change service api environment DSN',
    'change services.api.environment.DSN',
    'change services.api.environment.DSN',
  ],
  [
    'change service api env DSN',
    'change services.api.environment.DSN',
    'change services.api.environment.DSN',
  ],
  [
    'add service api port 8001:8000',
    'add services.api.ports[8001:8000/tcp]',
    'add services.api.ports[8001:8000/tcp]',
  ],
  [
    'change service api port 53/UDP',
    'change services.api.ports[53/udp]',
    'change services.api.ports[53/udp]',
  ],
  ['change services.api.ports', 'change services.api.ports', 'change services.api.ports'],
  [
    'remove services.api.ports[8000]',
    'remove services.api.ports[8000/tcp]',
    'remove services.api.ports[8000/tcp]',
  ],
  ['remove services.api.ports.*', 'remove services.api.ports.*', 'remove services.api.ports.*'],
  [
    'remove service api dependency db',
    'remove services.api.depends_on.db',
    'remove services.api.depends_on.db',
  ],
  ['add service api mount /data', 'add services.api.volumes[/data]', 'add services.api.volumes[/data]'],
  [
    'change service api label traefik.enable',
    'change services.api.labels[traefik.enable]',
    'change services.api.labels[traefik.enable]',
  ],
  ['change services.*.image', 'change services.*.image', 'change services.*.image'],
  ['change service * image', 'change services.*.image', 'change services.*.image'],
  ['remove services.*', 'remove services.*', 'remove services.*'],
  ['remove "services.db"', 'remove services.db', 'remove service db'],
  ['remove service `db`', 'remove services.db', 'remove service db'],
  ['remove service a.b', 'remove services[a.b]', 'remove service a.b'],
  ['remove services[a b]', 'remove services[a b]', 'remove services[a b]'],
  ['change name', 'change name', 'change name'],
  ['remove version', 'remove version', 'remove version'],
  ['add x-logging', 'add x-logging', 'add x-logging'],
];

for (const [typed, grant, shown] of accepted) {
  test(`"${typed}" grants ${grant}`, () => {
    const read = parseGrant(typed);
    assert.ok(!('problem' in read), JSON.stringify(read));
    assert.equal(`${read.op} ${read.address}`, grant);
    assert.equal(formatGrant(read), shown);
    assert.deepEqual(parseGrant(formatGrant(read)), read);
  });
}

const renames: readonly (readonly [typed: string, address: string, to: string, shown: string])[] = [
  ['rename service web to frontend', 'services.web', 'services.frontend', 'rename service web to frontend'],
  ['rename service web frontend', 'services.web', 'services.frontend', 'rename service web to frontend'],
  [
    'rename services.web services.frontend',
    'services.web',
    'services.frontend',
    'rename service web to frontend',
  ],
  [
    'rename services.web to services.frontend',
    'services.web',
    'services.frontend',
    'rename service web to frontend',
  ],
  ['rename services.web frontend', 'services.web', 'services.frontend', 'rename service web to frontend'],
  [
    'rename service web to service frontend',
    'services.web',
    'services.frontend',
    'rename service web to frontend',
  ],
  ['rename volume a b', 'volumes.a', 'volumes.b', 'rename volume a to b'],
];

for (const [typed, address, to, shown] of renames) {
  test(`"${typed}" grants one rename`, () => {
    const read = parseGrant(typed);
    assert.deepEqual(read, { op: 'rename', address, to });
    assert.ok(!('problem' in read));
    assert.equal(formatGrant(read), shown);
    assert.deepEqual(parseGrant(shown), read);
  });
}

const unusual = [
  'remove services.api.enviroment',
  'change services.api.unknown_key',
  'change x-common.key',
  'remove kubernetes.deployment.web',
  'change [.env].TAG',
  'change services.api.x-note',
  'add services.api.volumes[c:/data]',
];

for (const typed of unusual) {
  test(`"${typed}" is a grant although no section has such a thing`, () => {
    assert.ok(!('problem' in parseGrant(typed)));
  });
}

const refused: readonly (readonly [typed: string, message: RegExp])[] = [
  ['', /is no operation/],
  ['services.db', /is no operation/],
  ['purge service db', /"purge" is no operation.*add, remove, change or rename/],
  ['remove', /names nothing/],
  ['remove db', /Say "service db" or "services\.db"/],
  ['remove services', /whole section.*services\.\*/],
  ['change volumes', /whole section/],
  ['remove services.l9-*', /\* stands for one whole name/],
  ['remove services..db', /names no entity/],
  ['remove services.db[', /names no entity/],
  ['remove container db', /names no entity/],
  ['add port 8001:8000 to api', /names no entity.*add service api port 8001:8000/],
  ['change service api environment DSN now', /names no entity/],
  ['rename service web', /needs two names/],
  ['rename services.web volumes.web', /only be renamed where it is/],
  ['rename services.* services.a', /names both names/],
  ['remvoe service db', /Did you mean "remove"\?/],
  ['remove servce db', /Did you mean "service"\?/],
  ['remove container db', /Did you mean "service"\?/],
  ['remove service.db', /no section.*Say "remove services\.db"/],
  ['change sevices.db.image', /Say "change services\.db\.image"/],
  ['change services.api.enviroment.DSN', /no "enviroment".*"change services\.api\.environment\.DSN"/],
  ['change services.api.env.DSN', /"change services\.api\.environment\.DSN"/],
  ['add services.api.port[8000]', /"add services\.api\.ports\[?/],
  ['add volumes.data.drivr', /A volume has no "drivr".*"add volumes\.data\.driver"/],
  ['add service api env DSN=postgres://db', /names the thing alone: "add services\.api\.environment\.DSN"/],
  ['add service api mount data:/data:ro', /"add services\.api\.volumes\[\/data\]"/],
  ['add service api host db:10.0.0.5', /"add services\.api\.extra_hosts\.db"/],
  ['change services.api.depends_on.db.condition', /"change services\.api\.depends_on\.db"/],
  ['change services.api.ulimits.nofile.soft', /"change services\.api\.ulimits\.nofile"/],
  [
    'rename services.api.environment.A services.api.environment.B',
    /"remove services\.api\.environment\.A" and "add services\.api\.environment\.B"/,
  ],
  ['rename models.a models.b', /"remove models\.a" and "add models\.b"/],
];

for (const [typed, message] of refused) {
  test(`"${typed}" is refused with what would be accepted`, () => {
    const read = parseGrant(typed);
    assert.ok('problem' in read, JSON.stringify(read));
    assert.match(read.problem, message);
  });
}
