import type { Recipe } from '../recipe.ts';

export const gemini: Recipe = {
  name: 'gemini',
  prepare: ({ putInHome }) => {
    const settings = {
      security: { auth: { selectedType: 'gemini-api-key' } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: { enableAutoUpdate: false },
    };
    putInHome('.gemini/settings.json', JSON.stringify(settings));
  },
  env: (_, port) => ({
    GEMINI_API_KEY: 'none',
    GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${port}`,
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    GEMINI_MODEL: 'gemini-2.5-flash',
    GEMINI_CLI_NO_RELAUNCH: 'true',
  }),
  args: (_, prompt) => ['-p', prompt, '--approval-mode', 'yolo', '--output-format', 'json'],
  tools: {
    read: (path) => ({ tool: 'read_file', input: { file_path: path } }),
    edit: (path, old, fresh) => ({
      tool: 'replace',
      input: { file_path: path, instruction: 'Change it', old_string: old, new_string: fresh },
    }),
    write: (path, text) => ({ tool: 'write_file', input: { file_path: path, content: text } }),
    shell: (command) => ({
      tool: 'run_shell_command',
      input: { command, description: 'Change the file', is_background: false },
    }),
  },
};
