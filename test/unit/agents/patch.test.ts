import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange } from '../../../src/agents/apply.ts';
import { readPatch } from '../../../src/agents/patch.ts';
import type { Proposal } from '../../../src/agents/protocol.ts';

const current = 'services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n';

function proposalsIn(body: string): readonly Proposal[] {
  const reading = readPatch(`*** Begin Patch\n${body}\n*** End Patch`);
  assert.ok('proposals' in reading, 'why' in reading ? reading.why : '');
  return reading.proposals;
}

function patched(body: string, text = current): string | undefined {
  const [proposal] = proposalsIn(`*** Update File: compose.yml\n${body}`);
  assert.ok(proposal !== undefined);
  const outcome = applyChange(proposal.change, text);
  return 'why' in outcome ? `held: ${outcome.why}` : outcome.text;
}

test('lines are replaced where their context stands', () => {
  const body = '@@\n   web:\n-    image: nginx\n+    image: caddy\n   db:';
  assert.equal(patched(body), current.replace('nginx', 'caddy'));
});

test('a header leads to the right one of two equal places', () => {
  const twice = 'a:\n  x: 1\nb:\n  x: 1\n';
  assert.equal(patched('@@ b:\n-  x: 1\n+  x: 2', twice), 'a:\n  x: 1\nb:\n  x: 2\n');
});

test('a hunk that fits in two places is not guessed at', () => {
  assert.match(patched('@@\n-  x: 1\n+  x: 2', 'a:\n  x: 1\nb:\n  x: 1\n') ?? '', /more than one place/);
});

test('a hunk that fits only with other blanks is not guessed at', () => {
  assert.match(patched('@@\n-image: nginx\n+image: caddy') ?? '', /does not fit/);
});

test('a hunk with no context is not guessed at', () => {
  assert.match(patched('@@\n+# more') ?? '', /where it belongs/);
});

test('a hunk for the end of the file is found at the end', () => {
  const twice = 'x: 1\ny: 2\nx: 1\n';
  assert.equal(patched('@@\n-x: 1\n+x: 3\n*** End of File', twice), 'x: 1\ny: 2\nx: 3\n');
});

test('hunks are found one after the other', () => {
  const body = '@@\n-    image: nginx\n+    image: caddy\n@@\n-    image: postgres\n+    image: mysql';
  assert.equal(patched(body), current.replace('nginx', 'caddy').replace('postgres', 'mysql'));
});

test('line ends of the file are kept', () => {
  assert.equal(patched('@@\n-b\n+c', 'a\r\nb\r\n'), 'a\r\nc\r\n');
});

test('a moved file is a new text at one path and a removal at the other', () => {
  const proposals = proposalsIn('*** Update File: a.yml\n*** Move to: b.yml\n@@\n-x\n+y');
  assert.deepEqual(
    proposals.map(({ path, change }) => [path, change.how, 'from' in change ? change.from : undefined]),
    [
      ['b.yml', 'patch', 'a.yml'],
      ['a.yml', 'remove', undefined],
    ],
  );
});

test('added and deleted files are whole texts and removals', () => {
  assert.deepEqual(proposalsIn('*** Add File: a.yml\n+x: 1\n+y: 2\n*** Delete File: b.yml'), [
    { path: 'a.yml', change: { how: 'write', text: 'x: 1\ny: 2\n' } },
    { path: 'b.yml', change: { how: 'remove' } },
  ]);
});

test('a patch in another dialect still tells which files it means', () => {
  const proposals = proposalsIn('*** Update File: compose.yml\n? something else');
  assert.deepEqual(
    proposals.map(({ path, change }) => [path, change.how]),
    [['compose.yml', 'unknown']],
  );
});

test('a patch that names no file cannot be read', () => {
  assert.deepEqual(Object.keys(readPatch('nothing of the kind')), ['why']);
});
