import { preToolUse, refusal } from './preToolUse.ts';
import type { HostAdapter } from './protocol.ts';

/** Agent mode of VS Code: a `PreToolUse` hook of `.github/hooks/*.json`. Its variables never reach the hook. */
export const vscode: HostAdapter = {
  id: 'vscode',
  folderVariable: undefined,
  decode: preToolUse,
  refuse: refusal,
};
