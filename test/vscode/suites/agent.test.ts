import { strict as assert } from 'node:assert';
import { copilot, insertEdit } from '../support/copilot.ts';
import { driver } from '../support/driver.ts';
import {
  aiEdit,
  askedFor,
  assertKept,
  assertPutBack,
  before,
  fileIn,
  filesFor,
  fresh,
  longBefore,
  promptFor,
  until,
  wait,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';

/** Copilot's real agent mode, with a model that follows a script and with no hook of ours. */
export const fixture: Fixture = {
  extension: 'required',
  copilot: true,
  withReasons: ['W12:', 'an edit of the agent', 'Approve lands'],
  files: {
    ...filesFor(
      'replace',
      'closed',
      'several',
      'overwrite',
      'innocent',
      'approve',
      'sed',
      'heredoc',
      'python',
    ),
    'insert/docker-compose.yml': longBefore,
    'fill/docker-compose.yml': '',
  },
  // The agent's own model also merges what is inserted.
  settings: { 'chat.byokUtilityModelDefault': 'mainAgent' },
  // The older one has no agent built in.
  versions: ['1.139.1'],
};

const replace = (filePath: string, oldString: string, newString: string) => ({
  tool: 'replace_string_in_file',
  input: { filePath, oldString, newString },
});

test('W12: what the agent replaced is put back within a second of its write, and kept whole', async () => {
  await fresh();
  const file = fileIn('replace');
  const document = await file.open();
  await copilot.run({ prompt: 'Remove PostgreSQL', steps: [replace(file.path, before, aiEdit)] });
  const message = await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  assert.match(message, /l9-redis/);
  assertKept(aiEdit);
  await driver.screenshot('agent-put-back');
  await wait(1500);
  assert.equal(file.disk(), before, 'nothing writes it again');
  await until(() => assert.equal(document.getText(), before));
  await driver.clickNotification('Put back');
});

test('W12: an edit of a file that no editor shows is put back as well', async () => {
  await fresh();
  const file = fileIn('closed');
  await copilot.run({ prompt: 'Remove PostgreSQL', steps: [replace(file.path, before, aiEdit)] });
  await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  assertKept(aiEdit);
  await driver.clickNotification('Put back');
});

test('W12: several replacements in one call are put back', async () => {
  await fresh();
  const file = fileIn('several');
  const replacements = ['redis:7', 'postgres:16'].map((oldString) => ({
    ...{ filePath: file.path, oldString, newString: oldString.replace(/\d+$/, '1') },
  }));
  const step = { tool: 'multi_replace_string_in_file', input: { explanation: 'As asked', replacements } };
  const { offered } = await copilot.run({ family: 'sonnet', steps: [step] });
  assert.ok(offered.includes('multi_replace_string_in_file'));
  await assertPutBack(file, before.replace('redis:7', 'redis:1').replace('postgres:16', 'postgres:1'));
  await driver.clickNotification('Put back');
});

test('W12: what the agent inserts into a file is put back', async () => {
  await fresh();
  const file = fileIn('insert', longBefore);
  const { offered, answers } = await copilot.run(insertEdit(file.path, '# ...existing code...', aiEdit));
  assert.ok(offered.includes('insert_edit_into_file'));
  assert.match(answers[0] ?? '', /successfully edited/);
  await assertPutBack(file, aiEdit);
  await driver.clickNotification('Put back');
});

test('W12: what the agent inserts into an empty file is put back', async () => {
  await fresh();
  const file = fileIn('fill', '');
  await copilot.run(insertEdit(file.path, aiEdit, aiEdit));
  await assertPutBack(file, aiEdit);
  await driver.clickNotification('Put back');
});

test('W12: what the agent puts over an existing file is put back', async () => {
  await fresh();
  const file = fileIn('overwrite');
  const lines = ['*** Begin Patch', `*** Add File: ${file.path}`, '+services: {}', '*** End Patch'];
  const step = { tool: 'apply_patch', input: { input: lines.join('\n'), explanation: 'As asked' } };
  const create = { tool: 'create_file', input: { filePath: file.path, content: 'services: {}\n' } };
  await copilot.run({ prompt: 'Write it anew', family: 'gpt-5', steps: [create, step] });
  // A patch that adds a file which is there puts its text before what it holds.
  await assertPutBack(file, `services: {}${before}`);
  await driver.clickNotification('Put back');
});

/** The commands of an agent that would rather not use its edit tool, and what each leaves. */
const commands: readonly (readonly [folder: string, command: (path: string) => string, leaves: string])[] = [
  ['sed', (path) => `sed -i s/redis:7/redis:8/ ${path}`, before.replace('redis:7', 'redis:8')],
  ['heredoc', (path) => `cat > ${path} <<'EOF'\n${aiEdit}EOF`, aiEdit],
  [
    'python',
    (path) => `python3 -c "import sys; open(sys.argv[1], 'w').write('services: {}\\n')" ${path}`,
    'services: {}\n',
  ],
];

test('W13: what the agent writes from its terminal, with sed, a heredoc or python, is put back', async () => {
  for (const [folder, command, leaves] of commands) {
    await fresh();
    const file = fileIn(folder);
    const input = {
      ...{ command: command(file.path), explanation: 'As asked', goal: 'As asked' },
      ...{ mode: 'sync', timeout: 10_000 },
    };
    await copilot.run({ steps: [{ tool: 'run_in_terminal', input }] });
    await assertPutBack(file, leaves);
    await driver.clickNotification('Put back');
  }
});

test('an edit of the agent that changes no meaning stays, without a word', async () => {
  await fresh();
  const file = fileIn('innocent');
  const steps = [replace(file.path, '# L9 stack.', '# The stack of L9.')];
  await copilot.run({ prompt: 'Reword the comment', steps });
  const wanted = before.replace('# L9 stack.', '# The stack of L9.');
  await until(() => assert.equal(file.disk(), wanted));
  await wait(1200);
  assert.equal(file.disk(), wanted);
  assert.deepEqual(
    (await driver.notifications()).filter(({ message }) => message.includes(file.name)),
    [],
  );
});

test('Approve lands what the agent wrote', async () => {
  await fresh();
  const file = fileIn('approve');
  await copilot.run({ prompt: 'Remove PostgreSQL', steps: [replace(file.path, before, askedFor)] });
  await promptFor(file);
  await until(() => assert.equal(file.disk(), before), 1000);
  await driver.clickNotification('Approve…');
  await driver.clickModal('Approve');
  await until(() => assert.equal(file.disk(), askedFor));
  await wait(1000);
  assert.equal(file.disk(), askedFor);
});
