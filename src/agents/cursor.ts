import { adapter, json, permission } from './adapter.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { type Fields, read, textIn, textListIn } from './fields.ts';
import type { HostEvent } from './protocol.ts';

/** Cursor: hooks of its own file, and those of Claude Code's settings, which it runs as well. */
export const cursor = adapter({
  id: 'cursor',
  folderVariables: ['CURSOR_PROJECT_DIR'],
  // It takes `ask` for an edit and does not ask; only commands and tools of servers are asked about.
  canAsk: ['command'],
  canTell: ['after', 'start'],
  open,
  deny: (reason) => json(both('deny', reason)),
  question: (reason, event) => json(both(asks(event) ? 'ask' : 'deny', reason)),
  context: (text) => json({ additional_context: text }),
});

/** A hook that was declared for Claude Code is answered in that form, one of its own in Cursor's. */
function both(decision: 'deny' | 'ask', reason: string): object {
  return {
    permission: decision,
    user_message: reason,
    agent_message: reason,
    ...permission(decision, reason),
  };
}

function asks({ name }: HostEvent): boolean {
  return name === 'beforeShellExecution' || name === 'beforeMCPExecution';
}

function open(payload: Fields): Envelope {
  const envelope = envelopeOf(payload);
  return {
    ...envelope,
    ...toolIn(payload, envelope),
    session: textIn(payload, 'conversation_id', 'session_id'),
    folder: envelope.folder ?? textListIn(payload, 'workspace_roots')?.[0],
    // A command is announced as a tool with a number and as a command without one.
    call: undefined,
  };
}

/** Some events are named after what runs, and carry its input on the outermost level. */
function toolIn(payload: Fields, { event, tool, input }: Envelope): Pick<Envelope, 'tool' | 'input'> {
  switch (event) {
    case 'beforeShellExecution':
    case 'afterShellExecution':
      return { tool: 'Shell', input: payload };
    case 'beforeMCPExecution':
    case 'afterMCPExecution':
      return { tool: tool === undefined ? undefined : `MCP:${tool}`, input: read(input) };
    case 'afterFileEdit':
      return { tool: 'Edit', input: payload };
    default:
      return { tool, input };
  }
}
