import { type Fields, isFields, textIn } from './fields.ts';

/** The id of the host that wrote a payload, where that can be told from it or from the variables around it. */
export function hostIn(
  payload: unknown,
  env: Readonly<Record<string, string | undefined>>,
  typed: string,
): string | undefined {
  // No field of Kiro's is surely its own, and taken for another it would not see a no.
  if (typed === 'kiro') return undefined;
  const isShared = sharedFiles.includes(typed);
  const told = isFields(payload)
    ? (markedHost(payload) ?? (isShared ? likeClaude(payload) : undefined))
    : undefined;
  if (told !== undefined) return told;
  // Variables are inherited: an agent started in the shell of another has those of both. So they count only for
  // hooks that several hosts are known to run, and after everything that the payload itself says.
  return isShared ? variables.find(([name]) => env[name] !== undefined)?.[1] : undefined;
}

/** Whose configuration is run by others too. */
const sharedFiles = ['claude-code', 'vscode', 'copilot-cli'];

/** Qwen sets those of Gemini and Claude Code as well, Copilot and Gemini those of Claude Code. */
const variables: readonly (readonly [name: string, host: string])[] = [
  ['QWEN_PROJECT_DIR', 'qwen'],
  ['COPILOT_CLI', 'copilot-cli'],
  ['GEMINI_PROJECT_DIR', 'gemini'],
  ['CURSOR_VERSION', 'cursor'],
  ['CLAUDECODE', 'claude-code'],
];

/** By what one host alone sends. */
function markedHost(payload: Fields): string | undefined {
  if ('cursor_version' in payload || 'conversation_id' in payload) return 'cursor';
  if ('agent_action_name' in payload) return 'windsurf';
  if ('hookName' in payload) return 'cline';
  const event = textIn(payload, 'hook_event_name', 'hookEventName');
  if (event === undefined) return isCopilot(payload) ? 'copilot-cli' : undefined;
  if (event.startsWith('tool.execute.') || event.startsWith('chat.')) return 'opencode';
  if (ofCline.includes(event) || ('call' in payload && 'run' in payload)) return 'cline';
  if (ofGemini.includes(event)) return 'gemini';
  return /^[A-Z]/.test(event) && 'turn_id' in payload ? 'codex' : undefined;
}

const ofCline: readonly string[] = ['beforeTool', 'afterTool', 'beforeRun'];
const ofGemini: readonly string[] = ['BeforeTool', 'AfterTool', 'BeforeAgent'];

function isCopilot(payload: Fields): boolean {
  return 'toolArgs' in payload || ('sessionId' in payload && typeof payload.timestamp === 'number');
}

/** Those that have taken over the form of Claude Code differ in what they add and leave out. */
function likeClaude(payload: Fields): string | undefined {
  const event = textIn(payload, 'hook_event_name', 'hookEventName');
  if (event === undefined || !/^[A-Z]/.test(event)) return undefined;
  if ('timestamp' in payload) {
    if ('permission_mode' in payload) return 'qwen';
    if (!('transcript_path' in payload) && !('tool_use_id' in payload) && 'session_id' in payload)
      return 'copilot-cli';
    return event === 'SessionStart' ? undefined : 'vscode';
  }
  if (event === 'SessionStart')
    return 'permission_mode' in payload && 'model' in payload ? 'codex' : undefined;
  return 'permission_mode' in payload && 'transcript_path' in payload ? 'claude-code' : undefined;
}
