import { adapter, additionalContext, json, permission } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/** Qwen Code. It sends an empty prompt after every tool; those are none. */
export const qwen = adapter({
  id: 'qwen',
  folderVariables: ['QWEN_PROJECT_DIR'],
  canAsk: ['edits', 'command'],
  canTell: ['after', 'prompt', 'start'],
  open: envelopeOf,
  deny: (reason) => json(permission('deny', reason)),
  question: (reason) => json(permission('ask', reason)),
  context: (text, event) => json(additionalContext(text, event)),
});
