import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readCommand } from '../../../../src/core/commands/readCommand.ts';
import type { InfraDocument } from '../../../../src/core/model/document.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';
import { judgeCommand } from '../../../../src/core/verdict/judgeCommand.ts';
import type { Author, Judgement } from '../../../../src/core/verdict/judgement.ts';
import { contextIn } from '../commands/folder.ts';

const incident = readFileSync('test/cases/incident/docker-compose.yml', 'utf8');
const document = readDocument('compose', incident);

interface Setting {
  readonly scope?: readonly string[];
  readonly author?: Author;
  readonly on?: InfraDocument | undefined;
  readonly started?: InfraDocument;
}

function judged(command: string, setting: Setting): Judgement {
  const { actions } = readCommand(command, contextIn('/work/project'));
  const on = 'on' in setting ? setting.on : document;
  const { started } = setting;
  const scope = setting.scope && {
    grants: setting.scope.map((text) => {
      const grant = parseGrant(text);
      if ('op' in grant) return grant;
      throw new Error(text);
    }),
  };
  const placed = actions.map((action) => ({ action, document: on, ...(started && { started }) }));
  return judgeCommand(placed, scope, setting.author ?? 'ai');
}

const services = ['l9-redis', 'l9-postgres', 'l9-neo4j', 'l9-api'].map((name) => `removed services.${name}`);
const volumes = ['l9-redis-data', 'l9-postgres-data', 'l9-neo4j-data', 'l9-neo4j-logs'];
const lost = volumes.map((name) => `removed volumes.${name} (data)`);
const network = 'removed networks.l9-network';
const postgres = ['remove service l9-postgres'];

const rows: readonly (readonly [string, Setting, Judgement['verdict'], readonly string[]])[] = [
  ['docker compose down', {}, 'ask', [...services, network]],
  ['docker compose down', { scope: postgres }, 'deny', [...services, network]],
  ['docker compose down -v', {}, 'ask', [...lost, ...services, network]],
  ['docker compose down -v', { scope: postgres }, 'deny', [...lost, ...services, network]],
  ['docker compose down', { author: 'human' }, 'allow', [...services, network]],
  ['docker compose down -v', { author: 'human' }, 'ask', [...lost, ...services, network]],
  [
    'docker compose down',
    { scope: ['change services.*', 'remove network l9-network'] },
    'allow',
    [...services, network],
  ],
  [
    'docker compose down --remove-orphans',
    { scope: postgres },
    'deny',
    [...services, network, 'removed services[(orphans)]'],
  ],
  ['docker compose rm -fs l9-postgres', { scope: postgres }, 'allow', ['removed services.l9-postgres']],
  ['docker compose rm -fs l9-redis', { scope: postgres }, 'deny', ['removed services.l9-redis']],
  ['docker compose rm -fsv l9-redis', {}, 'ask', ['removed services.l9-redis']],
  ['docker compose stop l9-postgres', { scope: postgres }, 'allow', ['changed services.l9-postgres']],
  ['docker compose stop l9-redis', { scope: postgres }, 'deny', ['changed services.l9-redis']],
  [
    'docker compose down -v l9-postgres',
    { scope: postgres },
    'deny',
    ['removed volumes.l9-postgres-data (data)', 'removed services.l9-postgres'],
  ],
  [
    'docker compose down -v l9-postgres',
    { scope: [...postgres, 'remove volume l9-postgres-data'] },
    'allow',
    ['removed volumes.l9-postgres-data (data)', 'removed services.l9-postgres'],
  ],
  [
    'docker compose rm -fs l9-api',
    { scope: ['change services.l9-api.environment.MEMORY_DSN'] },
    'allow',
    ['removed services.l9-api'],
  ],
  ['docker compose up -d --remove-orphans', { scope: postgres }, 'allow', ['removed services[(orphans)]']],
  [
    'docker compose up -d --remove-orphans',
    { scope: ['change services.l9-api.image'] },
    'deny',
    ['removed services[(orphans)]'],
  ],
  ['docker compose up -d', { scope: postgres }, 'allow', []],
  ['docker compose restart && docker compose logs', { scope: postgres }, 'allow', []],
  [
    'docker volume rm project_l9-redis-data',
    { scope: postgres },
    'deny',
    ['removed volumes.l9-redis-data (data)'],
  ],
  [
    'docker volume rm project_l9-redis-data',
    { scope: ['remove volumes.l9-redis-data'] },
    'allow',
    ['removed volumes.l9-redis-data (data)'],
  ],
  ['docker volume rm scratch', {}, 'ask', ['removed volumes.scratch (data)']],
  ['docker volume prune -f', {}, 'ask', ['removed volumes.* (data)']],
  ['docker system prune --volumes -f', { scope: postgres }, 'deny', ['removed volumes.* (data)']],
  ['docker system prune -f', {}, 'allow', []],
  ['docker network rm project_l9-network', {}, 'ask', [network]],
  ['docker network rm elsewhere', {}, 'allow', []],
  ['docker rm -f l9-redis', {}, 'ask', ['removed services.l9-redis']],
  ['docker rm -f project-l9-redis-1', { scope: postgres }, 'deny', ['removed services.l9-redis']],
  ['docker rm -f my-test-container', {}, 'allow', []],
  ['docker rm -f $(docker ps -aq)', {}, 'ask', services],
  ['docker stop l9-api', {}, 'ask', ['changed services.l9-api']],
  ['docker stack rm l9', {}, 'ask', services],
  ['kubectl delete deployment web', {}, 'ask', ['removed kubernetes.deployment.web']],
  [
    'kubectl delete deployment web',
    { scope: ['remove kubernetes.deployment.web'] },
    'allow',
    ['removed kubernetes.deployment.web'],
  ],
  ['kubectl delete namespace prod', { author: 'human' }, 'ask', ['removed kubernetes.namespace.prod (data)']],
  [
    'kubectl scale deployment web --replicas=0',
    { scope: postgres },
    'deny',
    ['changed kubernetes.deployment.web'],
  ],
  ['terraform destroy', {}, 'ask', ['removed terraform.* (data)']],
  [
    'docker compose -p l9 down -v',
    { on: undefined },
    'ask',
    ['removed volumes.* (data)', 'removed services.*', 'removed networks.*'],
  ],
  ['docker compose down', { on: readDocument('compose', 'services: [') }, 'undecided', []],
  [
    'docker compose -f edited.yml up -d',
    { started: readDocument('compose', incident.replace('redis:7-alpine', 'redis:8')), scope: postgres },
    'deny',
    ['changed services.l9-redis.image'],
  ],
  ['docker compose -f copy.yml up -d', { started: document, scope: postgres }, 'allow', []],
];

