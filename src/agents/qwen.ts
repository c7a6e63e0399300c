import { adapter, likeClaude } from './adapter.ts';
import { envelopeOf } from './envelope.ts';

/** Qwen Code. It sends an empty prompt after every tool; those are none. */
export const qwen = adapter({
  ...likeClaude,
  id: 'qwen',
  folderVariables: ['QWEN_PROJECT_DIR'],
  open: envelopeOf,
});
