import {
  type Action,
  type Call,
  claudeTools,
  clineTools,
  codexTools,
  copilotTools,
  cursorTools,
  geminiTools,
  kiroTools,
  opencodeTools,
  qwenTools,
  vscodeTools,
  windsurfTools,
} from './toolsOfHosts.ts';

/** How one host writes its payloads. `undefined` where it has no tool, or sends nothing, for it. */
export interface Shape {
  readonly host: string;
  call(action: Action): Call | undefined;
  before(call: Call, folder: string): object;
  after(call: Call, folder: string): object | undefined;
  prompt(text: string, folder: string): object;
  promptOfSubagent(text: string, folder: string): object | undefined;
  start(folder: string): object | undefined;
  /** Names of events, as the host spells them: before and after a tool, with a prompt, at a start. */
  readonly events: readonly [before: string, after: string, prompt: string, start: string];
}

const at = '2026-11-23T10:00:00.000Z';

/** The form that Claude Code has made, with what each of those that took it over adds. */
function alike(
  host: string,
  events: Shape['events'],
  call: Shape['call'],
  { common = {}, tool = {}, subagent }: { common?: object; tool?: object; subagent?: object },
): Shape {
  const [before, after, prompt, start] = events;
  const form = (event: string, cwd: string, rest: object) => ({
    session_id: 's-1',
    cwd,
    hook_event_name: event,
    ...common,
    ...rest,
  });
  const calling = (call: Call) => ({ tool_name: call.tool, tool_input: call.input, ...tool });
  return {
    host,
    events,
    call,
    before: (call, folder) => form(before, folder, calling(call)),
    after: (call, folder) => form(after, folder, { ...calling(call), tool_response: 'ok' }),
    prompt: (text, folder) => form(prompt, folder, { prompt: text }),
    promptOfSubagent: (text, folder) =>
      subagent === undefined ? undefined : form(prompt, folder, { prompt: text, ...subagent }),
    start: (folder) => form(start, folder, { source: 'startup' }),
  };
}

const pascal: Shape['events'] = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'SessionStart'];
const camel: Shape['events'] = ['preToolUse', 'postToolUse', 'userPromptSubmit', 'sessionStart'];
const transcript = { transcript_path: '/home/user/t.jsonl' };

const claudeCode = alike('claude-code', pascal, claudeTools, {
  common: { ...transcript, permission_mode: 'default' },
  tool: { tool_use_id: 'call-1' },
  subagent: { agent_id: 'a-7' },
});

const vscode = alike('vscode', pascal, vscodeTools, {
  common: { ...transcript, timestamp: at },
  tool: { tool_use_id: 'call-1' },
});

const cursorForm = alike(
  'cursor',
  ['preToolUse', 'postToolUse', 'beforeSubmitPrompt', 'sessionStart'],
  cursorTools,
  {
    common: { conversation_id: 's-1', generation_id: 'g-1', cursor_version: '2.4.1' },
    tool: { tool_use_id: 'call-1' },
  },
);

const copilotCli: Shape = {
  host: 'copilot-cli',
  events: ['preToolUse', 'postToolUse', 'userPromptSubmitted', 'sessionStart'],
  call: copilotTools,
  before: ({ tool, input }, cwd) => ({
    sessionId: 's-1',
    timestamp: 1,
    cwd,
    toolName: tool,
    toolArgs: input,
  }),
  after: ({ tool, input }, cwd) => ({
    sessionId: 's-1',
    timestamp: 1,
    cwd,
    toolName: tool,
    toolArgs: input,
    toolResult: { resultType: 'success', textResultForLlm: '' },
  }),
  prompt: (prompt, cwd) => ({ sessionId: 's-1', timestamp: 1, cwd, prompt }),
  promptOfSubagent: () => undefined,
  start: (cwd) => ({ sessionId: 's-1', timestamp: 1, cwd, source: 'new', initialPrompt: 'x' }),
};

const gemini = alike('gemini', ['BeforeTool', 'AfterTool', 'BeforeAgent', 'SessionStart'], geminiTools, {
  common: { ...transcript, timestamp: at },
});

