import { type Fields, isFields, partIn, textIn, textsIn } from './fields.ts';
import { momentOf } from './moments.ts';
import type { Decoded, Moment, Sender, Unreadable } from './protocol.ts';
import { readTool, type ToolReading } from './tools.ts';

/** One payload taken apart, before anybody asks what its tool means. Each host fills it from fields of its own. */
export interface Envelope {
  /** As the host spells it; `undefined` where the payload names no event. */
  readonly event: string | undefined;
  /** Where a host's name of the event does not tell it. */
  readonly moment?: Moment;
  readonly session?: string | undefined;
  readonly folder?: string | undefined;
  readonly model?: string | undefined;
  readonly subagent?: string | undefined;
  /** The host's own number of the call or prompt. */
  readonly call?: string | undefined;
  readonly tool?: string | undefined;
  readonly input?: unknown;
  readonly prompt?: string | undefined;
}

/** The form that Claude Code has made and most have taken over, in the spellings that are in use. */
export function envelopeOf(payload: Fields): Envelope {
  const [tool, another] = textsIn(payload, ['tool_name', 'toolName']);
  return {
    event: textIn(payload, 'hook_event_name', 'hookEventName'),
    session: textIn(payload, 'session_id', 'sessionId'),
    folder: textIn(payload, 'cwd', 'workingDirectory'),
    model: textIn(payload, 'model'),
    subagent: textIn(payload, 'agent_id', 'agentId'),
    call: textIn(payload, 'tool_use_id', 'toolUseId', 'tool_call_id'),
    tool: another === undefined ? tool : undefined,
    input: payload.tool_input ?? payload.toolInput ?? payload.toolArgs,
    prompt: textIn(payload, 'prompt'),
  };
}

/** What a payload means, by way of its envelope. */
export function decodeWith(open: (payload: Fields) => Envelope): (payload: unknown) => Decoded {
  return (payload) => (isFields(payload) ? meaningOf(open(payload)) : noPayload);
}

const noPayload: Unreadable = {
  kind: 'unreadable',
  why: 'the payload is not an object',
  meant: undefined,
  sender: undefined,
};

function meaningOf(envelope: Envelope): Decoded {
  const { event, tool } = envelope;
  const moment = envelope.moment ?? (event === undefined ? undefined : momentOf(event));
  const reading = tool === undefined ? undefined : readTool(tool, envelope.input);
  switch (moment) {
    case 'none':
      return { kind: 'other' };
    case undefined:
      return unknownEvent(envelope, reading);
    case 'start':
      return { kind: 'start', ...senderOf(envelope, moment, '') };
    case 'end':
      return { kind: 'end', ...senderOf(envelope, moment, '') };
    case 'prompt':
      return promptIn(envelope);
    case 'after':
      return hasRun(envelope, reading);
    case 'before':
      return announced(envelope, reading);
  }
}

/** An event with a new name could be the one before a tool. Where its tool would do something, nobody lets it pass. */
function unknownEvent(envelope: Envelope, reading: ToolReading | undefined): Decoded {
  const { event } = envelope;
  if (event !== undefined && (reading === undefined || reading.kind === 'nothing')) return { kind: 'other' };
  const meant = reading?.kind === 'edits' ? 'edit' : reading?.kind === 'command' ? 'command' : undefined;
  const why = event === undefined ? 'the payload names no event' : `the event ${event} is not known`;
  return { kind: 'unreadable', why, meant, sender: undefined };
}

/** A subagent's task is written by a model, and an empty prompt is a turn that goes on. */
function promptIn(envelope: Envelope): Decoded {
  const { prompt, subagent } = envelope;
  const sender = senderOf(envelope, 'prompt', prompt ?? '');
  if (subagent !== undefined || prompt?.trim() === '') return { kind: 'other' };
  if (prompt === undefined)
    return { kind: 'unreadable', why: 'the payload holds no prompt', meant: undefined, sender };
  return { kind: 'prompt', text: prompt, ...sender };
}

function hasRun(envelope: Envelope, reading: ToolReading | undefined): Decoded {
  return {
    kind: 'after',
    proposals: reading?.kind === 'edits' ? reading.proposals : [],
    ran: reading?.kind === 'command' ? reading.ran : undefined,
    ...senderOf(envelope, 'after', reading),
  };
}

function announced(envelope: Envelope, reading: ToolReading | undefined): Decoded {
  const sender = senderOf(envelope, 'before', reading);
  switch (reading?.kind) {
    case undefined:
      return { kind: 'unreadable', why: 'the payload names no tool', meant: undefined, sender };
    case 'nothing':
      return { kind: 'other' };
    case 'edits':
      return { kind: 'edits', proposals: reading.proposals, ...sender };
    case 'command':
      return { kind: 'command', ...reading.ran, ...sender };
    case 'unreadable':
      return { ...reading, sender };
  }
}

function senderOf(envelope: Envelope, moment: Moment, content: unknown): Sender {
  const { event, session, folder, model, tool, subagent, call } = envelope;
  const which = call === undefined ? 'content' : 'call';
  return {
    event: { moment, name: event ?? moment },
    session,
    folder,
    agent: { model, tool, subagent },
    eventId: `${which} ${JSON.stringify([session, moment, call ?? content])}`,
  };
}

/** A part of a payload that a host has put one level deeper; an empty one where it is not there. */
export function inner(payload: Fields, ...names: readonly string[]): Fields {
  return partIn(payload, ...names) ?? {};
}
