import type { Marks } from './block.ts';
import type { Entries } from './entries.ts';
import type { Launch } from './launch.ts';

/** One agent that Infrahold can be installed in. */
export interface InstallableHost {
  /** As it is typed behind `infrahold install`. */
  readonly id: HostId;
  readonly name: string;
  /** Programs that tell, when the PATH has one, that the agent is in use. */
  readonly programs: readonly string[];
  /** Files and folders that tell the same, in a project and in a home. */
  readonly projectTraces: readonly string[];
  userTraces(user: UserFolders): readonly string[];
  /** Every file that an installation writes. The first is the one with the hook. */
  files(target: Target): readonly HostFile[];
  /** What a person still has to do, because no installer can or may. */
  readonly toDo?: string;
}

export const hostIds = [
  'claude-code',
  'cursor',
  'vscode',
  'copilot-cli',
  'gemini',
  'codex',
  'windsurf',
  'cline',
  'opencode',
  'kiro',
  'qwen',
] as const;

export type HostId = (typeof hostIds)[number];

export function isHostId(id: string): id is HostId {
  return hostIds.some((known) => known === id);
}

export type Level = 'project' | 'user';

/** Where the agents keep what is a person's, as their own variables move it. */
export interface UserFolders {
  readonly home: string;
  readonly claude: string;
  readonly codex: string;
  readonly copilot: string;
  /** Where programs of the desktop keep settings: `~/.config` unless it was moved. */
  readonly config: string;
}

export function userFolders(home: string, env: Readonly<Record<string, string | undefined>>): UserFolders {
  const moved = (name: string, usual: string) => env[name] || `${home}/${usual}`;
  return {
    home,
    claude: moved('CLAUDE_CONFIG_DIR', '.claude'),
    codex: moved('CODEX_HOME', '.codex'),
    copilot: moved('COPILOT_HOME', '.copilot'),
    config: moved('XDG_CONFIG_HOME', '.config'),
  };
}

/** What an installation is made for. */
export interface Target {
  readonly level: Level;
  /** The project's folder. */
  readonly root: string;
  readonly user: UserFolders;
  readonly launch: Launch;
  /** What the rules say; `undefined` where none are wanted. */
  readonly rules: string | undefined;
  /** What a file holds now; some hosts are written to by what is there already. */
  text(path: string): string | undefined;
}

export type HostFile =
  | { readonly kind: 'entries'; readonly path: string; readonly what: What; readonly entries: Entries }
  | {
      readonly kind: 'block';
      readonly path: string;
      readonly what: What;
      readonly body: string;
      readonly marks: Marks;
    }
  | { readonly kind: 'own'; readonly path: string; readonly what: What; readonly content: string };

export type What = 'hook' | 'protection' | 'rules';
