import { claudeCode } from './claudeCode.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { copilotCli } from './copilotCli.ts';
import { cursor } from './cursor.ts';
import { hostIn } from './detect.ts';
import { gemini } from './gemini.ts';
import { kiro } from './kiro.ts';
import { opencode } from './opencode.ts';
import type { HostAdapter } from './protocol.ts';
import { qwen } from './qwen.ts';
import { vscode } from './vscode.ts';
import { windsurf } from './windsurf.ts';

/** The adapter of a host as it is typed, if it is served. */
export function adapterFor(id: string): HostAdapter | undefined {
  return adapters.find((adapter) => adapter.id === id);
}

/**
 * The adapter of the host that wrote a payload. Hosts run hooks that were set up for another, and then speak as
 * themselves; the one that was typed serves where the payload tells nothing. `payload` is absent where it was no JSON.
 */
export function detect(
  typed: HostAdapter,
  payload: unknown,
  env: Readonly<Record<string, string | undefined>>,
): HostAdapter {
  return adapterFor(hostIn(payload, env, typed.id) ?? typed.id) ?? typed;
}

const adapters: readonly HostAdapter[] = [
  claudeCode,
  cursor,
  vscode,
  copilotCli,
  gemini,
  codex,
  windsurf,
  cline,
  opencode,
  kiro,
  qwen,
];

/** The ids that are served, for messages. */
export const hosts: readonly string[] = adapters.map(({ id }) => id);
