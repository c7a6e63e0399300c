import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { impactOf } from '../../../../src/core/diff/impact.ts';
import { readDocument } from '../../../../src/core/model/read.ts';

/** A change in one word each: `removed services.db (data loss)`. */
function check(before: string, after: string, expected: readonly string[]): void {
  const documents = [readDocument('compose', before), readDocument('compose', after)] as const;
  assert.deepEqual(
    documents.map(({ problems }) => problems),
    [[], []],
  );
  const found = changesBetween(...documents).map(
    ({ op, address, loss, dataLoss, renamedTo }) =>
      `${op} ${address}${renamedTo ? ` → ${renamedTo.at(-1)}` : ''}${dataLoss ? ' (data loss)' : loss ? ' (loss)' : ''}`,
  );
  assert.deepEqual(found, expected);
}

const web = (more = '') => `services:\n  web:\n    image: nginx:1.27\n${more}`;
const mounted = (mount: string) => `${web(`    volumes: ["${mount}"]\n`)}volumes:\n  data: {}\n  other: {}\n`;

const rows: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['the same text', web(), web(), []],
  ['a comment', web(), `# hello\n${web()}`, []],
  ['another quoting', web(), web().replace('nginx:1.27', '"nginx:1.27"'), []],
  ['an image', web(), web().replace('1.27', '1.28'), ['changed services.web.image']],
  [
    'a service gone with all it has',
    `${web('    ports: ["80:80"]\n')}  db:\n    image: postgres\n`,
    'services:\n  db:\n    image: postgres\n',
    ['removed services.web (loss)'],
  ],
  ['a service come', web(), `${web()}  db:\n    image: postgres\n`, ['added services.db']],
  ['a service renamed', web(), web().replace('web:', 'front:'), ['renamed services.web → front (loss)']],
  [
    'two services that could each be the renamed one',
    web(),
    'services:\n  a:\n    image: nginx:1.27\n  b:\n    image: nginx:1.27\n',
    ['removed services.web (loss)', 'added services.a', 'added services.b'],
  ],
  [
    'a port published elsewhere',
    web('    ports: ["8080:80"]\n'),
    web('    ports: ["9090:80"]\n'),
    ['changed services.web.ports[80/tcp] (loss)'],
  ],
  [
    'a port opened to every interface',
    web('    ports: ["127.0.0.1:8080:80"]\n'),
    web('    ports: ["8080:80"]\n'),
    ['changed services.web.ports[80/tcp]'],
  ],
  [
    'all ports gone',
    web('    ports: ["8080:80", "8443:443"]\n'),
    web(),
    ['removed services.web.ports[8080:80/tcp] (loss)', 'removed services.web.ports[8443:443/tcp] (loss)'],
  ],
  [
    'a variable changed, one gone, one come',
    web('    environment: {A: "1", B: "2"}\n'),
    web('    environment: {A: "3", C: "4"}\n'),
    [
      'removed services.web.environment.B (loss)',
      'changed services.web.environment.A',
      'added services.web.environment.C',
    ],
  ],
  [
    'a volume unmounted',
    mounted('data:/d'),
    `${web()}volumes:\n  data: {}\n  other: {}\n`,
    ['removed services.web.volumes[/d] (data loss)'],
  ],
  [
    'another volume mounted',
    mounted('data:/d'),
    mounted('other:/d'),
    ['changed services.web.volumes[/d] (data loss)'],
  ],
  [
    'a volume swapped for a folder',
    mounted('data:/d'),
    mounted('./d:/d'),
    ['changed services.web.volumes[/d] (data loss)'],
  ],
  [
    'a volume no longer declared',
    mounted('data:/d'),
    mounted('data:/d').replace('  other: {}\n', ''),
    ['removed volumes.other (data loss)'],
  ],
  [
    'a volume with another driver',
    'services: {}\nvolumes:\n  data: {}\n',
    'services: {}\nvolumes:\n  data: {driver: nfs}\n',
    ['added volumes.data.driver (data loss)'],
  ],
  [
    'the project renamed over its volumes',
    `name: one\n${mounted('data:/d')}`,
    `name: two\n${mounted('data:/d')}`,
    ['changed name (data loss)'],
  ],
  [
    'a key nobody knows',
    web('    frobnicate: {a: 1}\n'),
    web('    frobnicate: {a: 2}\n'),
    ['changed services.web.frobnicate.a'],
  ],
];

for (const [name, before, after, expected] of rows) {
  test(`the changes of: ${name}`, () => check(before, after, expected));
}

test('a variable that is only named no more is no change of its own', () => {
  const read = (text: string, env: Readonly<Record<string, string>>) =>
    readDocument('compose', text, { env });
  const [before, after] = [web().replace('1.27', `\${TAG}`), web()];
  const told = (env: Readonly<Record<string, string>>) =>
    changesBetween(read(before, { TAG: '1.27' }), read(after, env)).map(
      ({ op, address }) => `${op} ${address}`,
    );
  assert.deepEqual(told({ TAG: '1.27' }), ['changed services.web.image']);
  assert.deepEqual(told({}), ['removed [.env].TAG', 'changed services.web.image']);
});

test('the incident changes what its story says, services first, then data', () => {
  const file = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');
  check(file('docker-compose.yml'), file('ai-edit.yml'), [
    'removed services.l9-redis (loss)',
    'removed services.l9-postgres (loss)',
    'removed services.l9-neo4j (loss)',
    'removed volumes.l9-redis-data (data loss)',
    'removed volumes.l9-postgres-data (data loss)',
    'removed volumes.l9-neo4j-data (data loss)',
    'removed volumes.l9-neo4j-logs (data loss)',
    'removed networks.l9-network (loss)',
    'removed services.l9-api.depends_on.l9-postgres (loss)',
    'changed services.l9-api.environment.MEMORY_DSN',
    'added services.l9-api.extra_hosts[host.docker.internal]',
  ]);
});

test('the incident leaves names without owners and closes four ports', async () => {
  const file = (name: string) => readDocument('compose', readFileSync(`test/cases/incident/${name}`, 'utf8'));
  const [before, after] = [file('docker-compose.yml'), file('ai-edit.yml')];
  const { unpublishedPorts, orphanedVolumes, danglingReferences } = await impactOf(before, after, []);
  assert.deepEqual(
    unpublishedPorts.map(({ service, published }) => `${service} ${published}`),
    ['l9-redis 6379', 'l9-postgres 5432', 'l9-neo4j 7687', 'l9-neo4j 7474'],
  );
  assert.deepEqual(orphanedVolumes, ['l9-redis-data', 'l9-postgres-data', 'l9-neo4j-data', 'l9-neo4j-logs']);
  assert.deepEqual(danglingReferences, [
    { from: 'services.l9-api.depends_on.l9-redis', to: 'services.l9-redis', line: 17, column: 7 },
    { from: 'services.l9-api.depends_on.l9-neo4j', to: 'services.l9-neo4j', line: 19, column: 7 },
  ]);
});
