import { adapter, additionalContext, json } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/** Gemini CLI. Without a terminal its `ask` ends the run in silence, and it overrules an administrator's no. */
export const gemini = adapter({
  id: 'gemini',
  folderVariables: ['GEMINI_PROJECT_DIR'],
  canAsk: [],
  canTell: ['after', 'prompt', 'start'],
  open: envelopeOf,
  deny: (reason) => json({ decision: 'deny', reason, systemMessage: reason }),
  context: (text, event) => json(additionalContext(text, event)),
});
