import { adapter, likeClaude } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/** Agent mode of VS Code: hooks of `.github/hooks/*.json`. Its variables never reach the hook. */
export const vscode = adapter({
  ...likeClaude,
  id: 'vscode',
  folderVariables: [],
  open: envelopeOf,
});
