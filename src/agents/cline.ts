import { adapter, json } from './adapter.ts';
import { type Envelope, envelopeOf, inner } from './envelope.ts';
import { type Fields, isFields, read, textIn, textListIn } from './fields.ts';
import type { HostEvent } from './protocol.ts';

/**
 * Cline, in two ways. A hook file gets `hookName`, and its no ends the whole run. Our plugin (`plugins/cline.ts`), which
 * refuses one call only, writes one object:
 *
 * `hook_event_name`: `beforeTool`, `afterTool`, `beforeRun`; `cwd`, `session_id`, `run`, `agent_id`, `parent_agent_id`; with
 * tools `tool_name`, `tool_input`, `call`; with a run `prompt`, the text of its last message.
 *
 * It takes `{"decision": "deny", "reason"}` for no, `{"context"}` for a text to the model and nothing for a pass;
 * whatever else comes out of the process is no as well.
 */
export const cline = adapter({
  id: 'cline',
  folderVariables: [],
  canAsk: [],
  canTell: ['after'],
  open: (payload) => ('hookName' in payload ? ofFile(payload) : ofPlugin(payload)),
  deny: (reason, event) =>
    json({
      ...(!isOfPlugin(event) && { cancel: true, errorMessage: reason }),
      ...(!isOfFile(event) && { decision: 'deny', reason }),
    }),
  context: (text, event) =>
    json(isOfPlugin(event) ? { context: text } : { cancel: false, contextModification: text }),
});

function isOfPlugin({ name }: HostEvent): boolean {
  return /^(?:before|after)[A-Z]/.test(name);
}

/** What could not be read at all is answered for both. */
function isOfFile(event: HostEvent): boolean {
  return !isOfPlugin(event) && event.name !== 'unknown';
}

function ofPlugin(payload: Fields): Envelope {
  return {
    ...envelopeOf(payload),
    session: textIn(payload, 'session_id', 'run'),
    call: textIn(payload, 'call'),
    subagent: textIn(payload, 'parent_agent_id'),
    prompt: unwrapped(textIn(payload, 'prompt')),
  };
}

/** What the person typed stands in an element of its own, among what the host adds. */
function unwrapped(prompt: string | undefined): string | undefined {
  return /<user_input\b[^>]*>(.*)<\/user_input>/s.exec(prompt ?? '')?.[1] ?? prompt;
}

/** Two versions of hook files: one has the call itself, the other its input with every value as a text. */
function ofFile(payload: Fields): Envelope {
  const call = inner(payload, 'tool_call', 'tool_result');
  const use = inner(payload, 'preToolUse', 'postToolUse');
  const start = inner(inner(payload, 'taskStart'), 'taskMetadata');
  const event = textIn(payload, 'hookName');
  const prompt =
    textIn(inner(payload, 'userPromptSubmit', 'prompt_submit'), 'prompt') ?? textIn(start, 'initialTask');
  return {
    event,
    // A task that starts carries its first prompt in one version and nothing in the other.
    ...(event === 'TaskStart' && prompt === undefined && { moment: 'start' as const }),
    session: textIn(payload, 'taskId'),
    folder: textIn(inner(payload, 'workspaceInfo'), 'rootPath') ?? textListIn(payload, 'workspaceRoots')?.[0],
    model: textIn(inner(payload, 'model'), 'slug'),
    subagent: textIn(payload, 'parent_agent_id'),
    call: textIn(call, 'id'),
    tool: textIn(call, 'name') ?? textIn(use, 'toolName'),
    input: call.input ?? typed(use.parameters),
    prompt,
  };
}

function typed(parameters: unknown): unknown {
  if (!isFields(parameters)) return parameters;
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, read(value)]));
}
