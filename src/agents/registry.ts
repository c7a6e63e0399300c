import { claudeCode } from './claudeCode.ts';
import type { HostAdapter } from './protocol.ts';
import { vscode } from './vscode.ts';

/** The adapter of a host as it is typed, if it is served. */
export function adapterFor(id: string): HostAdapter | undefined {
  return adapters.find((adapter) => adapter.id === id);
}

/** Hosts that are known by name and cannot be served yet. A hook set up for one refuses, and says so. */
/** The ids that are served, for messages. */
export const hostsToCome: readonly string[] = [
  'cursor',
  'copilot-cli',
  'gemini',
  'codex',
  'windsurf',
  'cline',
  'opencode',
  'kiro',
];

const adapters: readonly HostAdapter[] = [claudeCode, vscode];

export const hosts: readonly string[] = adapters.map(({ id }) => id);
