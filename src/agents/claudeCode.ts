import { preToolUse, refusal } from './preToolUse.ts';
import type { HostAdapter } from './protocol.ts';

/** Claude Code: a `PreToolUse` hook of its settings file, in a terminal, an editor or the desktop application. */
export const claudeCode: HostAdapter = {
  id: 'claude-code',
  folderVariable: 'CLAUDE_PROJECT_DIR',
  decode: preToolUse,
  refuse: refusal,
};
