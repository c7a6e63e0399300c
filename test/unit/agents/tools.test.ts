import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainPath } from '../../../src/agents/paths.ts';
import { readBlocks } from '../../../src/agents/searchReplace.ts';
import { readTool } from '../../../src/agents/tools.ts';

/** In short: what becomes of which file, or which command would run. */
function reads(tool: string, input: unknown): string {
  const reading = readTool(tool, input);
  switch (reading.kind) {
    case 'nothing':
      return 'nothing';
    case 'edits':
      return reading.proposals.map(({ path, change }) => `${change.how} ${path}`).join(', ');
    case 'command':
      return `run ${reading.ran.commands.join(' ; ')}`;
    case 'unreadable':
      return `unreadable ${reading.meant}`;
  }
}

const path = 'compose.yml';

test('tools are told by their name, whoever serves them', () => {
  const rows: readonly (readonly [string, unknown, string])[] = [
    ['mcp__filesystem__write_file', { path, content: '' }, 'write compose.yml'],
    ['mcp_filesystem_write_file', { path, content: '' }, 'write compose.yml'],
    ['MCP:write_file', { path, content: '' }, 'write compose.yml'],
    ['filesystem-write_file', { path, content: '' }, 'write compose.yml'],
    ['mcp__fs__edit_file', { path, edits: [{ oldText: 'a', newText: 'b' }] }, 'replace compose.yml'],
    ['mcp__fs__edit_file', { path, edits: [{ oldText: 'a', newText: 'b' }], dryRun: true }, 'nothing'],
    ['mcp__fs__copy_file', { source: 'a', destination: path }, 'patch compose.yml'],
    ['mcp__fs__create_directory', { path }, 'nothing'],
    ['mcp__fs__read_file', { path }, 'nothing'],
    ['mcp__tickets__create', { title: 'compose.yml is wrong' }, 'nothing'],
    ['mcp__tickets__update', { id: 3 }, 'nothing'],
    ['mcp__code__rename_symbol', { relative_path: path, name: 'a' }, 'unknown compose.yml'],
    ['mcp__fs__write_file', 'compose.yml', 'unreadable edit'],
    ['mcp__fs__write_file', { target: [path] }, 'unknown compose.yml'],
    ['mcp__sh__start_process', { command: 'rm compose.yml' }, 'run rm compose.yml'],
    ['mcp__store__put', { file: path }, 'unknown compose.yml'],
    ['getSettings', { path }, 'nothing'],
    ['applyCodeChange', { path }, 'unknown compose.yml'],
    ['Delete', { paths: ['a.yml', path] }, 'remove a.yml, remove compose.yml'],
    ['write_file', { path: '', content: '' }, 'unreadable edit'],
    ['write_file', { path: 'compose.yml\0.md', content: '' }, 'unreadable edit'],
    ['Write', { file_path: path, path: 'notes.md', content: '' }, 'unknown compose.yml, unknown notes.md'],
    ['Edit', { file_path: path, old_string: 'a', new_string: 'b', content: 'c' }, 'unknown compose.yml'],
    ['Edit', { file_path: path, old_string: 'a', oldString: 'x', new_string: 'b' }, 'unknown compose.yml'],
    ['Edit', { file_path: path, old_string: 'a', oldString: 'a', new_string: 'b' }, 'replace compose.yml'],
    ['Edit', { file_path: path, new_string: 'b' }, 'unknown compose.yml'],
    ['MultiEdit', { file_path: path, edits: [] }, 'unknown compose.yml'],
    ['NotebookEdit', { notebook_path: 'a.ipynb', new_source: '' }, 'unknown a.ipynb'],
    ['apply_patch', 'no patch at all', 'unreadable edit'],
    [
      'apply_patch',
      { path, input: '*** Begin Patch\n*** Delete File: a\n*** End Patch' },
      'remove a, unknown compose.yml',
    ],
    ['TodoWrite', { todos: [{ content: 'compose.yml' }] }, 'nothing'],
    ['Bash', {}, 'unreadable command'],
    ['Bash', { command: 7 }, 'unreadable command'],
    ['run_commands', { commands: ['a', { command: 'b', args: ['c d'] }] }, "run a ; b 'c d'"],
    ['run_commands', { commands: ['a', 7] }, 'unreadable command'],
    [
      'create_and_run_task',
      { task: { command: 'docker', args: ['compose', 'down'] } },
      'run docker compose down',
    ],
    ['write_bash', { shellId: '1', input: 'rm compose.yml\n' }, 'run rm compose.yml\n'],
    ['constructor', { path }, 'nothing'],
    ['__proto__', { path }, 'nothing'],
    [`${'a_'.repeat(200_000)}write_file`, { path, content: '' }, 'write compose.yml'],
  ];
  for (const [tool, input, expected] of rows)
    assert.equal(reads(tool, input), expected, `${tool.slice(0, 60)} ${JSON.stringify(input)}`);
});

test('paths of editors are paths of the file system', () => {
  const rows = [
    ['file:///w/my%20app/compose.yml', '/w/my app/compose.yml'],
    ['file://localhost/w/compose.yml', '/w/compose.yml'],
    ['file:///c%3A/w/compose.yml', 'c:/w/compose.yml'],
    ['/C:/w/compose.yml', 'C:/w/compose.yml'],
    ['C:\\w\\compose.yml', 'C:\\w\\compose.yml'],
    ['vscode-remote://ssh-remote+host/w/compose.yml', '/w/compose.yml'],
    ['file:///w/100%/compose.yml', '/w/100%/compose.yml'],
    ['../w/./compose.yml', '../w/./compose.yml'],
  ] as const;
  for (const [given, plain] of rows) assert.equal(plainPath(given), plain);
});

test('blocks of search and replace are read whole or not at all', () => {
  const block = (old: string, fresh: string) => `------- SEARCH\n${old}=======\n${fresh}+++++++ REPLACE\n`;
  const step = (old: string, fresh: string) => ({ old, fresh, everywhere: false });
  assert.deepEqual(readBlocks(block('a\n', 'b\n')), [step('a\n', 'b\n')]);
  assert.deepEqual(readBlocks(`${block('a\n', '')}\n${block('', 'b\n')}`), [
    step('a\n', ''),
    step('', 'b\n'),
  ]);
  assert.deepEqual(readBlocks('<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE'), [step('a\n', 'b\n')]);
  assert.deepEqual(readBlocks(block('a\n', 'b\n').replaceAll('\n', '\r\n')), [step('a\n', 'b\n')]);
  for (const broken of ['', 'text', block('a\n', 'b\n').slice(0, -10), `text\n${block('a\n', 'b\n')}`])
    assert.equal(readBlocks(broken), undefined, broken);
});
