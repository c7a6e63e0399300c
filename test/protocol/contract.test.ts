import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decoded, HostAdapter, Proposal, Reply } from '../../src/agents/protocol.ts';
import { adapterFor, detect, hosts } from '../../src/agents/registry.ts';
import { answers } from './answers.ts';
import { patchOf } from './patches.ts';
import { type Shape, shapes } from './shapes.ts';
import type { Action } from './toolsOfHosts.ts';

const path = '/workspace/compose.yml';
const old = '    image: nginx\n';
const fresh = '    image: caddy\n';
const words = 'Remove the cache from compose.yml, nothing else';

const hunks = [{ headers: [], old: ['    image: nginx'], fresh: ['    image: caddy'], atEnd: false }];

interface Case {
  readonly name: string;
  readonly action: Action;
  readonly means: 'edits' | 'command' | 'nothing';
  readonly proposals?: readonly Proposal[];
}

/** The same for all hosts. What one has no tool for is counted. */
const cases: readonly Case[] = [
  {
    name: 'an edit',
    action: { do: 'edit', path, old, fresh },
    means: 'edits',
    proposals: [{ path, change: { how: 'replace', steps: [{ old, fresh, everywhere: false }] } }],
  },
  {
    name: 'an edit that takes something out',
    action: { do: 'edit', path, old, fresh: '' },
    means: 'edits',
    proposals: [{ path, change: { how: 'replace', steps: [{ old, fresh: '', everywhere: false }] } }],
  },
  {
    name: 'a file written whole',
    action: { do: 'write', path, text: 'services: {}\n' },
    means: 'edits',
    proposals: [{ path, change: { how: 'write', text: 'services: {}\n' } }],
  },
  {
    name: 'a new file',
    action: { do: 'create', path: '/workspace/new.yml', text: 'a: 1\nb: 2\n' },
    means: 'edits',
    proposals: [{ path: '/workspace/new.yml', change: { how: 'write', text: 'a: 1\nb: 2\n' } }],
  },
  {
    name: 'a file removed',
    action: { do: 'delete', path },
    means: 'edits',
    proposals: [{ path, change: { how: 'remove' } }],
  },
  {
    name: 'a file moved',
    action: { do: 'rename', path, to: '/workspace/old.yml' },
    means: 'edits',
    proposals: [
      { path: '/workspace/old.yml', change: { how: 'patch', hunks: [], from: path } },
      { path, change: { how: 'remove' } },
    ],
  },
  {
    name: 'a patch',
    action: { do: 'patch', text: patchOf(path, old, fresh) },
    means: 'edits',
    proposals: [{ path, change: { how: 'patch', hunks } }],
  },
  { name: 'a shell command', action: { do: 'shell', command: 'docker compose down -v' }, means: 'command' },
  { name: 'a tool that reads', action: { do: 'read', path }, means: 'nothing' },
];

const missing: string[] = [];

for (const shape of shapes) {
  const adapter = adapterFor(shape.host);
  assert.ok(adapter !== undefined);
  const title = `${shape.host} (${shape.events[0]})`;

  for (const { name, action, means, proposals } of cases) {
    const call = shape.call(action);
    if (call === undefined) missing.push(`${title}: ${name}`);
    else
      test(`${title}: ${name}, before and after`, () => {
        const decoded = adapter.decode(shape.before(call, '/workspace'));
        assert.equal(decoded.kind, means === 'nothing' ? 'other' : means);
        if (decoded.kind === 'edits') assert.deepEqual(decoded.proposals, proposed(shape, action, proposals));
        if (decoded.kind === 'command') assert.deepEqual(decoded.commands, ['docker compose down -v']);
        if (decoded.kind !== 'other') hasSender(decoded, shape, 'before');
        const after = adapter.decode(shape.after(call, '/workspace') ?? {});
        // Windsurf tells by the name of the event that a file was only read.
        if (action.do === 'read' && shape.host === 'windsurf') return;
        assert.equal(after.kind, 'after');
        if (after.kind !== 'after' || decoded.kind === 'other') return;
        assert.deepEqual(after.proposals, decoded.kind === 'edits' ? decoded.proposals : []);
        assert.deepEqual(after.ran?.commands, decoded.kind === 'command' ? decoded.commands : undefined);
        hasSender(after, shape, 'after');
      });
  }

  test(`${title}: a known tool of another shape, and a writing tool nobody knows, leave no text that could pass`, () => {
    for (const what of ['broken', 'foreign'] as const) {
      const call = shape.call({ do: what, path });
      assert.ok(call !== undefined);
      const decoded = adapter.decode(shape.before(call, '/workspace'));
      assert.ok(decoded.kind === 'edits', decoded.kind);
      assert.deepEqual(
        decoded.proposals.map(({ path, change }) => [path, change.how]),
        [[path, 'unknown']],
      );
    }
  });

  test(`${title}: a person's words are a prompt, those of an agent and empty ones are not`, () => {
    const decoded = adapter.decode(shape.prompt(words, '/workspace'));
    assert.ok(decoded.kind === 'prompt', decoded.kind);
    assert.equal(decoded.text, words);
    hasSender(decoded, shape, 'prompt');
    assert.deepEqual(adapter.decode(shape.prompt('', '/workspace')), { kind: 'other' });
    const ofSubagent = shape.promptOfSubagent(words, '/workspace');
    if (ofSubagent === undefined) missing.push(`${title}: a prompt of a subagent`);
    else assert.deepEqual(adapter.decode(ofSubagent), { kind: 'other' });
  });

  test(`${title}: a session that begins`, () => {
    const start = shape.start('/workspace');
    if (start === undefined) missing.push(`${title}: a start`);
    else assert.equal(adapter.decode(start).kind, 'start');
  });

  test(`${title}: answers are these bytes`, () => {
    const [before, after, prompt] = shape.events;
    const own = answers[`${shape.host} ${before}`];
    assert.ok(own !== undefined);
    const no: Reply = own.byExitCode
      ? { stdout: '', stderr: own.deny, exitCode: 2 }
      : { stdout: own.deny, stderr: '', exitCode: 0 };
    const said = (text: string | undefined): Reply => ({ stdout: text ?? '', stderr: '', exitCode: 0 });
    const event = { moment: 'before', name: before } as const;
    assert.deepEqual(adapter.refuse('R', event), no);
    assert.deepEqual(adapter.ask('R', event), own.ask === undefined ? no : said(own.ask));
    assert.deepEqual(adapter.tell('R', { moment: 'after', name: after }), said(own.tellAfter));
    assert.deepEqual(adapter.tell('R', { moment: 'prompt', name: prompt }), said(own.tellWithPrompt));
    assert.deepEqual(adapter.refuse('R', { moment: 'after', name: after }), said(own.tellAfter));
    assert.deepEqual(adapter.pass(), said(''));
  });

  test(`${title}: no refusal is without a reason, and none with an answer has more than one line of it`, () => {
    const { stdout, stderr } = adapter.refuse(' \n');
    assert.match(stdout + stderr, /Infrahold/);
    if (stdout !== '') JSON.parse(stdout);
  });

  test(`${title}: is known by its payload, whatever hook was typed and whatever shell it was started in`, () => {
    const everyVariable = {
      QWEN_PROJECT_DIR: '/',
      COPILOT_CLI: '1',
      GEMINI_PROJECT_DIR: '/',
      CURSOR_VERSION: '1',
    };
    // Nothing in a payload of Kiro tells that it is Kiro's; no other host is known to run Kiro's hooks.
    const typed = shape.host === 'kiro' ? adapter : claudeCode();
    for (const env of [{}, everyVariable, { ...everyVariable, CLAUDECODE: '1' }])
      for (const { action } of cases) {
        const call = shape.call(action);
        if (call === undefined) continue;
        assert.equal(detect(typed, shape.before(call, '/w'), env).id, shape.host);
        assert.equal(detect(typed, shape.after(call, '/w'), env).id, shape.host);
        assert.equal(detect(typed, shape.prompt(words, '/w'), env).id, shape.host);
      }
  });
}

