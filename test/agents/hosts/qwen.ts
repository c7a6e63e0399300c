import type { Recipe } from '../recipe.ts';

export const qwen: Recipe = {
  name: 'qwen',
  prepare: ({ putInHome }) => {
    const settings = {
      security: { auth: { selectedType: 'openai' } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: { enableAutoUpdate: false },
    };
    putInHome('.qwen/settings.json', JSON.stringify(settings));
  },
  env: (_, port) => ({
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    OPENAI_MODEL: 'm',
  }),
  args: (_, prompt) => ['-p', prompt, '--approval-mode', 'yolo', '--output-format', 'json'],
  tools: {
    read: (path) => ({ tool: 'read_file', input: { file_path: path } }),
    edit: (path, old, fresh) => ({
      tool: 'edit',
      input: { file_path: path, old_string: old, new_string: fresh },
    }),
    write: (path, text) => ({ tool: 'write_file', input: { file_path: path, content: text } }),
    shell: (command) => ({
      tool: 'run_shell_command',
      input: { command, description: 'Change the file', is_background: false },
    }),
  },
};
