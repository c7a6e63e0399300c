import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changesBetween } from '../../../../src/core/diff/compare.ts';
import { findingCodes } from '../../../../src/core/diff/findings/codes.ts';
import type { Sources } from '../../../../src/core/model/compose/sources.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { dataRows } from './findings/data.table.ts';
import { hostRows } from './findings/host.table.ts';
import { lifeRows } from './findings/life.table.ts';
import type { Row } from './findings/row.ts';

const rows: readonly Row[] = [...dataRows, ...hostRows, ...lifeRows];

for (const { name, before, after, env, expected } of rows) {
  test(`what must be seen: ${name}`, () => {
    assert.deepEqual(found(before, after, env), expected);
  });
}

test('every code is found in some row', () => {
  const said = rows.flatMap(({ expected }) => expected.join(' ').split(/[ ,]+/));
  assert.deepEqual(
    Object.keys(findingCodes).filter((code) => !said.includes(code)),
    [],
  );
});

test('the incident shows what was done to the host', () => {
  const file = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');
  assert.deepEqual(found(file('docker-compose.yml'), file('ai-edit.yml')), [
    'services.l9-redis: port-unpublished',
    'services.l9-postgres: port-unpublished',
    'services.l9-neo4j: port-unpublished, port-unpublished',
    'volumes.l9-redis-data: volume-removed (data loss)',
    'volumes.l9-postgres-data: volume-removed (data loss)',
    'volumes.l9-neo4j-data: volume-removed (data loss)',
    'volumes.l9-neo4j-logs: volume-removed (data loss)',
    'services.l9-api.environment.MEMORY_DSN: moved-to-host',
    'services.l9-api.extra_hosts[host.docker.internal]: host-alias',
  ]);
});

/** `ADDRESS: CODE, CODE` of each change that has a finding or loses data. */
function found(before: string, after: string, env?: Row['env']): string[] {
  const read = (text: string, side: 0 | 1) => {
    const sources: Sources = env === undefined ? {} : { env: env[side] };
    const document = readDocument('compose', text, sources);
    assert.deepEqual(document.problems, []);
    return document;
  };
  return changesBetween(read(before, 0), read(after, 1)).flatMap(({ address, findings, dataLoss }) => {
    const codes = findings.map(({ code }) => code).join(', ');
    return codes === '' && !dataLoss ? [] : [`${address}: ${codes}${dataLoss ? ' (data loss)' : ''}`];
  });
}
