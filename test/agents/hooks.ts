import type { Place } from './place.ts';

/**
 * Puts the hook entries of one agent into the folder, as `infrahold install` does. What is started is the built command
 * line, by its full name: the agents know nothing of a PATH.
 */
export function installHooks({ put, cli }: Place, host: string): void {
  const command = `"${process.execPath}" "${cli}" hook ${host}`;
  const [path, text] = entries(host, command, cli);
  put(path, text);
}

function entries(host: string, command: string, cli: string): readonly [string, string] {
  const one = { type: 'command', command, timeout: 15 };
  switch (host) {
    case 'claude-code': {
      const strict = { ...one, onFailure: 'block' };
      return ['.claude/settings.json', claudeStyle('Edit|MultiEdit|Write|NotebookEdit|Bash', strict, one)];
    }
    case 'codex':
      return ['.codex/hooks.json', claudeStyle('^(apply_patch|Edit|Write|Bash)$', one, one)];
    case 'qwen':
      return ['.qwen/settings.json', claudeStyle('edit|write_file|run_shell_command', one, one)];
    case 'gemini': {
      const hook = { name: 'infrahold', type: 'command', command, timeout: 15_000 };
      const tools = { matcher: 'write_file|replace|run_shell_command', hooks: [hook] };
      const hooks = { BeforeTool: [tools], AfterTool: [tools], BeforeAgent: [{ hooks: [hook] }] };
      return ['.gemini/settings.json', JSON.stringify({ hooks })];
    }
    case 'copilot-cli': {
      const hooks = { PreToolUse: [one], PostToolUse: [one], UserPromptSubmit: [one] };
      return ['.github/hooks/infrahold.json', JSON.stringify({ version: 1, hooks })];
    }
    case 'opencode':
      return ['.opencode/plugins/infrahold.js', plugin(cli)];
    default:
      throw new Error(`no hook entries are known for ${host}`);
  }
}

function claudeStyle(matcher: string, before: object, other: object): string {
  const hooks = {
    PreToolUse: [{ matcher, hooks: [before] }],
    PostToolUse: [{ matcher, hooks: [other] }],
    UserPromptSubmit: [{ hooks: [other] }],
  };
  return JSON.stringify({ hooks });
}

/** opencode has no hooks but plugins: this one asks the command line, and throws what it answers. */
function plugin(cli: string): string {
  return `import { spawnSync } from 'node:child_process';
const ask = (payload) => {
  const args = [${JSON.stringify(cli)}, 'hook', 'opencode'];
  const options = { input: JSON.stringify(payload), cwd: payload.cwd, encoding: 'utf8', timeout: 15000 };
  const { stdout, stderr, status } = spawnSync(${JSON.stringify(process.execPath)}, args, options);
  if (status !== 0) return { decision: 'deny', reason: stderr || 'Infrahold could not answer, so this is held.' };
  return stdout === '' ? {} : JSON.parse(stdout);
};
export const Infrahold = async ({ directory, worktree }) => {
  const common = { cwd: directory, worktree };
  return {
    'chat.message': async ({ sessionID }, { parts }) => {
      ask({ ...common, hook_event_name: 'chat.message', session_id: sessionID, parts });
    },
    'tool.execute.before': async ({ tool, sessionID, callID }, { args }) => {
      const call = { session_id: sessionID, call_id: callID, tool_name: tool, tool_input: args };
      const { decision, reason } = ask({ ...common, hook_event_name: 'tool.execute.before', ...call });
      if (decision === 'deny') throw new Error(reason);
    },
    'tool.execute.after': async ({ tool, sessionID, callID, args }, output) => {
      const call = { session_id: sessionID, call_id: callID, tool_name: tool, tool_input: args };
      const { context } = ask({ ...common, hook_event_name: 'tool.execute.after', ...call });
      if (context !== undefined) output.output += '\\n' + context;
    },
  };
};
`;
}
