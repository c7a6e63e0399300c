import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';
import { fieldsOf } from '../../../../src/core/scope/fields.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';
import { readRequest } from '../../../../src/core/scope/request.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';
import { show } from './showReading.ts';

const file = (service: string, rest = '') => `services:\n  api:\n    image: api:1\n${service}${rest}`;

/** An edit, the grants that each allow it whole, and others that do not. */
const table: readonly {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly allowed: readonly string[];
  readonly held: readonly string[];
}[] = [
  {
    name: 'a memory limit that changes',
    before: file('    mem_limit: 512m\n'),
    after: file('    mem_limit: 1g\n'),
    allowed: [
      'change services.api.mem_limit',
      'change service api mem_limit',
      'change services.api.deploy.resources.limits.memory',
      'change services.api.deploy',
      'change services.*.mem_limit',
    ],
    held: ['change services.api.cpus', 'add services.api.mem_limit', 'change services.api.mem_reservation'],
  },
  {
    name: 'a memory limit that is moved to deploy and changes',
    before: file('    mem_limit: 512m\n'),
    after: file('    deploy: {resources: {limits: {memory: 1g}}}\n'),
    allowed: ['change services.api.mem_limit', 'change services.api.deploy.resources.limits.memory'],
    held: ['add services.api.deploy', 'change services.api.scale'],
  },
  {
    name: 'a first limit',
    before: file(''),
    after: file('    mem_limit: 1g\n'),
    allowed: [
      'add services.api.mem_limit',
      'add services.api.deploy.resources.limits.memory',
      'add services.api.deploy',
      'change services.api',
    ],
    held: ['add services.api.cpus', 'change services.api.mem_limit', 'remove services.api.mem_limit'],
  },
  {
    name: 'a first limit and replicas with it',
    before: file(''),
    after: file('    mem_limit: 1g\n    scale: 3\n'),
    allowed: ['add services.api.deploy', 'add services.api.mem_limit, add services.api.scale'],
    held: ['add services.api.mem_limit', 'add services.api.scale'],
  },
  {
    name: 'the last limit that goes',
    before: file('    cpus: 2\n'),
    after: file(''),
    allowed: ['remove services.api.cpus', 'remove services.api.deploy'],
    held: ['remove services.api.mem_limit', 'change services.api.cpus'],
  },
  {
    name: 'a limit of processes',
    before: file('    pids_limit: 100\n'),
    after: file('    pids_limit: 200\n'),
    allowed: ['change services.api.pids_limit', 'change services.api.deploy.resources.limits.pids'],
    held: ['change services.api.mem_limit'],
  },
  {
    name: 'a reservation',
    before: file('    mem_reservation: 100m\n'),
    after: file('    mem_reservation: 200m\n'),
    allowed: ['change services.api.mem_reservation'],
    held: ['change services.api.mem_limit'],
  },
  {
    name: 'more replicas',
    before: file('    scale: 2\n'),
    after: file('    deploy: {replicas: 4}\n'),
    allowed: ['change services.api.scale', 'change services.api.deploy.replicas'],
    held: ['change services.api.cpus'],
  },
  {
    name: 'another context of a build',
    before: file('    build: .\n'),
    after: file('    build: ./api\n'),
    allowed: ['change services.api.build', 'change services.api.build.context'],
    held: ['change services.api.image', 'change services.api.build.dockerfile'],
  },
  {
    name: 'a health check that says how often alone',
    before: file(''),
    after: file('    healthcheck: {interval: 10s}\n'),
    allowed: ['add services.api.healthcheck', 'add services.api.healthcheck.interval'],
    held: ['add services.api.healthcheck.test'],
  },
  {
    name: 'a health check of which more comes than was granted',
    before: file(''),
    after: file('    healthcheck: {interval: 10s, test: "true"}\n'),
    allowed: ['add services.api.healthcheck'],
    held: ['add services.api.healthcheck.interval'],
  },
  {
    name: 'another name of an external volume, in the old spelling',
    before: file('    volumes: [data:/data]\n', 'volumes: {data: {external: {name: one}}}\n'),
    after: file('    volumes: [data:/data]\n', 'volumes: {data: {external: true, name: two}}\n'),
    allowed: ['change volumes.data.external.name', 'change volumes.data.name', 'change volume data'],
    held: ['change volumes.data.external'],
  },
  {
    name: 'a port for other services',
    before: file(''),
    after: file('    expose: ["8000"]\n'),
    allowed: [
      'add services.api.expose[8000]',
      'add services.api.expose[8000/tcp]',
      'add services.api.expose',
    ],
    held: ['add services.api.expose[8000/udp]', 'add services.api.ports[8000]'],
  },
  {
    name: 'a mount of a path with a star',
    before: file(''),
    after: file('    volumes: ["./a:/etc/*.conf"]\n'),
    allowed: ['add services.api.volumes[/etc/*.conf]', 'add services.api.volumes.*'],
    held: ['add services.api.volumes[/etc/a.conf]'],
  },
  {
    name: 'a link',
    before: file('    links: [db]\n', '  db: {image: "pg:1"}\n'),
    after: file('    links: [db, "db:pg"]\n', '  db: {image: "pg:1"}\n'),
    allowed: ['add services.api.links[db:pg]', 'add service api link db:pg', 'change services.api.links'],
    held: ['add services.api.links.db'],
  },
  {
    name: 'a profile',
    before: file(''),
    after: file('    profiles: [debug]\n'),
    allowed: ['add services.api.profiles.debug', 'add services.api.profiles'],
    held: ['add services.api.profiles.dev'],
  },
  {
    name: 'a model',
    before: file('', 'models: {llm: {model: ai/a}}\n'),
    after: file('', 'models: {llm: {model: ai/b}}\n'),
    allowed: ['change models.llm.model', 'change model llm'],
    held: ['change models.llm.context_size'],
  },
  {
    name: 'the name of the project',
    before: file('', 'name: one\n'),
    after: file('', 'name: two\n'),
    allowed: ['change name'],
    held: ['change services.api.name', 'remove name'],
  },
];

