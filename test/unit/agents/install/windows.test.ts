import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HostId, hostIds, type Target, userFolders } from '../../../../src/agents/install/host.ts';
import { installableHost } from '../../../../src/agents/install/hosts.ts';

const target: Target = {
  level: 'project',
  root: 'C:/work',
  user: userFolders('C:/Users/me', {}),
  launch: {
    program: 'C:\\Program Files\\nodejs\\node.exe',
    args: ['C:\\Users\\me\\infrahold\\dist\\cli.js'],
    windows: true,
  },
  rules: undefined,
  text: () => undefined,
};

/** The first entry of a host, as its file would hold it. */
function entryOf(id: HostId): string {
  const [file] = installableHost(id).files(target);
  return JSON.stringify(file?.kind === 'entries' ? file.entries.elements[0]?.value : file);
}

test('on Windows every entry quotes the program as each shell there reads it', () => {
  const line = 'C:/Program Files/nodejs/node.exe\\" C:/Users/me/infrahold/dist/cli.js hook ';
  for (const id of hostIds.filter((one) => one !== 'opencode' && one !== 'cline')) {
    assert.ok(entryOf(id).includes(line), entryOf(id));
  }
});

test('PowerShell gets its own line where a host uses it, and no other shell does', () => {
  const copilot = JSON.parse(entryOf('copilot-cli'));
  assert.match(copilot.powershell, /^& "C:\/Program Files/);
  assert.match(copilot.windows, /^"C:\/Program Files/);
  assert.match(copilot.command, /^"C:\/Program Files/);
  assert.match(JSON.parse(entryOf('windsurf')).powershell, /^& "C:\/Program Files/);
  for (const id of ['gemini', 'qwen'] as const) {
    assert.match(JSON.parse(entryOf(id)).hooks[0].command, /^& "C:\/Program Files/, id);
  }
  assert.equal(JSON.parse(entryOf('qwen')).hooks[0].shell, 'powershell');
});
