import { strict as assert } from 'node:assert';
import { copilot } from '../support/copilot.ts';
import { type Happening, record } from '../support/events.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';
import { onDisk, open, until, uri } from '../support/workspace.ts';

const COMPOSE = 'services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n';
const WITHOUT_DB = 'services:\n  web:\n    image: nginx\n';

/** Proves that a scripted model moves Copilot's real agent, and how VS Code shows its writes to an extension. */
export const fixture: Fixture = {
  reason: 'hidden',
  copilot: true,
  extension: 'absent',
  files: {
    'docker-compose.yml': COMPOSE,
    'unopened.yml': COMPOSE,
    'existing.yml': COMPOSE,
    'patched.yml': COMPOSE,
    'prepended.yml': COMPOSE,
    'shell.yml': COMPOSE,
  },
  versions: ['1.139.1'],
};

const path = (file: string): string => uri(file).fsPath;

const removeDb = (file: string) => ({
  tool: 'replace_string_in_file',
  input: { filePath: path(file), oldString: '  db:\n    image: postgres\n', newString: '' },
});

const create = (file: string, content: string) => ({
  tool: 'create_file',
  input: { filePath: path(file), content },
});

const patch = (lines: readonly string[]) => ({
  tool: 'apply_patch',
  input: { input: ['*** Begin Patch', ...lines, '*** End Patch'].join('\n'), explanation: 'As asked' },
});

const order = (seen: readonly Happening[]) =>
  seen.map(({ what }) => what).filter((what) => what !== 'selection');

test("an agent's edit comes as a change, then as bytes, then as a save that nobody announced", async () => {
  await open('docker-compose.yml');
  const seen = await record(async () => {
    await copilot.run({ prompt: 'Remove db', steps: [removeDb('docker-compose.yml')] });
    await until('the edit on disk', () => onDisk('docker-compose.yml') === WITHOUT_DB);
  });
  const [first] = order(seen);
  assert.equal(first, 'change');
  assert.ok(order(seen).indexOf('change') < order(seen).indexOf('disk'));
  assert.ok(order(seen).indexOf('disk') < order(seen).indexOf('didSave'));
  assert.ok(!order(seen).includes('willSave'));
});

test('an agent edits a file that no editor shows', async () => {
  const seen = await record(async () => {
    await copilot.run({ prompt: 'Remove db', steps: [removeDb('unopened.yml')] });
    await until('the edit on disk', () => onDisk('unopened.yml') === WITHOUT_DB);
  });
  assert.ok(order(seen).includes('didSave'));
  assert.ok(!order(seen).includes('willSave'));
});

test('an agent creates a file', async () => {
  await copilot.run({ prompt: 'Create it', steps: [create('made/compose.yml', 'services: {}\n')] });
  await until('the file', () => onDisk('made/compose.yml') === 'services: {}\n');
});

test('create_file refuses to write over a file that holds something', async () => {
  const { answers } = await copilot.run({ steps: [create('existing.yml', 'services: {}\n')] });
  assert.match(answers[0] ?? '', /File already exists/);
  assert.equal(onDisk('existing.yml'), COMPOSE);
});

test('a GPT model edits with apply_patch', async () => {
  const step = patch([
    `*** Update File: ${path('patched.yml')}`,
    '@@',
    '   web:',
    '-    image: nginx',
    '+    image: caddy',
  ]);
  const { offered } = await copilot.run({ family: 'gpt-5', steps: [step] });
  assert.ok(offered.includes('apply_patch'));
  await until('the edit on disk', () => onDisk('patched.yml')?.includes('caddy'));
});

test('a patch that adds a file which exists puts its text before what is there', async () => {
  const step = patch([`*** Add File: ${path('prepended.yml')}`, '+services: {}']);
  await copilot.run({ family: 'gpt-5', steps: [step] });
  await until('the mixture on disk', () => onDisk('prepended.yml') === `services: {}${COMPOSE}`);
});

test('an agent changes a file through its terminal, once the person allowed the command', async () => {
  const input = {
    command: `sed -i s/nginx/caddy/ ${path('shell.yml')}`,
    explanation: 'Change the image',
    goal: 'Change the image',
    mode: 'sync',
    timeout: 10_000,
  };
  const { approvals } = await copilot.run({ steps: [{ tool: 'run_in_terminal', input }] });
  assert.equal(approvals, 1);
  assert.match(onDisk('shell.yml') ?? '', /caddy/);
});
