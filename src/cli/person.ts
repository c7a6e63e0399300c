import { closeSync, openSync } from 'node:fs';
import type { World } from './world.ts';

/**
 * The agent that started this process, by the variable that it sets for what it starts; `undefined` where none did, or
 * none that says so. Variables that people set themselves (`CODEX_HOME`, keys, tokens) are not among them.
 */
export function agentBehind(env: World['env']): string | undefined {
  const found = agents.find(([, names]) => names.some((name) => env[name] !== undefined && env[name] !== ''));
  return found?.[0];
}

const agents: readonly (readonly [agent: string, variables: readonly string[]])[] = [
  ['Claude Code', ['CLAUDECODE']],
  ['Cursor', ['CURSOR_AGENT']],
  ['Gemini CLI', ['GEMINI_CLI']],
  ['Codex', ['CODEX_SANDBOX', 'CODEX_SANDBOX_NETWORK_DISABLED', 'CODEX_THREAD_ID', 'CODEX_CI']],
  ['Copilot', ['COPILOT_CLI', 'COPILOT_AGENT_SESSION_ID', 'COPILOT_RUN_APP']],
  ['opencode', ['OPENCODE', 'OPENCODE_PID']],
  ['Qwen Code', ['QWEN_CODE']],
  ['Cline', ['CLINE_ACTIVE']],
];

/** A terminal, and no agent that has said it is behind it. An agent that opens a terminal and hides its name is one too. */
export function isPerson({ env, stdout }: World): boolean {
  return agentBehind(env) === undefined && stdout.isTTY === true && hasTerminal();
}

function hasTerminal(): boolean {
  if (process.platform === 'win32') return process.stdin.isTTY === true;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
