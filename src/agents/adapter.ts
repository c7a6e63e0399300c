import { decodeWith, type Envelope } from './envelope.ts';
import type { Fields } from './fields.ts';
import type { HostAdapter, HostEvent, Reply } from './protocol.ts';

/** What differs from host to host: how its payload is opened and how an answer is worded. */
export interface Dialect extends Pick<HostAdapter, 'id' | 'folderVariables' | 'canAsk' | 'canTell'> {
  open(payload: Fields): Envelope;
  /** No, before a tool. */
  deny(reason: string, event: HostEvent): Reply;
  /** Only where `canAsk` lists something. */
  question?(reason: string, event: HostEvent): Reply;
  /** Only at the moments that `canTell` lists. */
  context?(text: string, event: HostEvent): Reply;
}

/** The rules that hold for every host, around its dialect. */
export function adapter(dialect: Dialect): HostAdapter {
  const { id, folderVariables, canAsk, canTell } = dialect;
  const pass = (): Reply => nothing;
  const tell = (text: string, event: HostEvent): Reply =>
    canTell.includes(event.moment) && dialect.context !== undefined
      ? dialect.context(worded(text), event)
      : nothing;
  const refuse = (reason: string, event: HostEvent = beforeTool): Reply =>
    event.moment === 'before' ? dialect.deny(worded(reason), event) : tell(reason, event);
  const ask = (reason: string, event: HostEvent): Reply =>
    event.moment === 'before' && canAsk.length > 0 && dialect.question !== undefined
      ? dialect.question(worded(reason), event)
      : refuse(reason, event);
  return { id, folderVariables, canAsk, canTell, decode: decodeWith(dialect.open), refuse, ask, tell, pass };
}

const nothing: Reply = { stdout: '', stderr: '', exitCode: 0 };

/** What a payload that could not be read is taken for. */
const beforeTool: HostEvent = { moment: 'before', name: 'unknown' };

function worded(text: string): string {
  return text.trim() === '' ? 'Infrahold holds this.' : text;
}

/** One JSON document and nothing else, which is all that hosts read. */
export function json(answer: object): Reply {
  return { stdout: `${JSON.stringify(answer)}\n`, stderr: '', exitCode: 0 };
}

/** The exit code that blocks, with the reason where hosts without answers look for it. */
export function blocked(reason: string): Reply {
  return { stdout: '', stderr: `${reason}\n`, exitCode: 2 };
}

/** The form of answers that Claude Code has made. */
export function permission(decision: 'deny' | 'ask', reason: string): object {
  return {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: decision,
      permissionDecisionReason: reason,
    },
  };
}

/** All answers of Claude Code, and of those that take every one of them. */
export const likeClaude: Omit<Dialect, 'id' | 'folderVariables' | 'open'> = {
  canAsk: ['edits', 'command'],
  canTell: ['after', 'prompt', 'start'],
  deny: (reason) => json(permission('deny', reason)),
  question: (reason) => json(permission('ask', reason)),
  context: (text, event) => json(additionalContext(text, event)),
};

export function additionalContext(text: string, { name }: HostEvent): object {
  return { hookSpecificOutput: { hookEventName: name, additionalContext: text } };
}
