import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers } from '../../../../src/core/scope/coverage.ts';
import type { Grant } from '../../../../src/core/scope/grant.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';
import { change } from './builder.ts';

/** Each grant with the changes it covers and some that it does not. */
const table: readonly (readonly [grant: string, covered: readonly string[], not: readonly string[]])[] = [
  [
    'remove services.a',
    ['removed services.a'],
    [
      'added services.a',
      'changed services.a',
      'removed services.a.image',
      'removed services.a.environment.X',
      'removed services.b',
      'removed services.ab',
      'removed volumes.a',
      'renamed services.a services.b',
    ],
  ],
  [
    'add services.a',
    ['added services.a'],
    ['removed services.a', 'added services.a.image', 'added services.b', 'added volumes.a'],
  ],
  [
    'change services.a',
    [
      'changed services.a.image',
      'added services.a.image',
      'removed services.a.healthcheck',
      'removed services.a.ports[80:80/tcp]',
      'changed services.a.healthcheck.interval',
    ],
    ['removed services.a', 'added services.a', 'renamed services.a services.b', 'changed services.b.image'],
  ],
  [
    'change services.a.environment.KEY',
    ['changed services.a.environment.KEY'],
    [
      'added services.a.environment.KEY',
      'removed services.a.environment.KEY',
      'changed services.a.environment.KEY2',
      'changed services.b.environment.KEY',
    ],
  ],
  [
    'remove services.a.environment.KEY',
    ['removed services.a.environment.KEY'],
    ['changed services.a.environment.KEY', 'removed services.a'],
  ],
  [
    'change services.*.image',
    ['changed services.a.image', 'changed services.b.image'],
    ['removed services.a.image', 'changed services.a.command', 'changed services.a.build.image'],
  ],
  ['remove services.*', ['removed services.a'], ['removed services.a.image', 'removed volumes.a']],
  [
    'change services.*',
    ['changed services.a.image', 'removed services.b.ports[80/tcp]'],
    ['removed services.a', 'changed volumes.a.driver'],
  ],
  [
    'change services.a.ports',
    [
      'added services.a.ports[81:80/tcp]',
      'removed services.a.ports[80:80/tcp]',
      'changed services.a.ports[80/tcp]',
    ],
    ['added services.a.expose[80]', 'added services.b.ports[81:80/tcp]'],
  ],
  [
    'remove services.a.ports',
    ['removed services.a.ports[80:80/tcp]'],
    ['added services.a.ports[81:80/tcp]', 'changed services.a.ports[80/tcp]', 'removed services.a'],
  ],
  [
    'add services.a.environment',
    ['added services.a.environment.KEY'],
    ['changed services.a.environment.KEY', 'removed services.a.environment.KEY'],
  ],
  [
    'remove services.a.healthcheck',
    ['removed services.a.healthcheck'],
    ['removed services.a.healthcheck.interval', 'changed services.a.healthcheck.test'],
  ],
  [
    'change services.a.healthcheck',
    ['changed services.a.healthcheck.test', 'removed services.a.healthcheck.retries'],
    ['removed services.a.healthcheck', 'added services.a.healthcheck'],
  ],
  [
    'remove services.a.ports[8000/tcp]',
    [
      'removed services.a.ports[8001:8000/tcp]',
      'removed services.a.ports[127.0.0.1:8001:8000/tcp]',
      'removed services.a.ports[8000/tcp]',
    ],
    [
      'removed services.a.ports[8000:80/tcp]',
      'removed services.a.ports[8001:8000/udp]',
      'removed services.a.ports[18000/tcp]',
    ],
  ],
  [
    'add services.a.ports[8001:8000/tcp]',
    ['added services.a.ports[8001:8000/tcp]'],
    [
      'added services.a.ports[127.0.0.1:8001:8000/tcp]',
      'added services.a.ports[8002:8000/tcp]',
      'added services.a.ports[8000/tcp]',
      'changed services.a.ports[8000/tcp]',
    ],
  ],
  [
    'change services.a.ports[8000/tcp]',
    ['changed services.a.ports[8000/tcp]'],
    [
      'added services.a.ports[8001:8000/tcp]',
      'removed services.a.ports[8001:8000/tcp]',
      'changed services.a.ports[80/tcp]',
    ],
  ],
  [
    'remove services.a.ports.*',
    ['removed services.a.ports[80:80/tcp]'],
    ['removed services.a.environment.X'],
  ],
  [
    'rename services.a services.b',
    ['renamed services.a services.b'],
    [
      'renamed services.b services.a',
      'renamed services.a services.c',
      'removed services.a',
      'added services.b',
    ],
  ],
  ['remove volumes.a', ['removed volumes.a'], ['removed services.a', 'removed services.b.volumes[/a]']],
  ['change volumes.a', ['changed volumes.a.driver', 'added volumes.a.labels.x'], ['removed volumes.a']],
  ['change name', ['changed name'], ['removed name', 'changed services.name.image']],
];

for (const [grant, covered, not] of table) {
  for (const text of covered)
    test(`"${grant}" covers ${text}`, () => assert.equal(decide(grant, text), true));
  for (const text of not)
    test(`"${grant}" does not cover ${text}`, () => assert.equal(decide(grant, text), false));
}

test('a grant on one publication covers that one changing and no other', () => {
  const grant: Grant = { op: 'change', address: 'services.a.ports[8001:8000/tcp]' };
  assert.equal(covers(grant, change('changed services.a.ports[8000/tcp]', '8001:8000', '9:8000')), true);
  assert.equal(covers(grant, change('changed services.a.ports[8000/tcp]', '8002:8000', '9:8000')), false);
});

test('a whole section of the file grants nothing, however the grant came to be', () => {
  assert.equal(covers({ op: 'change', address: 'services' }, change('removed services.a')), false);
  assert.equal(covers({ op: 'remove', address: 'volumes' }, change('removed volumes.a')), false);
});

test('a grant whose address cannot be read covers nothing', () => {
  for (const op of ['add', 'remove', 'change', 'rename'] as const) {
    assert.equal(covers({ op, address: 'services[' }, change('removed services.a')), false);
  }
});

function decide(text: string, changed: string): boolean {
  const grant = parseGrant(text);
  assert.ok(!('problem' in grant), JSON.stringify(grant));
  return covers(grant, change(changed));
}
