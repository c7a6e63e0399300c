import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatGithub } from '../../../../src/cli/formats/github.ts';
import { formatJson, formatJsonForFiles } from '../../../../src/cli/formats/json.ts';
import { paintFor, plainPaint, wrap } from '../../../../src/cli/formats/paint.ts';
import type { Report } from '../../../../src/cli/formats/report.ts';
import { formatSarif } from '../../../../src/cli/formats/sarif.ts';
import { formatProblems, formatText } from '../../../../src/cli/formats/text.ts';
import { readDocument } from '../../../../src/core/model/read.ts';
import { judge } from '../../../../src/core/verdict/judge.ts';

const incident = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');

async function report(before: string, after: string, file = 'docker-compose.yml'): Promise<Report> {
  const judgement = judge({
    before: readDocument('compose', before),
    after: readDocument('compose', after),
    scope: { grants: [{ op: 'remove', address: 'services.l9-postgres' }] },
    author: 'ai',
  });
  return { file, before: file, after: 'ai-edit.yml', judgement, impact: await judgement.impact() };
}

const held = await report(incident('docker-compose.yml'), incident('ai-edit.yml'));
const broken = await report(incident('docker-compose.yml'), 'services:\n  web: "\n');

test('the JSON has the keys that other programs rely on, and no other', () => {
  const result = JSON.parse(formatJson(held));
  assert.deepEqual(Object.keys(result), ['schema', 'verdict', 'changes', 'impact', 'problems', 'grants']);
  assert.deepEqual(Object.keys(result.impact), [
    'unpublishedPorts',
    'orphanedVolumes',
    'danglingReferences',
    'recreated',
    'cascade',
  ]);
  const keys = 'op kind address from to loss dataLoss inScope impliedBy before after details findings'.split(
    ' ',
  );
  for (const change of result.changes) assert.deepEqual(Object.keys(change), keys);
  assert.deepEqual(result.grants, [{ op: 'remove', address: 'services.l9-postgres' }]);
  const redis = result.changes.find((change: { address: string }) => change.address === 'services.l9-redis');
  assert.deepEqual(
    [redis.op, redis.kind, redis.loss, redis.inScope, redis.impliedBy, redis.after],
    ['removed', 'service', true, false, null, null],
  );
  assert.deepEqual(redis.before, { line: 5, column: 3 });
});

test('what could not be decided is JSON of the same shape', () => {
  const result = JSON.parse(formatJson(broken));
  assert.equal(result.verdict, 'undecided');
  assert.deepEqual(result.changes, []);
  assert.deepEqual(Object.keys(result.problems[0]), [
    'code',
    'message',
    'line',
    'column',
    'severity',
    'stoodBefore',
  ]);
});

test('over several files the gravest verdict speaks for all', async () => {
  const allowed = await report(incident('docker-compose.yml'), incident('asked-for.yml'), 'a.yml');
  assert.equal(JSON.parse(formatJsonForFiles([allowed])).verdict, 'allow');
  assert.equal(JSON.parse(formatJsonForFiles([allowed, held])).verdict, 'deny');
  assert.equal(JSON.parse(formatJsonForFiles([allowed, held, broken])).verdict, 'undecided');
  assert.equal(JSON.parse(formatJsonForFiles([])).verdict, 'allow');
});

test('the text tells everything that the incident cost', () => {
  const text = formatText(held, plainPaint, 'Next: decide.');
  for (const line of [
    '  - removed service l9-redis  loss',
    '  - removed service l9-neo4j  loss',
    '  - removed network l9-network  loss',
    '  - removed volume l9-redis-data  data loss',
    '  - removed volume l9-postgres-data  data loss',
    '  - removed volume l9-neo4j-data  data loss',
    '  - removed volume l9-neo4j-logs  data loss',
    '  ~ changed service l9-api, environment MEMORY_DSN',
    '  + added service l9-api, extra_hosts host.docker.internal',
    'In scope\n  - removed service l9-postgres\n',
    '  - removed service l9-api, depends_on l9-postgres, as "remove service l9-postgres" needs',
    'depends_on l9-redis names service l9-redis, which no longer exists',
    'depends_on l9-neo4j names service l9-neo4j, which no longer exists',
    'l9-redis port 6379',
    'l9-neo4j ports 7687 and 7474',
    'Scope: remove service l9-postgres',
  ]) {
    assert.ok(text.includes(line), line);
  }
  assert.ok(text.endsWith('\nNext: decide.\n'));
});