test('sweep of the contract: what hosts have no tool or no event for', (t) => {
  t.diagnostic(
    `sweep of the contract: ${shapes.length} ways of ${hosts.length} hosts, ${cases.length} cases each, ${missing.length} without a tool or event`,
  );
  assert.ok(missing.length < 20, missing.join('\n'));
});

test('where only an exit code says no, nothing in a payload makes another host of it', () => {
  const kiro = adapterFor('kiro');
  assert.ok(kiro !== undefined);
  const marks = { timestamp: 't', conversation_id: 'c', cursor_version: '1', turn_id: 't', hookName: 'x' };
  for (const event of ['preToolUse', 'PreToolUse'])
    assert.equal(
      detect(kiro, { hook_event_name: event, session_id: 's', ...marks }, { COPILOT_CLI: '1' }),
      kiro,
    );
});

test('Cursor asks about a command, and about nothing that it only pretends to ask about', () => {
  const cursor = adapterFor('cursor');
  assert.ok(cursor !== undefined);
  const said = (name: string) => JSON.parse(cursor.ask('R', { moment: 'before', name }).stdout).permission;
  assert.deepEqual(['beforeShellExecution', 'beforeMCPExecution', 'preToolUse'].map(said), [
    'ask',
    'ask',
    'deny',
  ]);
});

test('one edit that fires through two configuration files is one event', () => {
  const input = { path, old_str: old, new_str: fresh };
  const own = { sessionId: 's-1', timestamp: 1, cwd: '/w', toolName: 'edit', toolArgs: input };
  const declaredForClaude = {
    hook_event_name: 'PreToolUse',
    session_id: 's-1',
    timestamp: '2026-11-23T10:00:00.000Z',
    cwd: '/w',
    tool_name: 'Edit',
    tool_input: input,
  };
  const [first, second] = [own, declaredForClaude].map((payload) =>
    detect(claudeCode(), payload, {}).decode(payload),
  );
  assert.ok(first?.kind === 'edits' && second?.kind === 'edits');
  assert.equal(first.eventId, second.eventId);
});

function claudeCode(): HostAdapter {
  const found = adapterFor('claude-code');
  assert.ok(found !== undefined);
  return found;
}

/** Codex has one tool for files, and all that it does is a patch. */
function proposed(shape: Shape, action: Action, proposals: readonly Proposal[] = []): readonly Proposal[] {
  if (shape.host !== 'codex' || action.do !== 'edit') return proposals;
  const after = action.fresh === '' ? [] : ['    image: caddy'];
  return [{ path, change: { how: 'patch', hunks: [{ ...hunks[0], fresh: after }] } }] as Proposal[];
}

function hasSender(decoded: Decoded, shape: Shape, moment: 'before' | 'after' | 'prompt'): void {
  assert.ok('event' in decoded);
  assert.equal(decoded.session, 's-1');
  assert.equal(decoded.event.moment, moment);
  if (shape.host !== 'windsurf') assert.equal(decoded.folder, '/workspace');
  assert.match(decoded.eventId, /^(?:call|content) \["s-1"/);
}
