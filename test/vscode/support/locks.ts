import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type ProtectedFile, until, wait } from './incident.ts';

/** The globs by which the person's own settings make files read-only. */
export const lockedGlobs = (): readonly string[] =>
  Object.keys(
    vscode.workspace.getConfiguration().inspect<object>('files.readonlyInclude')?.globalValue ?? {},
  );

/** Waits until a file is locked, or is not. */
export const isLocked = (file: ProtectedFile, expected = true): Promise<void> =>
  until(() => assert.equal(lockedGlobs().includes(file.path), expected, lockedGlobs().join()));

/** Whether the file on disk is the very one that was there, into which nobody has written; it holds the same in any case. */
export async function untouched(file: ProtectedFile, act: () => Promise<unknown>): Promise<boolean> {
  await isLocked(file);
  const was = statSync(file.path);
  await act();
  await wait(1000);
  const now = statSync(file.path, { throwIfNoEntry: false });
  await until(() => assert.equal(file.disk(), file.accepted), 1500);
  return now !== undefined && now.ino === was.ino && now.mtimeMs === was.mtimeMs;
}

/** The person's settings file. */
export const personsSettings = (): string => join(process.env.HOME ?? '', 'data', 'User', 'settings.json');

/** Writes it so that VS Code heeds it, which in a browser it does only for what it writes itself. */
export async function writePersonsSettings(text: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: 'vscode-remote', path: personsSettings() });
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
}

/** The processes of the windows that lock files now. */
export function lockingPids(): readonly number[] {
  const record = join(process.env.XDG_STATE_HOME ?? '', 'infrahold', 'editor-locks.json');
  if (!existsSync(record)) return [];
  const { settings } = JSON.parse(readFileSync(record, 'utf8')) as {
    readonly settings: Readonly<Record<string, { readonly windows: readonly { readonly pid: number }[] }>>;
  };
  return Object.values(settings).flatMap(({ windows }) => windows.map(({ pid }) => pid));
}
