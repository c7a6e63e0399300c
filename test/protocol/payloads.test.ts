import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Decoded } from '../../src/agents/protocol.ts';
import { adapterFor, hosts } from '../../src/agents/registry.ts';

/** What each payload in the folder of its host means, in short. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'claude-code': {
    'after-edit': 'other',
    edit: 'replace compose.yml (s-1)',
    'edit-of-another-shape': 'unreadable: the input of Edit has another shape than the one known here',
    'foreign-writing-tool': 'unknown compose.yml (s-1)',
    'multi-edit': 'replace compose.yml (s-1)',
    prompt: 'other',
    read: 'other',
    shell: 'other',
    write: 'write compose.yml (s-1)',
  },
  vscode: {
    'apply-patch': 'patch compose.yml (s-2)',
    'create-file': 'write compose.yml (s-2)',
    'input-as-text': 'replace compose.yml (s-2)',
    'insert-edit': 'unknown compose.yml (s-2)',
    'multi-replace': 'replace compose.yml, replace notes.md (s-2)',
    'replace-string': 'replace compose.yml (s-2)',
    'replace-string-camel-names': 'replace compose.yml (s-2)',
    terminal: 'other',
  },
};

for (const host of hosts) {
  test(`${host}: every payload is read as it is meant`, () => {
    const folder = join('test', 'protocol', host);
    const read = readdirSync(folder).map((name) => [
      name.replace(/\.json$/, ''),
      summary(decode(host, JSON.parse(readFileSync(join(folder, name), 'utf8')))),
    ]);
    assert.deepEqual(Object.fromEntries(read.sort()), expected[host]);
  });

  test(`${host}: what is no payload is unreadable and never let pass`, () => {
    const wrong = [null, [], 'text', 1, {}, { hook_event_name: 'PreToolUse' }, { hook_event_name: 7 }];
    assert.deepEqual(new Set(wrong.map((payload) => decode(host, payload).kind)), new Set(['unreadable']));
  });

  test(`${host}: a refusal is one JSON object that says deny and why`, () => {
    const { stdout = '', exitCode } = adapterFor(host)?.refuse('not in scope') ?? {};
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), {
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: 'not in scope',
      },
    });
  });

  test(`${host}: a refusal always has a reason`, () => {
    assert.match(adapterFor(host)?.refuse('').stdout ?? '', /"permissionDecisionReason":"[^"]/);
  });
}

/** Payloads that a real agent sent, where a folder of recordings is at hand. */
const recordings = process.env.INFRAHOLD_RECORDINGS ?? '';

test('sweep: every recorded payload of Claude Code is read', {
  skip: !existsSync(join(recordings, 'claude')),
}, (t) => {
  const counts = new Map<string, number>();
  for (const name of readdirSync(join(recordings, 'claude'))) {
    const { hooks } = JSON.parse(readFileSync(join(recordings, 'claude', name), 'utf8'));
    for (const { event, stdin } of hooks) {
      const { kind } = decode('claude-code', stdin);
      const isEdit = event === 'PreToolUse' && ['Edit', 'Write'].includes(stdin.tool_name);
      assert.equal(kind, isEdit ? 'edits' : 'other', `${name}: ${event}`);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  t.diagnostic(`sweep of recordings: ${counts.get('edits')} edits, ${counts.get('other')} others`);
});

function decode(host: string, payload: unknown): Decoded {
  const adapter = adapterFor(host);
  assert.ok(adapter !== undefined);
  return adapter.decode(payload);
}

function summary(decoded: Decoded): string {
  if (decoded.kind === 'unreadable') return `unreadable: ${decoded.why}`;
  if (decoded.kind === 'other') return 'other';
  const edits = decoded.proposals.map(
    ({ path, change }) => `${change.how} ${path.replace('/workspace/', '')}`,
  );
  return `${edits.join(', ')} (${decoded.session})`;
}
