import { adapter, likeClaude } from './adapter.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { type Fields, textIn } from './fields.ts';

/** Claude Code: hooks of its settings file, in a terminal, an editor or the desktop application. */
export const claudeCode = adapter({
  ...likeClaude,
  id: 'claude-code',
  folderVariables: ['CLAUDE_PROJECT_DIR'],
  open,
});

/** Wake-ups and polls come as prompts too, and say that nobody wrote them. */
function open(payload: Fields): Envelope {
  const envelope = envelopeOf(payload);
  const source = textIn(payload, 'source') ?? 'user';
  const isPerson = envelope.prompt === undefined || source === 'user' || source === 'sdk';
  return isPerson ? envelope : { ...envelope, prompt: '' };
}
