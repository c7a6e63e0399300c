import { adapter, additionalContext, json, permission } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/** Agent mode of VS Code: hooks of `.github/hooks/*.json`. Its variables never reach the hook. */
export const vscode = adapter({
  id: 'vscode',
  folderVariables: [],
  canAsk: ['edits', 'command'],
  canTell: ['after', 'prompt', 'start'],
  open: envelopeOf,
  deny: (reason) => json(permission('deny', reason)),
  question: (reason) => json(permission('ask', reason)),
  context: (text, event) => json(additionalContext(text, event)),
});
