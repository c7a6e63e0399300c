import { adapter, additionalContext, json, permission } from './adapter.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { type Fields, textIn } from './fields.ts';
import type { Moment } from './protocol.ts';

/**
 * Copilot in a terminal and in the cloud. Which of its two forms it reads depends on how the hook's event is spelled
 * in the file that declares it, so every answer is given in both.
 */
export const copilotCli = adapter({
  id: 'copilot-cli',
  folderVariables: ['COPILOT_PROJECT_DIR'],
  canAsk: ['edits', 'command'],
  canTell: ['after', 'prompt', 'start'],
  open,
  deny: (reason) => json(both('deny', reason)),
  question: (reason) => json(both('ask', reason)),
  context: (text, event) => json({ additionalContext: text, ...additionalContext(text, event) }),
});

function both(decision: 'deny' | 'ask', reason: string): object {
  return {
    permissionDecision: decision,
    permissionDecisionReason: reason,
    ...permission(decision, reason),
  };
}

/** Events under their own names come without one, and are told by what they carry. */
function open(payload: Fields): Envelope {
  const envelope = envelopeOf(payload);
  const moment = envelope.event === undefined ? momentIn(payload) : undefined;
  if (moment === undefined) return envelope;
  return { ...envelope, event: ownNames[moment], ...(moment !== 'none' && { moment }) };
}

function momentIn(payload: Fields): Moment | 'none' | undefined {
  if ('toolName' in payload || 'toolArgs' in payload)
    return 'toolResult' in payload || 'error' in payload ? 'after' : 'before';
  if ('prompt' in payload) return 'prompt';
  if (textIn(payload, 'source') !== undefined) return 'start';
  return otherEvents.some((name) => name in payload) ? 'none' : undefined;
}

/** What the events that are none of ours carry, and no other. */
const otherEvents = [
  'reason',
  'stopReason',
  'error',
  'agentName',
  'trigger',
  'notificationType',
  'transformedPrompt',
];

const ownNames = {
  before: 'preToolUse',
  after: 'postToolUse',
  prompt: 'userPromptSubmitted',
  start: 'sessionStart',
  end: 'sessionEnd',
  none: 'notification',
} as const;