test('SARIF has a rule for each result and a place for each', () => {
  const { version, runs } = JSON.parse(formatSarif([held, broken], '1.2.3'));
  const [{ tool, results }] = runs;
  assert.equal(version, '2.1.0');
  assert.equal(results.length, 9 + 2 + 1);
  for (const { ruleId, ruleIndex, level, message, locations } of results) {
    assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
    assert.ok(['error', 'warning'].includes(level));
    assert.notEqual(message.text, '');
    const { artifactLocation, region } = locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, 'docker-compose.yml');
    assert.ok(region.startLine >= 1 && (region.startColumn ?? 1) >= 1);
  }
});

test('in SARIF a file is named by a URI', () => {
  const [name, uri] = ['infra/a b#c:%.yml', 'infra/a%20b%23c%3A%25.yml'];
  const { runs } = JSON.parse(formatSarif([{ ...held, file: name }], '1.2.3'));
  assert.equal(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, uri);
});

test('GitHub annotations stand at their lines and cannot be broken out of', async () => {
  const name = 'x,y:z%\n::error::';
  const text = formatGithub([
    await report('services: {}\n', `services:\n  ${JSON.stringify(name)}: {image: a}\n`, 'a,b:c.yml'),
  ]);
  const [line, ...rest] = text.trimEnd().split('\n');
  assert.deepEqual(rest, []);
  assert.equal(
    line,
    '::warning file=a%2Cb%3Ac.yml,line=2,col=3,title=Outside the scope::added service x,y:z%25%0A::error::',
  );
});

test('GitHub gets an error for each loss and none for what is in scope', () => {
  const lines = formatGithub([held]).trimEnd().split('\n');
  assert.equal(lines.length, 9 + 2);
  assert.ok(lines.some((line) => line.startsWith('::error file=docker-compose.yml,line=1,title=Data loss')));
  assert.equal(
    lines.some((line) => line.includes('removed service l9-postgres')),
    false,
  );
});

test('a problem is one line that an editor can follow', () => {
  assert.match(
    formatProblems(broken),
    /^ai-edit\.yml:\d+:\d+: [^\n]+\(yaml-syntax\): correct the line[^\n]+\.\n$/,
  );
});

const colour = (sink: { isTTY?: boolean; columns?: number }, env: Readonly<Record<string, string>>) =>
  paintFor({ write: () => undefined, ...sink }, env).red('x') !== 'x';

test('colour is for a terminal, unless the person said otherwise', () => {
  assert.deepEqual(
    [
      colour({ isTTY: true }, {}),
      colour({}, {}),
      colour({ isTTY: true }, { NO_COLOR: '1' }),
      colour({ isTTY: true }, { TERM: 'dumb' }),
      colour({}, { FORCE_COLOR: '1' }),
      colour({ isTTY: true }, { FORCE_COLOR: '0' }),
      colour({}, { FORCE_COLOR: '1', NO_COLOR: '1' }),
    ],
    [true, false, false, false, true, false, false],
  );
});

test('a long line is broken between words in a terminal and nowhere else', () => {
  assert.equal(wrap('one two three', 2, 10), 'one two\n  three');
  assert.equal(wrap('one two three', 2, undefined), 'one two three');
  assert.equal(wrap('averyveryverylongword', 2, 10), 'averyveryverylongword');
});
