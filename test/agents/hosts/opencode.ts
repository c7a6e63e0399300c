import { join } from 'node:path';
import type { Recipe } from '../recipe.ts';

/** Without a registry that answers at once it would wait a minute for npm before it loads a plugin. */
export const opencode: Recipe = {
  name: 'opencode',
  env: ({ home }, port) => ({
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_SHARE: '1',
    NPM_CONFIG_REGISTRY: `http://127.0.0.1:${port}/npm/`,
    NPM_CONFIG_FETCH_RETRIES: '0',
    npm_config_registry: `http://127.0.0.1:${port}/npm/`,
    npm_config_fetch_retries: '0',
    OPENCODE_CONFIG_CONTENT: JSON.stringify(settings(port)),
  }),
  args: (_, prompt) => ['run', '--format', 'json', prompt],
  tools: {
    read: (path) => ({ tool: 'read', input: { filePath: path } }),
    edit: (path, old, fresh) => ({
      tool: 'edit',
      input: { filePath: path, oldString: old, newString: fresh },
    }),
    write: (path, text) => ({ tool: 'write', input: { filePath: path, content: text } }),
    shell: (command) => ({ tool: 'bash', input: { command, description: 'Change the file' } }),
  },
};

function settings(port: number) {
  const model = { tool_call: true, limit: { context: 100_000, output: 4096 } };
  const provider = {
    npm: '@ai-sdk/openai-compatible',
    name: 'scripted',
    options: { baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'none' },
    models: { m: model },
  };
  return { model: 'scripted/m', small_model: 'scripted/m', provider: { scripted: provider } };
}
