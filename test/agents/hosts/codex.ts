import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { structuredPatch } from 'diff';
import type { Recipe } from '../recipe.ts';

/**
 * A hook that a person has not reviewed is passed over without a word, so the runs say that it was. The sandbox is off:
 * it needs namespaces of its own, and it would only stand before the hook.
 */
export const codex: Recipe = {
  name: 'codex',
  prepare: ({ folder, putInHome }, port) => putInHome('.codex/config.toml', settings(folder, port)),
  env: ({ home }) => ({ SCRIPTED_KEY: 'none', CODEX_HOME: join(home, '.codex') }),
  args: ({ folder }, prompt) => [
    ...['exec', '--skip-git-repo-check', '--dangerously-bypass-hook-trust', '-s', 'danger-full-access'],
    ...['-C', folder, '--json', prompt],
  ],
  tools: {
    read: (path) => ({ tool: 'exec_command', input: { cmd: `cat ${path}` } }),
    edit: (path, old, fresh) => ({ tool: 'apply_patch', input: patched(path, old, fresh) }),
    write: (path, text) => ({ tool: 'apply_patch', input: patch(`*** Add File: ${path}`, added(text)) }),
    shell: (command) => ({ tool: 'exec_command', input: { cmd: command } }),
  },
};

function settings(folder: string, port: number): string {
  return `model = "gpt-5.5"
model_provider = "scripted"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.scripted]
name = "scripted"
base_url = "http://127.0.0.1:${port}/v1"
wire_api = "responses"
env_key = "SCRIPTED_KEY"
requires_openai_auth = false
supports_websockets = false
[projects."${folder}"]
trust_level = "trusted"
`;
}

function added(text: string): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `+${line}`);
}

/** The edit as a patch of the file as it is now, for an agent has read it before. */
function patched(path: string, old: string, fresh: string): string {
  const text = readFileSync(path, 'utf8');
  const { hunks } = structuredPatch(
    '',
    '',
    text,
    text.replace(old, () => fresh),
  );
  return patch(
    `*** Update File: ${path}`,
    hunks.flatMap(({ lines }) => ['@@', ...lines.filter((line) => !line.startsWith('\\'))]),
  );
}

function patch(head: string, lines: readonly string[]): string {
  return ['*** Begin Patch', head, ...lines, '*** End Patch', ''].join('\n');
}
