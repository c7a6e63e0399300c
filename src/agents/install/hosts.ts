import { copilotCli, vscode } from './copilotHosts.ts';
import { cursor, kiro, windsurf } from './editorHosts.ts';
import { claudeCode, codex, gemini, qwen } from './groupedHosts.ts';
import type { HostId, InstallableHost } from './host.ts';
import { cline, opencode } from './pluginHosts.ts';

/** In the order in which they are listed everywhere. */
export const installableHosts: readonly InstallableHost[] = [
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

export function installableHost(id: HostId): InstallableHost {
  const host = installableHosts.find((one) => one.id === id);
  if (host === undefined) throw new Error(`no host is called ${id}`);
  return host;
}
