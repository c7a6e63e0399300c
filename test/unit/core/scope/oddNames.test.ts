import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../../../src/core/model/read.ts';
import { readRequest } from '../../../../src/core/scope/request.ts';
import { show } from './showReading.ts';

const long = 'x'.repeat(200);
const names = [
  'remove',
  'all',
  'nothing',
  'everything',
  'else',
  'the',
  'it',
  'and',
  'not',
  'only',
  'service',
  'latest',
];
const others = ['db', 'redis', 'Ünïcode', 'web.internal', '数据库', long];
const text = [...names, ...others].map((name) => `  ${name}: {image: "a:1"}\n`).join('');
const document = readDocument('compose', `services:\n${text}`);

/** Requests on a file whose services are named like the words of a request. */
const table: readonly (readonly [request: string, ...grants: readonly string[]])[] = [
  ['remove nothing'],
  ['remove nothing else'],
  ['touch nothing else'],
  ['remove everything'],
  ['remove everything except db'],
  ['remove all'],
  ['remove all services'],
  ['remove it'],
  ['remove the'],
  ['remove else'],
  ['delete everything else'],
  ["don't remove remove"],
  ['remove not'],
  ['remove db and nothing else', 'remove services.db'],
  ['remove only db', 'remove services.db'],
  ['remove db, not redis', 'remove services.db'],
  ['remove the service all', 'remove services.all'],
  ['remove service `nothing`', 'remove services.nothing'],
  ['remove `and`', 'remove services.and'],
  ['remove remove', 'remove services.remove'],
  ['bump db to latest', 'change services.db.image'],
  ['remove Ünïcode', 'remove services.Ünïcode'],
  ['remove 数据库', 'remove services.数据库'],
  ['remove the web.internal service', 'remove services[web.internal]'],
  [`remove ${long}`, `remove services.${long}`],
];

for (const [request, ...grants] of table) {
  test(`among odd names, ${JSON.stringify(request.slice(0, 40))} grants ${grants.length}`, () => {
    const { grants: given } = readRequest(request, document);
    assert.deepEqual(show({ grants: given, ambiguous: [], notUnderstood: [] }), grants);
  });
}

test('a request that would take too long to read grants nothing, and says so', () => {
  const services = Array.from({ length: 1000 }, (_, index) => `  app-${index}:\n    image: nginx:1\n`);
  const document = readDocument('compose', `services:\n${services.join('')}`);
  const chatter = 'We talked about this for a while. '.repeat(300);
  const { grants, reasons } = readRequest(`Remove app-7. ${chatter}`, document);
  assert.deepEqual(grants, []);
  assert.match(reasons?.[0] ?? '', /too long for a file of this size/);
  assert.equal(readRequest('Remove app-7.', document).grants.length, 1);
});
