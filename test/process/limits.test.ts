import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { bombs, type Expensive, large } from '../bench/expensive.ts';

/** What must come out: the verdict, and the problem with its place where there is one. */
const expected: Readonly<Record<string, string>> = {
  'aliases that double 40 times': 'undecided too-complex 21:12',
  'aliases in services that double 40 times': 'undecided too-complex 18:12',
  'aliases of mappings with nine parts, nine deep': 'undecided too-complex 6:10',
  'merge keys that double': 'undecided too-complex 16:17',
  'merge keys that repeat a large mapping 2,000 times': 'undecided too-complex 503:10',
  'an alias chain 10,000 long': 'undecided too-complex 252:14',
  'services that extend one another 5,000 deep': 'undecided too-complex 999:39',
  'ports that are all of them, 100 times': 'undecided too-complex 7:9',
  'flow nesting 10,000 deep': 'undecided too-complex 1:210',
  'flow nesting 250,000 deep, not closed': 'undecided too-complex 1:798',
  'block nesting 3,900 deep': 'undecided too-complex 200:201',
  'block nesting 10,000 deep': 'undecided too-large 1:1',
  'compact nesting 10,000 deep': 'undecided too-complex 2:400',
  'variables nested 100,000 deep': 'ask',
  'variables that are not closed': 'ask wrong-value 3:5',
  'a scalar of 1 MB': 'ask',
  'a block scalar of 1 MB': 'ask',
  'a plain scalar of 1 MB': 'ask',
  'a key of 1 MB': 'undecided yaml-syntax 5:7',
  '100,000 variables of one service': 'ask',
  '20,000 anchors': 'ask',
  'a file of 8 MB': 'undecided too-complex 1:1',
  'comments of 8 MB': 'allow',
  'blank lines, 8 MB of them': 'allow',
  'blanks, 8 MB of them in one line': 'allow',
  'hashes behind one value': 'ask',
  'quotes that are not closed': 'undecided yaml-syntax 4:17',
  'quotes of 1 MB that are not closed': 'undecided yaml-syntax 5:1',
  'commas of 7 MB': 'undecided too-complex 4:499999',
  'tags of 7 MB': 'undecided too-complex 4:1499969',
  'anchors, 300,000 of them': 'undecided too-complex 125001:5',
  'documents, 10,000 of them': 'allow',
};

/** Only to tell that something blew up: a process may take so long, and its heap so many MB. */
const longest = 180_000;
const largestHeap = 1000;

const cli = resolve('dist', 'cli.js');

// What takes long without being malicious is left to the bench.
const tested = [...bombs, ...large].filter(({ name }) => Object.hasOwn(expected, name));

for (const one of tested) {
  test(`${one.name}: ${expected[one.name]}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'infrahold-limit-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    assert.equal(judged(one, folder), expected[one.name]);
  });
}

test('every row has its text, and every bomb its row', () => {
  assert.deepEqual(tested.map(({ name }) => name).sort(), Object.keys(expected).sort());
  assert.deepEqual(
    bombs.filter((bomb) => !tested.includes(bomb)),
    [],
  );
});

function judged({ text }: Expensive, folder: string): string {
  const [before, after] = [join(folder, 'before.yml'), join(folder, 'after.yml')];
  writeFileSync(before, 'services:\n  app:\n    image: nginx\n');
  writeFileSync(after, text());
  const args = [`--max-old-space-size=${largestHeap}`, cli, 'check', before, after, '--format', 'json'];
  const { status, signal, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: longest,
  });
  assert.equal(signal, null, 'it came to an end by itself');
  const { verdict, problems } = JSON.parse(stdout);
  assert.equal(status, exitCodes[verdict]);
  const [problem] = problems;
  return problem ? `${verdict} ${problem.code} ${problem.line}:${problem.column}` : verdict;
}

const exitCodes: Readonly<Record<string, number>> = { allow: 0, ask: 1, undecided: 3 };
