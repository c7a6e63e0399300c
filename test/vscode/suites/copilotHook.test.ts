import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { copilot } from '../support/copilot.ts';
import {
  aiEdit,
  askedFor,
  before,
  fileIn,
  filesFor,
  type ProtectedFile,
  request,
} from '../support/incident.ts';
import type { Fixture } from '../support/protocol.ts';
import { test } from '../support/suite.ts';
import { uri } from '../support/workspace.ts';

/** Copilot's real agent mode with the hook alone: there is no extension that could put anything back. */
export const fixture: Fixture = {
  reason: 'hidden',
  copilot: true,
  extension: 'absent',
  files: filesFor('edit', 'patch', 'shell', 'innocent', 'asked'),
  // The older one has no agent built in.
  versions: ['1.139.1'],
  // The suite is bundled to a folder three below the project's; the extension host runs a copy of it elsewhere.
  env: { INFRAHOLD_TEST_CLI: join(__dirname, '..', '..', '..', 'dist', 'cli.js') },
};

/** Puts the hook into the folder as a person does it. VS Code looks for it at every turn of the agent. */
function installHook(): void {
  const cli = process.env.INFRAHOLD_TEST_CLI ?? '';
  execFileSync(process.execPath, [cli, 'install', 'vscode'], { cwd: uri('.').fsPath, stdio: 'pipe' });
}

const replace = ({ path }: ProtectedFile, oldString: string, newString: string) => ({
  tool: 'replace_string_in_file',
  input: { filePath: path, oldString, newString },
});

const held = /Infrahold[^"]*docker-compose\.yml/;

test('what the agent replaces beyond the scope is refused before it is written, and the model reads why', async () => {
  installHook();
  const file = fileIn('edit');
  const { answers } = await copilot.run({ prompt: request, steps: [replace(file, before, aiEdit)] });
  assert.match(answers[0] ?? '', held);
  assert.match(answers[0] ?? '', /l9-redis/);
  assert.equal(file.disk(), before);
});

test('a patch is refused, too', async () => {
  installHook();
  const file = fileIn('patch');
  const lines = ['*** Begin Patch', `*** Update File: ${file.path}`, '@@', '-    image: redis:7-alpine'];
  const input = {
    input: [...lines, '+    image: redis:8', '*** End Patch'].join('\n'),
    explanation: 'Newer',
  };
  const { answers } = await copilot.run({ family: 'gpt-5', steps: [{ tool: 'apply_patch', input }] });
  assert.match(answers[0] ?? '', held);
  assert.equal(file.disk(), before);
});

test('a command that would write the file is refused, and the person is not asked to allow it', async () => {
  installHook();
  const file = fileIn('shell');
  const input = {
    command: `sed -i /l9-redis/d ${file.path}`,
    explanation: 'Remove redis',
    goal: 'Remove redis',
    mode: 'sync',
    timeout: 10_000,
  };
  const { answers, approvals } = await copilot.run({ steps: [{ tool: 'run_in_terminal', input }] });
  assert.match(answers[0] ?? '', held);
  assert.equal(approvals, 0);
  assert.equal(file.disk(), before);
});

test('an edit that changes no meaning is made, and nobody is asked', async () => {
  installHook();
  const file = fileIn('innocent');
  const steps = [replace(file, '# L9 stack.', '# The stack of L9.')];
  const { answers, approvals } = await copilot.run({ prompt: 'Reword the comment', steps });
  assert.doesNotMatch(answers[0] ?? '', /Infrahold/);
  assert.equal(approvals, 0);
  assert.equal(file.disk(), before.replace('# L9 stack.', '# The stack of L9.'));
});

test('what the person ordered in the chat is made, and nothing beyond it', async () => {
  installHook();
  const file = fileIn('asked');
  const prompt = 'Remove the l9-postgres service from asked/docker-compose.yml, nothing else';
  const steps = [replace(file, before, askedFor), replace(file, '    ports: ["6379:6379"]\n', '')];
  const { answers, approvals } = await copilot.run({ prompt, steps });
  assert.doesNotMatch(answers[0] ?? '', /Infrahold/);
  assert.match(answers[1] ?? '', held);
  assert.equal(approvals, 0);
  assert.equal(file.disk(), askedFor);
});