const codexForm = alike('codex', pascal, codexTools, {
  common: { turn_id: 't-1', transcript_path: null, model: 'm', permission_mode: 'default' },
  tool: { tool_use_id: 'call-1' },
  subagent: { agent_id: 'a-7' },
});

const windsurf: Shape = {
  host: 'windsurf',
  events: ['pre_write_code', 'post_write_code', 'pre_user_prompt', ''],
  call: windsurfTools,
  before: (call) => windsurfForm('pre', call),
  after: (call) => windsurfForm('post', call),
  prompt: (text) => ({
    agent_action_name: 'pre_user_prompt',
    trajectory_id: 's-1',
    tool_info: { user_prompt: text },
  }),
  promptOfSubagent: () => undefined,
  start: () => undefined,
};

function windsurfForm(when: string, { tool, input }: Call): object {
  const [, server, name] = /^mcp__(.+)__(.+)$/.exec(tool) ?? [];
  const info =
    name === undefined ? input : { mcp_server_name: server, mcp_tool_name: name, mcp_tool_arguments: input };
  return {
    agent_action_name: `${when}_${name === undefined ? tool : 'mcp_tool_use'}`,
    trajectory_id: 's-1',
    tool_info: info,
  };
}

const clineForm = {
  clineVersion: '4.0.0',
  taskId: 's-1',
  parent_agent_id: null,
};

const clineFile: Shape = {
  host: 'cline',
  events: ['tool_call', 'tool_result', 'prompt_submit', 'agent_start'],
  call: clineTools,
  before: ({ tool, input }, cwd) => ({
    ...clineForm,
    workspaceRoots: [cwd],
    hookName: 'tool_call',
    tool_call: { id: 'call-1', name: tool, input },
  }),
  after: ({ tool, input }, cwd) => ({
    ...clineForm,
    workspaceRoots: [cwd],
    hookName: 'tool_result',
    tool_result: { id: 'call-1', name: tool, input, output: 'ok' },
  }),
  prompt: (prompt, cwd) => ({
    ...clineForm,
    workspaceRoots: [cwd],
    hookName: 'prompt_submit',
    userPromptSubmit: { prompt },
  }),
  promptOfSubagent: (prompt, cwd) => ({
    ...clineForm,
    workspaceRoots: [cwd],
    parent_agent_id: 'a-7',
    hookName: 'prompt_submit',
    userPromptSubmit: { prompt },
  }),
  start: (cwd) => ({
    ...clineForm,
    workspaceRoots: [cwd],
    hookName: 'agent_start',
    taskStart: { taskMetadata: {} },
  }),
};

const clineEvents: Shape['events'] = ['beforeTool', 'afterTool', 'beforeRun', ''];
const clinePlugin: Shape = {
  ...alike('cline', clineEvents, clineTools, {
    common: { run: 'run-1' },
    tool: { call: 'call-1' },
    subagent: { parent_agent_id: 'a-7' },
  }),
  start: () => undefined,
};

const opencodeEvents: Shape['events'] = ['tool.execute.before', 'tool.execute.after', 'chat.message', ''];
const opencodeForm = alike('opencode', opencodeEvents, opencodeTools, { tool: { call_id: 'call-1' } });
const message = (text: string) => ({
  hook_event_name: 'chat.message',
  session_id: 's-1',
  parts: [{ type: 'text', text }],
});
const opencode: Shape = {
  ...opencodeForm,
  prompt: (text, cwd) => ({ ...message(text), cwd }),
  promptOfSubagent: (text, cwd) => ({ ...message(text), cwd, parent_id: 'a-7' }),
  start: () => undefined,
};

const kiro = alike('kiro', camel, kiroTools, {});

const qwen = alike('qwen', pascal, qwenTools, {
  common: { ...transcript, timestamp: at, permission_mode: 'yolo' },
  tool: { tool_use_id: 'call-1' },
});

/** Every way in which a host speaks. Cline has two, so there is one more than hosts. */
export const shapes: readonly Shape[] = [
  claudeCode,
  cursorForm,
  vscode,
  copilotCli,
  gemini,
  codexForm,
  windsurf,
  clineFile,
  clinePlugin,
  opencode,
  kiro,
  qwen,
];
