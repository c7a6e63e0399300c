import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GlobPattern, Uri, WorkspaceFolder } from 'vscode';
import { RelativePattern, workspace } from 'vscode';
import { asksForGuard, kindOf } from '../core/model/kinds.ts';

/**
 * Wider than what is protected and cheap to match: `kindOf` has the last word. The groups stand side by side, because
 * a file system watcher takes one group inside another for plain text and never fires.
 */
const candidates = '**/{*compose*,*Compose*,*COMPOSE*,*docker-stack*,.infrahold}.{yml,yaml,YML,YAML}';
const elsewhere = '**/{node_modules,.git}/**';

/**
 * Most folders show within a millisecond what they are. Where the upper levels hold nothing, the editor's own search
 * goes through the rest, in its own process and at the cost of nobody's start.
 */
export async function hasProtectedFile(folder: WorkspaceFolder): Promise<boolean> {
  if (await inUpperLevels(folder.uri.fsPath)) return true;
  const found = await workspace.findFiles(protectedGlob(folder), elsewhere, 50);
  return found.some((uri) => isProtected(folder, uri));
}

export function isProtected(folder: WorkspaceFolder, uri: Uri): boolean {
  if (workspace.getWorkspaceFolder(uri)?.uri.toString() !== folder.uri.toString()) return false;
  return asksForGuard(kindOf(workspace.asRelativePath(uri, false)));
}

export function protectedGlob(folder: WorkspaceFolder): GlobPattern {
  return new RelativePattern(folder, candidates);
}

const foldersLookedAt = 60;

async function inUpperLevels(root: string): Promise<boolean> {
  const waiting = [''];
  for (let looked = 0; looked < foldersLookedAt; looked++) {
    const folder = waiting.shift();
    if (folder === undefined) return false;
    for (const entry of await entriesOf(join(root, folder))) {
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory()) waiting.push(`${path}/`);
      else if (asksForGuard(kindOf(path))) return true;
    }
  }
  return false;
}

/** A folder that cannot be read has nothing to show; the search after this one may still find its way. */
async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter(({ name }) => name !== 'node_modules' && name !== '.git');
  } catch {
    return [];
  }
}
