import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyChange } from '../../src/agents/apply.ts';
import type { Decoded, HostAdapter, Proposal } from '../../src/agents/protocol.ts';
import { adapterFor, detect } from '../../src/agents/registry.ts';
import { shared } from '../unit/core/model/shared.ts';

/** Payloads that real agents sent, one folder for each; the agents' names there, and ours. */
const folders: Readonly<Record<string, string>> = {
  claude: 'claude-code',
  cline: 'cline',
  'cline-file': 'cline',
  codex: 'codex',
  copilot: 'copilot-cli',
  gemini: 'gemini',
  opencode: 'opencode',
  qwen: 'qwen',
};

/** What all of them were asked to edit. */
const before = `services:
  web:
    image: nginx:1.27
    ports:
      - "8080:80"
  db:
    image: postgres:16
    volumes:
      - dbdata:/var/lib/postgresql/data
  cache:
    image: redis:7
volumes:
  dbdata: {}
`;

interface Recorded {
  readonly event: string;
  readonly tool?: string;
  readonly env_names: readonly string[];
  readonly stdin_raw: string;
}

const recordings = join(shared ?? '', 'agents', 'recorded');
const absent = existsSync(recordings) ? false : 'no recordings beside the repository';

test('sweep: every recorded payload is read as what it was, by whoever is typed', { skip: absent }, (t) => {
  const counts = new Map<string, number>();
  for (const [folder, host] of Object.entries(folders)) {
    for (const name of readdirSync(join(recordings, folder)).filter((name) => name.endsWith('.json'))) {
      const { hooks } = JSON.parse(readFileSync(join(recordings, folder, name), 'utf8'));
      for (const recorded of hooks) {
        const decoded = checked(host, `${folder}/${name}`, recorded);
        counts.set(decoded.kind, (counts.get(decoded.kind) ?? 0) + 1);
      }
    }
  }
  assert.ok([...counts.values()].reduce((sum, count) => sum + count) > 900);
  const totals = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  t.diagnostic(`sweep of recordings: ${Object.keys(folders).length} agents, ${totals}`);
});

function checked(host: string, where: string, recorded: Recorded): Decoded {
  const payload: unknown = JSON.parse(recorded.stdin_raw);
  const env = Object.fromEntries(recorded.env_names.map((name) => [name, 'set']));
  const adapter = adapterFor(host);
  assert.ok(adapter !== undefined);
  assert.equal(detect(typed(), payload, env).id, host, where);
  assert.equal(detect(adapter, payload, env).id, host, where);
  const decoded = adapter.decode(payload);
  assert.equal(decoded.kind, kindOf(recorded), `${where}: ${recorded.event} ${recorded.tool}`);
  if (decoded.kind === 'edits') isWholeEdit(decoded.proposals, where);
  if (decoded.kind === 'prompt')
    assert.match(decoded.text, /^Please rename .* in docker-compose\.yml$/, where);
  if (decoded.kind === 'command')
    assert.match(decoded.commands.join('\n'), /docker-compose\.yml|^bash$/, where);
  if ('session' in decoded) assert.ok(decoded.session, where);
  if ('folder' in decoded) assert.equal(decoded.folder, '/workspace', where);
  return decoded;
}

function typed(): HostAdapter {
  const adapter = adapterFor('claude-code');
  assert.ok(adapter !== undefined);
  return adapter;
}

/** By the names that the agents use, written down here a second time. */
function kindOf({ event, tool = '', stdin_raw }: Recorded): Decoded['kind'] {
  if (/^(?:SessionStart|agent_start)$/.test(event) || stdin_raw.includes('"initialPrompt"')) return 'start';
  if (/post|after/i.test(event)) return 'after';
  if (/^(?:prompt|UserPromptSubmit|BeforeAgent|chat\.message)$/.test(event))
    return stdin_raw.includes('"prompt":""') ? 'other' : 'prompt';
  if (/^(?:bash|run_shell_command|run_commands)$/i.test(tool)) return 'command';
  return /^(?:edit|write|create|write_file|replace|editor|apply_patch)$/i.test(tool) ? 'edits' : 'other';
}

/** Every edit that was recorded to fit the file does, and leaves what the agent was told to write. */
function isWholeEdit(proposals: readonly Proposal[], where: string): void {
  assert.equal(proposals.length, 1, where);
  const [{ path, change }] = proposals as [Proposal];
  assert.match(path, /^(?:\/workspace\/)?(?:infra\/)?docker-compose\.yml$/, where);
  const isNew = path.includes('infra/');
  const outcome = applyChange(change, isNew ? undefined : before);
  if (where.includes('nomatch')) {
    assert.ok('why' in outcome, where);
    return;
  }
  assert.ok('text' in outcome && outcome.text !== undefined, `${where}: ${JSON.stringify(outcome)}`);
  assert.match(outcome.text, /^services:\n/, where);
  assert.doesNotMatch(outcome.text, / cache:/, where);
}
