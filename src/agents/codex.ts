import { adapter, additionalContext, json, permission } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/**
 * Codex. An answer with a key that its schema does not know, `ask` among them, counts as a failed hook, and then the
 * tool runs: it gets one form of no and nothing beside it.
 */
export const codex = adapter({
  id: 'codex',
  folderVariables: [],
  canAsk: [],
  canTell: ['after', 'prompt', 'start'],
  open: envelopeOf,
  deny: (reason) => json(permission('deny', reason)),
  context: (text, event) => json(additionalContext(text, event)),
});
