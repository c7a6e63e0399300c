import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable, window } from 'vscode';
import { editorLocksFile } from '../store/location.ts';
import type { sweepLocks } from './leftLocks.ts';

/** A window that crashed may have left files locked. Those that are locked here as well are so again before this. */
export function sweepLater(state: string): Disposable {
  const sweep = () => {
    if (!existsSync(editorLocksFile(state))) return;
    const bundle: { sweepLocks: typeof sweepLocks } = require(join(__dirname, 'editor', 'leftLocks.js'));
    void bundle.sweepLocks(state, false, (message) => void window.showWarningMessage(message));
  };
  const timer = setTimeout(sweep, sweptAfter);
  return { dispose: () => clearTimeout(timer) };
}

const sweptAfter = 3_000;
