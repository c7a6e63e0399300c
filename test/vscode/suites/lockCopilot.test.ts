import { strict as assert } from 'node:assert';
import { copilot, insertEdit, type Script } from '../support/copilot.ts';
import { driver } from '../support/driver.ts';
import {
  assertKept,
  before,
  fileIn,
  filesFor,
  fresh,
  longBefore,
  type ProtectedFile,
  promptFor,
  until,
} from '../support/incident.ts';
import { untouched } from '../support/locks.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

/** Copilot's real agent mode on locked files, without its hook. */
export const fixture: Fixture = {
  copilot: true,
  extension: 'required',
  reason: 'hidden',
  files: {
    ...filesFor('unopened', 'open', 'several', 'patch', 'prepend', 'create', 'innocent', 'shell'),
    'insert/docker-compose.yml': longBefore,
    'fill/docker-compose.yml': '',
    '.infrahold.yml': "lock: ['**/docker-compose.yml']\n",
  },
  // The agent's own model also merges what is inserted.
  settings: { 'chat.byokUtilityModelDefault': 'mainAgent' },
  // The older one has no agent built in.
  versions: ['1.139.1'],
};

const newer = before.replace('redis:7-alpine', 'redis:8');

const replace = ({ path: filePath }: ProtectedFile, oldString: string, newString: string): Script => ({
  prompt: 'Do it',
  steps: [{ tool: 'replace_string_in_file', input: { filePath, oldString, newString } }],
});

const patch = (lines: readonly string[]): Script => {
  const input = ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
  return { family: 'gpt-5', steps: [{ tool: 'apply_patch', input: { input, explanation: 'As asked' } }] };
};

const edits: readonly (readonly [string, string, string, (file: ProtectedFile) => Script])[] = [
  ['replaces a string of', 'unopened', newer, (file) => replace(file, 'redis:7-alpine', 'redis:8')],
  [
    'replaces a string, before a person’s eyes, of',
    'open',
    newer,
    (file) => replace(file, 'redis:7-alpine', 'redis:8'),
  ],
  [
    'replaces several strings of',
    'several',
    newer,
    ({ path: filePath }) => {
      const replacements = [
        { filePath, oldString: 'image: redis:7', newString: 'image: redis:8' },
        { filePath, oldString: '8-alpine', newString: '8' },
      ];
      const input = { explanation: 'As asked', replacements };
      return { family: 'sonnet', steps: [{ tool: 'multi_replace_string_in_file', input }] };
    },
  ],
  ['inserts into', 'insert', newer, ({ path }) => insertEdit(path, '# ...existing code...', newer)],
  ['fills', 'fill', newer, ({ path }) => insertEdit(path, newer, newer)],
  [
    'patches',
    'patch',
    newer,
    ({ path }) =>
      patch([`*** Update File: ${path}`, '@@', '-    image: redis:7-alpine', '+    image: redis:8']),
  ],
  [
    'adds, as if it were new,',
    'prepend',
    `services: {}${before}`,
    ({ path }) => patch([`*** Add File: ${path}`, '+services: {}']),
  ],
];

const texts: Readonly<Record<string, string>> = { insert: longBefore, fill: '' };

for (const [what, name, proposal, script] of edits) {
  test(`W12: Copilot's agent ${what} a locked file, and not a byte reaches the disk`, async () => {
    await fresh();
    const file = fileIn(name, texts[name]);
    if (name === 'open') await file.open();
    const edit = async () => {
      await copilot.run(script(file));
      await promptFor(file);
    };
    assert.ok(await untouched(file, edit));
    assertKept(proposal);
    await driver.clickNotification(name === 'open' ? 'Approve…' : 'Put back');
    if (name === 'open') await driver.clickModal('Approve');
    await until(() => assert.equal(file.disk(), name === 'open' ? proposal : file.accepted));
  });
}

test("W12: Copilot's agent creates no file where a locked one is, and nobody is asked", async () => {
  await fresh();
  const file = fileIn('create');
  const create = { tool: 'create_file', input: { filePath: file.path, content: 'services: {}\n' } };
  let answer = '';
  const edit = async () => {
    answer = (await copilot.run({ steps: [create] })).answers[0] ?? '';
  };
  assert.ok(await untouched(file, edit));
  assert.match(answer, /File already exists/);
  assert.deepEqual(await driver.notifications(), []);
});

test('what changes no meaning is written for the agent, and nobody is asked', async () => {
  await fresh();
  const file = fileIn('innocent');
  await copilot.run(replace(file, '# L9 stack.', '# The stack of L9.'));
  await until(() => assert.equal(file.disk(), before.replace('# L9 stack.', '# The stack of L9.')));
  assert.deepEqual(await driver.notifications(), []);
});

test("W13: what the agent's terminal writes into a locked file is put back after the write", async () => {
  await fresh();
  const file = fileIn('shell');
  const input = {
    command: `sed -i s/redis:7-alpine/redis:8/ ${file.path}`,
    explanation: 'Newer',
    goal: 'Newer',
    mode: 'sync',
    timeout: 10_000,
  };
  const edit = () => copilot.run({ steps: [{ tool: 'run_in_terminal', input }] });
  assert.equal(await untouched(file, edit), false);
  await promptFor(file);
  assertKept(newer);
});
