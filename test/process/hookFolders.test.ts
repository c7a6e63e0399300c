import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookedProject, type Payload } from './hookedProject.ts';

const web = 'services:\n  web:\n    image: web\n';

const call = (cwd: string, tool_name: string, tool_input: Payload): Payload => ({
  ...{ session_id: 's1', cwd, hook_event_name: 'PreToolUse' },
  ...{ tool_name, tool_input },
});

test('a tool that removes a folder is held for the protected files in it', (t) => {
  const { hook, folder } = hookedProject(t, { 'deploy/eu/compose.yml': web, 'src/app.ts': '' });
  const remove = (path: string) => hook(call(folder, 'mcp__files__delete_directory', { path }));
  assert.match(remove('deploy'), /^deny: .*deploy\/eu\/compose\.yml.*removed service web/);
  assert.match(remove('.'), /^deny: .*deploy\/eu\/compose\.yml/);
  assert.equal(remove('src'), '');
  assert.equal(remove('missing'), '');
});

test('a tool that moves a folder is held for what it takes away and for what it writes over', (t) => {
  const { hook, folder } = hookedProject(t, {
    'deploy/compose.yml': web,
    'live/fresh/compose.yml': web,
    'fresh/compose.yml': 'services:\n  other:\n    image: other\n',
    'src/app.ts': '',
  });
  const move = (source: string, destination: string, tool = 'mcp__files__move_file') =>
    hook(call(folder, tool, { source, destination }));
  assert.match(move('deploy', 'gone'), /^deny: .*deploy\/compose\.yml.*removed service web/);
  assert.match(move('fresh', 'live', 'mcp__files__copy_folder'), /^deny: .*live\/fresh\/compose\.yml/);
  assert.equal(move('src', 'lib'), '');
});

test('a folder that a policy elsewhere protects is held as well', (t) => {
  const { hook, folder } = hookedProject(t, {
    '.infrahold.yml': "protect: ['infra/**']\n",
    'infra/main.tf': 'a = 1\n',
  });
  assert.match(hook(call(folder, 'delete_folder', { path: 'infra' })), /^deny: .*infra\/main\.tf/);
});

for (const host of ['codex', 'vscode', 'kiro']) {
  test(`${host}, started in a subfolder, is held by the policy and the scope of the repository`, (t) => {
    const { hook, folder, infrahold } = hookedProject(t, {
      '.infrahold.yml': "protect: ['infra/**']\n",
      'infra/main.tf': 'a = 1\n',
      'infra/compose.yml': web,
    });
    mkdirSync(join(folder, '.git'));
    const inSubfolder = join(folder, 'infra');
    const patch = '*** Begin Patch\n*** Update File: main.tf\n@@\n-a = 1\n+a = 2\n*** End Patch';
    const payloads: Readonly<Record<string, Payload>> = {
      codex: call(inSubfolder, 'apply_patch', { command: patch }),
      vscode: call(inSubfolder, 'create_file', {
        filePath: join(folder, 'infra', 'main.tf'),
        content: 'a = 2\n',
      }),
      kiro: {
        ...{ cwd: inSubfolder, hook_event_name: 'PreToolUse', session_id: 's1', tool_name: 'fs_write' },
        tool_input: { command: 'create', path: 'main.tf', file_text: 'a = 2\n' },
      },
    };
    const said = hook(payloads[host] ?? {}, host);
    assert.match(said, /infra\/main\.tf/);
    assert.match(infrahold('restore'), /infra\/main\.tf/);
  });
}
