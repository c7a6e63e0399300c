import { join, posix, win32 } from 'node:path';
import { sha256 } from './sha256.ts';
import { stateHome } from './stateHome.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
  /** The workspace's real path, so that two spellings of one folder share one state. */
  readonly workspace: string;
}

/** Where the state of a workspace lives: outside it, so that an agent confined to the workspace cannot rewrite it. */
export function stateDirectory({ env, platform, home, workspace }: Surroundings): string {
  const path = platform === 'win32' ? win32 : posix;
  const name = path.basename(workspace).replace(/[^A-Za-z0-9_-]+/g, '-');
  const readable = name.replace(/^-+/, '').slice(0, 32) || 'workspace';
  const hash = sha256(workspace).slice(0, 16);
  return path.join(stateRoot({ env, platform, home }), `${readable}-${hash}`);
}

/** The record of what is locked in the editor, in any workspace. It is there only while something is. */
export function editorLocksFile(root: string): string {
  return join(root, 'editor-locks.json');
}

/** What holds the states of all workspaces, and what belongs to none. */
export function stateRoot({ env, platform, home }: Omit<Surroundings, 'workspace'>): string {
  const path = platform === 'win32' ? win32 : posix;
  return path.join(stateHome(env, platform, home), 'infrahold');
}
