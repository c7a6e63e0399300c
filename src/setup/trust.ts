import { dirname, join } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import type { HostId, Level } from '../agents/install/host.ts';
import { readSettings } from './settingsFile.ts';
import type { Surroundings } from './surroundings.ts';
import { tomlValues } from './toml.ts';

export interface Trust {
  /** `asks`: the host asks a person before it does anything else there. */
  readonly state: 'trusted' | 'not trusted' | 'asks' | 'not needed' | 'unknown';
  /** What a person can do, where that is left to do. */
  readonly advice?: string;
}

/** Whether a host lets the hooks of a file run, as far as that is on record anywhere that can be read. */
export async function trustOf(
  host: HostId,
  level: Level,
  hookFile: string,
  place: Surroundings,
): Promise<Trust> {
  switch (host) {
    case 'claude-code':
      return level === 'user' ? notNeeded : claudeTrust(place);
    case 'codex':
      return codexTrust(level, hookFile, place);
    case 'copilot-cli':
      return level === 'user' ? notNeeded : copilotTrust(place);
    case 'gemini':
      return level === 'user' ? notNeeded : geminiTrust(place);
    case 'vscode':
    case 'cursor':
      return { state: 'unknown', advice: 'the workspace has to be trusted in the editor' };
    case 'qwen':
    case 'opencode':
    case 'cline':
      return notNeeded;
    case 'windsurf':
    case 'kiro':
      return { state: 'unknown' };
  }
}

const notNeeded: Trust = { state: 'not needed' };

/** Without a person (`claude -p`) project hooks run all the same, so nothing slips through where it still asks. */
async function claudeTrust({ root, user, env }: Surroundings): Promise<Trust> {
  const file = env.CLAUDE_CONFIG_DIR ? `${user.claude}/.claude.json` : `${user.home}/.claude.json`;
  const projects = at(await jsonIn(file), 'projects');
  const accepted = at(at(projects, root), 'hasTrustDialogAccepted');
  return accepted === true
    ? { state: 'trusted' }
    : { state: 'asks', advice: 'Claude Code asks at its first start here' };
}

/** Codex keeps a hash for each hook that a person has looked at, under the file, the event and the place in it. */
async function codexTrust(level: Level, hookFile: string, { root, user }: Surroundings): Promise<Trust> {
  const values = tomlValues(await textOf(`${user.codex}/config.toml`));
  if (level === 'project' && !isProjectTrusted(values, root)) {
    return { state: 'not trusted', advice: 'start Codex in this folder and trust it' };
  }
  const state = at(at(values, 'hooks'), 'state');
  const reviewed = Object.entries(fieldsOf(state)).some(
    ([key, value]) =>
      key.startsWith(`${hookFile}:pre_tool_use:`) && typeof at(value, 'trusted_hash') === 'string',
  );
  return reviewed
    ? { state: 'trusted' }
    : { state: 'not trusted', advice: 'start Codex, open /hooks and trust the hooks of Infrahold' };
}

function isProjectTrusted(values: unknown, root: string): boolean {
  return foldersAround(root).some(
    (folder) => at(at(at(values, 'projects'), folder), 'trust_level') === 'trusted',
  );
}

async function copilotTrust({ root, user }: Surroundings): Promise<Trust> {
  const values = await jsonIn(`${user.copilot}/config.json`);
  const listed = ['trustedFolders', 'trusted_folders'].flatMap((name) => listOf(at(values, name)));
  return foldersAround(root).some((folder) => listed.includes(folder))
    ? { state: 'trusted' }
    : { state: 'not trusted', advice: 'start Copilot CLI in this folder and trust it' };
}

async function geminiTrust({ root, user }: Surroundings): Promise<Trust> {
  const rules = fieldsOf(await jsonIn(`${user.home}/.gemini/trustedFolders.json`));
  for (const folder of foldersAround(root)) {
    const rule = rules[folder];
    if (rule === 'TRUST_FOLDER' || rule === 'TRUST_PARENT') return { state: 'trusted' };
    if (rule === 'DO_NOT_TRUST')
      return { state: 'not trusted', advice: 'trust this folder with /permissions in Gemini CLI' };
    // A rule on the parent of a folder that was named.
    if (rules[join(folder, 'x')] === 'TRUST_PARENT') return { state: 'trusted' };
  }
  return { state: 'asks', advice: 'Gemini CLI asks at its first start here' };
}

function foldersAround(root: string): string[] {
  const parent = dirname(root);
  return parent === root ? [root] : [root, ...foldersAround(parent)];
}

export async function jsonIn(file: string): Promise<unknown> {
  const text = await textOf(file);
  return text === undefined ? undefined : parseJsonc(text, [], { allowTrailingComma: true });
}

async function textOf(file: string): Promise<string | undefined> {
  return readSettings(file).catch(() => undefined);
}

export function at(value: unknown, name: string): unknown {
  return fieldsOf(value)[name];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
