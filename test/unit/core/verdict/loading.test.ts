import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emptyDocument, readDocument } from '../../../../src/core/model/read.ts';
import { parseGrant } from '../../../../src/core/scope/grants.ts';
import type { Author, Judgement, Verdict } from '../../../../src/core/verdict/judgement.ts';
import {
  broughtProblems,
  judgeLoading,
  judgeLoadingIfAllowed,
} from '../../../../src/core/verdict/loading.ts';

const sound = 'services:\n  web:\n    image: nginx:1\n    volumes: ["data:/d"]\nvolumes:\n  data: {}\n';
const unsound = sound.replace('    image', '    owner: me\n    image');
const withUnknownKey = sound.replace('    volumes', '    owner: me\n    volumes');
const withUnknownVolume = sound.replace('data:/d', 'dta:/d');
const part = 'services:\n  web:\n    environment: {A: b}\n';

interface Row {
  readonly name: string;
  readonly before?: string;
  readonly after: string;
  readonly grants?: readonly string[];
  readonly author?: Author;
  readonly verdict: Verdict;
  readonly told: readonly string[];
}

const anything = ['change services.web', 'add services.*'];

const rows: readonly Row[] = [
  {
    name: 'an edit in scope that brings an error',
    after: withUnknownKey,
    grants: anything,
    verdict: 'undecided',
    told: ['error unknown-key 4'],
  },
  { name: 'the same with no scope', after: withUnknownKey, verdict: 'ask', told: ['error unknown-key 4'] },
  {
    name: 'the same beyond the scope',
    after: withUnknownKey,
    grants: [],
    verdict: 'deny',
    told: ['error unknown-key 4'],
  },
  {
    name: 'the same by a person',
    after: withUnknownKey,
    author: 'human',
    verdict: 'undecided',
    told: ['error unknown-key 4'],
  },
  {
    name: 'data lost by a person with an error',
    after: withUnknownVolume,
    author: 'human',
    verdict: 'ask',
    told: ['error undefined-reference 4'],
  },
  {
    name: 'an edit of a file that had the error before, in another line',
    before: unsound,
    after: `# moved\n${unsound.replace('nginx:1', 'nginx:2')}`,
    grants: anything,
    verdict: 'allow',
    told: [],
  },
  {
    name: 'an edit that takes an error away',
    before: withUnknownKey,
    after: sound,
    grants: anything,
    verdict: 'allow',
    told: [],
  },
  {
    name: 'a new name for a service that had the error before',
    before: unsound,
    after: unsound.replace('  web:', '  site:'),
    grants: ['rename services.web services.site'],
    verdict: 'allow',
    told: [],
  },
  {
    name: 'one error in place of another',
    before: unsound,
    after: unsound.replace('owner', 'keeper'),
    grants: anything,
    verdict: 'undecided',
    told: ['error unknown-key 3'],
  },
  {
    name: 'an edit that only brings a warning',
    before: sound.replace('    vol', '    ports: ["80:80"]\n    vol'),
    after: sound.replace('    vol', '    ports: ["80:80", "80:81"]\n    vol'),
    grants: anything,
    verdict: 'allow',
    told: ['warning port-published-twice 4'],
  },
  {
    name: 'a part of several files that names what another declares',
    before: part,
    after: `${part}    networks: [front]\n`,
    grants: anything,
    verdict: 'allow',
    told: ['warning undefined-reference 4'],
  },
  {
    name: 'an item twice, which changes no meaning and is refused',
    before: sound.replace('    vol', '    security_opt: [a]\n    vol'),
    after: sound.replace('    vol', '    security_opt: [a, a]\n    vol'),
    verdict: 'undecided',
    told: ['error repeated-item 4'],
  },
];

async function judged({ before = sound, after, grants, author = 'ai' }: Row, judge: typeof judgeLoading) {
  const scope = grants && { grants: grants.map(grantOf) };
  return judge({ ...texts(before, after), scope, author });
}

function texts(before: string, after: string) {
  return { before: readDocument('compose', before), after: readDocument('compose', after) };
}

function grantOf(text: string) {
  const grant = parseGrant(text);
  assert.ok(!('problem' in grant), text);
  return grant;
}

function shown(judgement: Judgement): string[] {
  return broughtProblems(judgement).map(({ severity, code, line }) => `${severity} ${code} ${line}`);
}

for (const row of rows) {
  test(`the verdict on ${row.name}: ${row.verdict}`, async () => {
    const judgement = await judged(row, judgeLoading);
    assert.equal(judgement.verdict, row.verdict);
    assert.deepEqual(shown(judgement), row.told);
    assert.equal((await judged(row, judgeLoadingIfAllowed)).verdict, row.verdict);
  });
}

test('a step may leave what names a thing that may go; a result may not, and nothing else is let pass', async () => {
  const waits = sound.replace('    volumes', '    depends_on: [db]\n    volumes');
  const before = waits.replace('volumes:\n  data', '  db:\n    image: postgres\nvolumes:\n  data');
  const step = async (after: string, grants: readonly string[]) =>
    (
      await judgeLoading(
        { ...texts(before, after), scope: { grants: grants.map(grantOf) }, author: 'ai' },
        'step',
      )
    ).verdict;
  const remove = ['remove service db'];
  assert.equal(await step(waits, remove), 'allow');
  assert.equal(
    (
      await judged(
        { name: '', before, after: waits, grants: remove, verdict: 'allow', told: [] },
        judgeLoading,
      )
    ).verdict,
    'undecided',
  );
  assert.equal(await step(waits, []), 'deny');
  const misspelled = before.replace('depends_on: [db]', 'depends_on: [dbb]');
  assert.equal(await step(misspelled, ['change services.web', ...remove]), 'undecided');
});

test('the incident keeps its verdicts and its changes, and its problems are listed', async () => {
  const text = (name: string) => readFileSync(`test/cases/incident/${name}`, 'utf8');
  const [before, after] = [text('docker-compose.yml'), text('ai-edit.yml')];
  const open = await judged({ name: '', before, after, verdict: 'ask', told: [] }, judgeLoading);
  const scoped = await judged(
    { name: '', before, after, grants: ['remove service l9-postgres'], verdict: 'deny', told: [] },
    judgeLoading,
  );
  assert.deepEqual([open.verdict, scoped.verdict], ['ask', 'deny']);
  assert.deepEqual([open.changes.length, scoped.changes.length], [11, 11]);
  const expected = ['error undefined-reference 17', 'error undefined-reference 19'];
  assert.deepEqual([shown(open), shown(scoped)], [expected, expected]);
});

test('a problem that stood before is still there for programs', async () => {
  const after = unsound.replace('nginx:1', 'nginx:2');
  const { problems } = await judged(
    { name: '', before: unsound, after, verdict: 'ask', told: [] },
    judgeLoading,
  );
  assert.deepEqual(
    problems.map(({ code, stoodBefore, side }) => [code, stoodBefore, side]),
    [['unknown-key', true, 'after']],
  );
});

test('a text that cannot be read stays undecided, and a file that goes brings no problem', async () => {
  const before = readDocument('compose', sound);
  const input = { before, scope: undefined, author: 'ai' as const };
  const broken = await judgeLoading({ ...input, after: readDocument('compose', 'services: [') });
  assert.deepEqual([broken.verdict, broken.changes.length], ['undecided', 0]);
  assert.deepEqual((await judgeLoading({ ...input, after: emptyDocument('compose') })).problems, []);
});
