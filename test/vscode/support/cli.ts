import { strict as assert } from 'node:assert';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { uri } from './workspace.ts';

/** The command line that the packed extension brings along, as a process of its own. */
export function startCli(...args: readonly string[]): ChildProcessWithoutNullStreams {
  const extension = vscode.extensions.getExtension('infrahold.infrahold');
  assert.ok(extension, 'the extension is installed');
  const cli = join(extension.extensionPath, 'dist', 'cli.js');
  return spawn(process.execPath, [cli, ...args], {
    cwd: uri('.').fsPath,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

export interface Said {
  readonly stdout: string;
  readonly code: number | null;
}

/** Gives it its whole input, and awaits its end. */
export function said(child: ChildProcessWithoutNullStreams, input = ''): Promise<Said> {
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stdin.end(input);
  return new Promise((done) => child.on('close', (code) => done({ stdout, code })));
}

/** What is on record of a file, oldest first. */
export async function recorded(path: string): Promise<readonly string[]> {
  const { stdout } = await said(startCli('log', '--format', 'json', '--count', '1000'));
  const { records } = JSON.parse(stdout) as {
    readonly records: readonly { readonly event: string; readonly path?: string }[];
  };
  return records.filter((record) => record.path === path).map(({ event }) => event);
}
