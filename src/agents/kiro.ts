import { adapter, blocked } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/** Kiro. A blocking exit is its only no; what a hook prints otherwise is context. */
export const kiro = adapter({
  id: 'kiro',
  folderVariables: [],
  canAsk: [],
  canTell: ['prompt', 'start'],
  open: envelopeOf,
  deny: blocked,
  context: (text) => ({ stdout: `${text}\n`, stderr: '', exitCode: 0 }),
});
