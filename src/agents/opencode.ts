import { adapter, json } from './adapter.ts';
import { type Envelope, envelopeOf, inner } from './envelope.ts';
import { type Fields, fieldsIn, textIn } from './fields.ts';

/**
 * opencode has no hooks that start a program; our plugin in it (`plugins/opencode.ts`) writes one object:
 *
 * `hook_event_name`: `tool.execute.before`, `tool.execute.after`, `chat.message`;
 * `cwd`, `worktree`, `session_id`; with tools `tool_name`, `tool_input`, `call_id`; with messages `parts`, `model`. In a
 * session that an agent has started `session_id` is that of the person, and `parent_id` is set.
 *
 * It takes `{"decision": "deny", "reason"}` for no, `{"context"}` for a text to the model and nothing for a pass;
 * whatever else comes out of the process is no as well.
 */
export const opencode = adapter({
  id: 'opencode',
  folderVariables: [],
  canAsk: [],
  canTell: ['after'],
  open,
  deny: (reason) => json({ decision: 'deny', reason }),
  context: (text) => json({ context: text }),
});

function open(payload: Fields): Envelope {
  const envelope = envelopeOf(payload);
  const input = inner(payload, 'input');
  return {
    ...envelope,
    session: envelope.session ?? textIn(input, 'sessionID'),
    call: textIn(payload, 'call_id') ?? textIn(input, 'callID'),
    subagent: textIn(payload, 'parent_id'),
    input: envelope.input ?? input.args,
    prompt: promptIn(payload),
  };
}

/** What the host adds to a message by itself is marked as such; `opencode run` puts the person's words in quotes. */
function promptIn(payload: Fields): string | undefined {
  const parts = fieldsIn(payload, 'parts');
  const own = parts?.filter(({ type, synthetic }) => type === 'text' && synthetic !== true);
  const text = own?.map((part) => textIn(part, 'text') ?? '').join('\n');
  return text === undefined ? undefined : (/^"(.*)"$/s.exec(text)?.[1] ?? text);
}
