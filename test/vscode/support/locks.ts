import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { type ProtectedFile, until } from './incident.ts';

/** The globs by which the person's own settings make files read-only. */
export const lockedGlobs = (): readonly string[] =>
  Object.keys(
    vscode.workspace.getConfiguration().inspect<object>('files.readonlyInclude')?.globalValue ?? {},
  );

/** Waits until a file is locked, or is not. */
export const isLocked = (file: ProtectedFile, expected = true): Promise<void> =>
  until(() => assert.equal(lockedGlobs().includes(file.path), expected, lockedGlobs().join()));
