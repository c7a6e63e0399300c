import { join } from 'node:path';
import type { Recipe } from '../recipe.ts';

/** As root it takes `bypassPermissions` only inside what it believes to be a sandbox. */
export const claudeCode: Recipe = {
  name: 'claude-code',
  env: ({ home }, port) => ({
    IS_SANDBOX: '1',
    // Tools of MCP servers are offered at once, not only when the model has searched for them.
    ENABLE_TOOL_SEARCH: 'false',
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CONFIG_DIR: join(home, '.claude'),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
  }),
  args: (_, prompt) => [
    ...['-p', prompt, '--permission-mode', 'bypassPermissions', '--model', 'claude-test'],
    ...['--output-format', 'stream-json', '--verbose', '--max-turns', '12'],
  ],
  tools: {
    read: (path) => ({ tool: 'Read', input: { file_path: path } }),
    edit: (path, old, fresh) => ({
      tool: 'Edit',
      input: { file_path: path, old_string: old, new_string: fresh },
    }),
    write: (path, text) => ({ tool: 'Write', input: { file_path: path, content: text } }),
    shell: (command) => ({ tool: 'Bash', input: { command, description: 'Change the file' } }),
  },
  mcp: {
    args: ({ cli, folder }) => {
      const infrahold = { command: process.execPath, args: [cli, 'mcp', folder] };
      return ['--strict-mcp-config', '--mcp-config', JSON.stringify({ mcpServers: { infrahold } })];
    },
    call: (tool, input) => ({ tool: `mcp__infrahold__${tool}`, input }),
  },
};