for (const [command, setting, verdict, changes] of rows) {
  const under = setting.scope === undefined ? 'no scope' : setting.scope.join('; ');
  test(`${verdict}: ${command} by ${setting.author ?? 'ai'} with ${under}`, () => {
    const judgement = judged(command, setting);
    const told = judgement.changes.map(
      ({ op, address, dataLoss }) => `${op} ${address}${dataLoss ? ' (data)' : ''}`,
    );
    assert.deepEqual(told.sort(), [...changes].sort());
    assert.equal(judgement.verdict, verdict);
  });
}

const edges = readDocument(
  'compose',
  `services:
  app: { image: a, volumes: ['data:/data', 'shared:/shared', '/cache', './conf:/conf'] }
  debug: { image: d, profiles: [dev], volumes: ['debug:/data'] }
volumes:
  data: { name: prod-data }
  shared: { external: true }
  debug: {}
  unused: {}
networks:
  front: {}
  outside: { external: true }
`,
);

test('down -v takes what is declared, not external and used by an enabled service, and anonymous volumes', () => {
  const told = (command: string) => judged(command, { on: edges }).changes.map(({ address }) => address);
  assert.deepEqual(told('docker compose down -v').sort(), [
    'networks.front',
    'services.app',
    'services.app.volumes[/cache]',
    'volumes.data',
  ]);
  assert.ok(told('docker compose --profile dev down -v').includes('volumes.debug'));
  assert.ok(told('COMPOSE_PROFILES=dev docker compose down').includes('services.debug'));
  assert.deepEqual(told('docker compose rm -fsv app').sort(), [
    'services.app',
    'services.app.volumes[/cache]',
  ]);
  assert.deepEqual(told('docker compose up -dV'), ['services.app.volumes[/cache]']);
  assert.deepEqual(told('docker volume rm prod-data'), ['volumes.data']);
});
