import type { HostId } from './host.ts';

/** How a host announces an edit to a hook, and what it takes for a no: what a probe has to do as the host does. */
export interface Dialect {
  /** The event before an edit, as it is called in the settings. */
  readonly before: string;
  /** The tool that a probe says is about to run; a matcher has to let it through. */
  readonly tool: string;
  payload(probe: Probe): unknown;
  env(folder: string): Readonly<Record<string, string>>;
  /** Variables that the host keeps from its hooks. */
  readonly withheld?: RegExp;
  /** The property with the timeout, how many milliseconds its unit has, and what counts where it is absent. */
  readonly timeout: { readonly name: string; readonly unit: number; readonly usual: number };
  refuses(answer: Answer): boolean;
  /** What becomes of an edit when the hook fails. */
  readonly onFailure: Failure;
}

export interface Probe {
  readonly folder: string;
  readonly file: string;
  /** What is in the file, and what the edit would leave there. */
  readonly current: string;
  readonly text: string;
}

/** What the hook wrote and how it ended; no number where it did not start or was stopped. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | undefined;
}

export type Failure =
  | { readonly kind: 'closed' | 'open'; readonly but?: string }
  /** As the entry says; the switch is set by `install`. */
  | { readonly kind: 'switch'; readonly name: string; readonly value: string | boolean };

const seconds = (usual: number, name = 'timeout') => ({ name, unit: 1000, usual: usual * 1000 });

const claudeLike = (folder: string) => ({
  session_id: 'infrahold-doctor',
  transcript_path: `${folder}/none.jsonl`,
  cwd: folder,
  permission_mode: 'default',
  hook_event_name: 'PreToolUse',
  tool_use_id: 'infrahold-doctor',
});

const none = () => ({});

