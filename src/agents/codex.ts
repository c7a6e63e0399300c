import { adapter, likeClaude } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/**
 * Codex. An answer with a key that its schema does not know, `ask` among them, counts as a failed hook, and then the
 * tool runs: it gets one form of no and nothing beside it.
 */
export const codex = adapter({
  id: 'codex',
  folderVariables: [],
  ...likeClaude,
  canAsk: [],
  open: envelopeOf,
});
