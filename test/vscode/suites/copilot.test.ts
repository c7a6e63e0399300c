import { strict as assert } from 'node:assert';
import { copilot } from '../support/copilot.ts';
import { driver } from '../support/driver.ts';
import { record } from '../support/events.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';
import { onDisk, open, until, uri } from '../support/workspace.ts';

const COMPOSE = 'services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n';

/** Proves that the scripted model moves Copilot's real agent, and in which order its writes are seen. */
export const fixture: Fixture = {
  copilot: true,
  extension: 'absent',
  files: { 'docker-compose.yml': COMPOSE, 'other.yml': COMPOSE, 'third.yml': COMPOSE },
  versions: ['1.139.1'],
};

const path = (file: string): string => uri(file).fsPath;

const removal = (file: string) => ({
  tool: 'replace_string_in_file',
  input: { filePath: path(file), oldString: '  db:\n    image: postgres\n', newString: '' },
});

test("the agent's edit of a file reaches the disk with no announcement of a save", async (context) => {
  await open('docker-compose.yml');
  const seen = await record(async () => {
    const { answers } = await copilot.run({ prompt: 'Remove db', steps: [removal('docker-compose.yml')] });
    await context.note(answers.join('\n'));
    await until('the edit on disk', () => onDisk('docker-compose.yml')?.includes('postgres') === false);
  });
  for (const { at, what, file, detail } of seen) await context.note(`+${at} ${what} ${file} ${detail}`);
  assert.ok(seen.some(({ what }) => what === 'didSave'));
  assert.ok(!seen.some(({ what }) => what === 'willSave'));
});

test('the agent creates a file', async () => {
  const step = { tool: 'create_file', input: { filePath: path('made/compose.yml'), content: 'services: {}\n' } };
  await copilot.run({ prompt: 'Create it', steps: [step] });
  await until('the file', () => onDisk('made/compose.yml') === 'services: {}\n');
});

test('the agent edits a file that no editor shows', async (context) => {
  const seen = await record(async () => {
    await copilot.run({ prompt: 'Remove db', steps: [removal('other.yml')] });
    await until('the edit on disk', () => onDisk('other.yml')?.includes('postgres') === false);
  });
  for (const { at, what, file, detail } of seen) await context.note(`+${at} ${what} ${file} ${detail}`);
});

test('the agent writes over a file that exists', async (context) => {
  const step = { tool: 'create_file', input: { filePath: path('third.yml'), content: 'services: {}\n' } };
  const { answers } = await copilot.run({ prompt: 'Overwrite it', steps: [step] });
  await context.note(`${answers}\n${onDisk('third.yml')}\n${JSON.stringify(await driver.notifications())} ${await driver.screenshot('overwrite')}`);
});

test("the agent's terminal changes a file", async (context) => {
  const command = `sed -i s/nginx/caddy/ ${path('third.yml')} ${path('other.yml')}`;
  const step = { tool: 'run_in_terminal', input: { command, explanation: 'x', goal: 'x', mode: 'sync', isBackground: false, timeout: 10000 } };
  try { const { answers } = await copilot.run({ prompt: 'Use the shell', steps: [step] });
  await context.note(answers.join('\n')); } finally { await driver.screenshot('terminal');  await context.note(onDisk('other.yml') ?? '');}
});
