import { join } from 'node:path';
import type { Recipe } from '../recipe.ts';

export const copilotCli: Recipe = {
  name: 'copilot-cli',
  env: ({ home }, port) => ({
    COPILOT_OFFLINE: 'true',
    COPILOT_PROVIDER_BASE_URL: `http://127.0.0.1:${port}/v1`,
    COPILOT_PROVIDER_TYPE: 'openai',
    COPILOT_PROVIDER_API_KEY: 'none',
    COPILOT_PROVIDER_WIRE_API: 'completions',
    COPILOT_MODEL: 'gpt-4.1',
    COPILOT_HOME: join(home, '.copilot'),
    COPILOT_AUTO_UPDATE: 'false',
    GITHUB_COPILOT_PROMPT_MODE_REPO_HOOKS: 'true',
  }),
  args: (_, prompt) => ['-p', prompt, '--allow-all-tools'],
  tools: {
    read: (path) => ({ tool: 'view', input: { path } }),
    edit: (path, old, fresh) => ({ tool: 'edit', input: { path, old_str: old, new_str: fresh } }),
    write: (path, text) => ({ tool: 'create', input: { path, file_text: text } }),
    shell: (command) => ({ tool: 'bash', input: { command, description: 'Change the file' } }),
  },
};