function verdict(grants: string, before: string, after: string) {
  const read = grants.split(', ').map((text) => {
    const grant = parseGrant(text);
    assert.ok(!('problem' in grant), JSON.stringify(grant));
    return grant;
  });
  const [one, other] = [readDocument('compose', before), readDocument('compose', after)];
  const { changes, problems } = judge({ before: one, after: other, scope: { grants: read }, author: 'ai' });
  assert.deepEqual(problems, []);
  assert.notEqual(changes.length, 0);
  return changes.every(({ inScope }) => inScope) ? 'allowed' : 'held';
}

for (const { name, before, after, allowed, held } of table) {
  for (const grant of allowed)
    test(`"${grant}" covers ${name}`, () => assert.equal(verdict(grant, before, after), 'allowed'));
  for (const grant of held)
    test(`"${grant}" does not cover ${name}`, () => assert.equal(verdict(grant, before, after), 'held'));
}

/** Orders in prose on a service that says its limit in the one spelling or the other. */
const limits: readonly (readonly [service: string, request: string, grant: string])[] = [
  ['', 'set mem_limit of api to 1g', 'add services.api.mem_limit'],
  ['', 'add a memory limit to api', 'add services.api.mem_limit'],
  [
    '    mem_limit: 512m\n',
    'set the memory limit of api to 1g',
    'change services.api.deploy.resources.limits.memory',
  ],
  [
    '    mem_limit: 512m\n',
    'remove mem_limit from api',
    'remove services.api.deploy.resources.limits.memory',
  ],
  [
    '    deploy: {resources: {limits: {memory: 1g}}}\n',
    'change the mem_limit of api to 2g',
    'change services.api.deploy.resources.limits.memory',
  ],
  ['    scale: 2\n', 'set scale of api to 3', 'change services.api.deploy.replicas'],
  ['', 'set the replicas of api to 3', 'add services.api.scale'],
];

for (const [service, request, grant] of limits) {
  test(`"${request}" with ${JSON.stringify(service.trim())} is ${grant}`, () => {
    assert.deepEqual(show(readRequest(request, readDocument('compose', file(service)))), [grant]);
  });
}

test('the fields that grants may name are those of the schema', () => {
  const path = 'src/core/model/compose/validation/schema/compose-spec.json';
  const { $defs: definitions } = JSON.parse(readFileSync(path, 'utf8')) as {
    $defs: Record<string, { properties?: object }>;
  };
  for (const [section, fields] of fieldsOf) {
    const stated = Object.keys(definitions[section.slice(0, -1)]?.properties ?? {}).sort();
    assert.deepEqual([...fields].sort(), stated, section);
  }
});