/** The plugins of opencode and Cline are no hooks of this kind. */
export const dialects: Readonly<Record<Exclude<HostId, 'opencode' | 'cline'>, Dialect>> = {
  'claude-code': {
    before: 'PreToolUse',
    tool: 'Write',
    payload: ({ folder, file, text }) => ({
      ...claudeLike(folder),
      tool_name: 'Write',
      tool_input: { file_path: file, content: text },
    }),
    env: (folder) => ({ CLAUDECODE: '1', CLAUDE_PROJECT_DIR: folder }),
    timeout: seconds(600),
    refuses: permissionDenied,
    onFailure: { kind: 'switch', name: 'onFailure', value: 'block' },
  },
  cursor: {
    before: 'preToolUse',
    tool: 'Write',
    payload: ({ folder, file, text }) => ({
      conversation_id: 'infrahold-doctor',
      generation_id: 'infrahold-doctor',
      hook_event_name: 'preToolUse',
      cursor_version: '0',
      workspace_roots: [folder],
      cwd: folder,
      tool_name: 'Write',
      tool_input: { path: file, contents: text },
      tool_use_id: 'infrahold-doctor',
    }),
    env: (folder) => ({ CURSOR_VERSION: '0', CURSOR_PROJECT_DIR: folder, CLAUDE_PROJECT_DIR: folder }),
    timeout: seconds(60),
    refuses: (answer) => objectIn(answer).permission === 'deny' || answer.exit === 2,
    onFailure: { kind: 'switch', name: 'failClosed', value: true },
  },
  vscode: {
    before: 'PreToolUse',
    tool: 'create_file',
    payload: ({ folder, file, text }) => ({
      timestamp: '2026-01-01T00:00:00.000Z',
      hook_event_name: 'PreToolUse',
      session_id: 'infrahold-doctor',
      transcript_path: `${folder}/none.jsonl`,
      cwd: folder,
      tool_use_id: 'infrahold-doctor',
      tool_name: 'create_file',
      tool_input: { filePath: file, content: text },
    }),
    env: none,
    withheld: /^(?:VSCODE|GITHUB|COPILOT)_/,
    timeout: seconds(30, 'timeoutSec'),
    refuses: permissionDenied,
    onFailure: { kind: 'open' },
  },
  'copilot-cli': {
    before: 'PreToolUse',
    tool: 'Write',
    payload: ({ folder, file, text }) => ({
      hook_event_name: 'PreToolUse',
      session_id: 'infrahold-doctor',
      timestamp: '2026-01-01T00:00:00.000Z',
      cwd: folder,
      tool_name: 'Write',
      tool_input: { path: file, file_text: text },
    }),
    env: (folder) => ({ COPILOT_CLI: '1', COPILOT_PROJECT_DIR: folder, CLAUDE_PROJECT_DIR: folder }),
    withheld: /^COPILOT_(?:PROVIDER_|OFFLINE)/,
    timeout: seconds(30, 'timeoutSec'),
    refuses: permissionDenied,
    onFailure: { kind: 'closed', but: 'open on a timeout' },
  },
  gemini: {
    before: 'BeforeTool',
    tool: 'write_file',
    payload: ({ folder, file, text }) => ({
      session_id: 'infrahold-doctor',
      transcript_path: '',
      cwd: folder,
      hook_event_name: 'BeforeTool',
      timestamp: '2026-01-01T00:00:00.000Z',
      tool_name: 'write_file',
      tool_input: { file_path: file, content: text },
    }),
    env: (folder) => ({ GEMINI_PROJECT_DIR: folder, GEMINI_CWD: folder, CLAUDE_PROJECT_DIR: folder }),
    timeout: { name: 'timeout', unit: 1, usual: 60_000 },
    refuses: (answer) => ['deny', 'block'].includes(String(objectIn(answer).decision)) || answer.exit === 2,
    onFailure: { kind: 'open' },
  },
  codex: {
    before: 'PreToolUse',
    tool: 'apply_patch',
    payload: ({ folder, file, text }) => ({
      ...claudeLike(folder),
      turn_id: 'infrahold-doctor',
      transcript_path: null,
      model: 'infrahold-doctor',
      tool_name: 'apply_patch',
      tool_input: { command: addFilePatch(file, text) },
    }),
    env: none,
    timeout: seconds(600),
    // It takes nothing else with exit code 0, and 2 only with a reason.
    refuses: (answer) =>
      answer.exit === 2 ? answer.stderr.trim() !== '' : answer.exit === 0 && permissionDenied(answer),
    onFailure: { kind: 'open' },
  },
  windsurf: {
    before: 'pre_write_code',
    tool: 'write_code',
    payload: ({ file, current, text }) => ({
      agent_action_name: 'pre_write_code',
      trajectory_id: 'infrahold-doctor',
      execution_id: 'infrahold-doctor',
      timestamp: '2026-01-01T00:00:00.000Z',
      tool_info: { file_path: file, edits: [{ old_string: current, new_string: text }] },
    }),
    env: none,
    timeout: seconds(60),
    refuses: ({ exit }) => exit === 2,
    onFailure: { kind: 'open' },
  },
  kiro: {
    before: 'PreToolUse',
    tool: 'fs_write',
    payload: ({ folder, file, text }) => ({
      hook_event_name: 'preToolUse',
      cwd: folder,
      session_id: 'infrahold-doctor',
      tool_name: 'fs_write',
      tool_input: { command: 'create', path: file, file_text: text },
    }),
    env: none,
    timeout: seconds(60),
    refuses: ({ exit }) => exit === 2,
    onFailure: { kind: 'closed', but: 'by its documentation only' },
  },
  qwen: {
    before: 'PreToolUse',
    tool: 'write_file',
    payload: ({ folder, file, text }) => ({
      ...claudeLike(folder),
      timestamp: '2026-01-01T00:00:00.000Z',
      tool_name: 'write_file',
      tool_input: { file_path: file, content: text },
    }),
    env: (folder) => ({
      QWEN_PROJECT_DIR: folder,
      GEMINI_PROJECT_DIR: folder,
      CLAUDE_PROJECT_DIR: folder,
    }),
    timeout: seconds(60),
    refuses: permissionDenied,
    onFailure: { kind: 'open' },
  },
};

/** The answer of Claude Code's own form, which most have taken over. */
function permissionDenied(answer: Answer): boolean {
  if (answer.exit === 2) return true;
  const inner = objectIn(answer).hookSpecificOutput;
  return typeof inner === 'object' && inner !== null && Reflect.get(inner, 'permissionDecision') === 'deny';
}

function objectIn({ stdout }: Answer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stdout);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function addFilePatch(file: string, text: string): string {
  const lines = text.trimEnd().split('\n');
  return [
    '*** Begin Patch',
    `*** Add File: ${file}`,
    ...lines.map((line) => `+${line}`),
    '*** End Patch',
    '',
  ].join('\n');
}

/** Whether a matcher lets a tool through. Hosts read it as a list of names where it is one, else as an expression. */
export function letsThrough(matcher: unknown, tool: string): boolean {
  if (matcher === undefined || matcher === '' || matcher === '*') return true;
  if (typeof matcher !== 'string') return false;
  if (/^[\w\s,|-]+$/.test(matcher)) return matcher.split(/[|,]/).some((name) => name.trim() === tool);
  try {
    return new RegExp(matcher).test(tool);
  } catch {
    return false;
  }
}
