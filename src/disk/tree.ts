import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Visitor {
  /** Before a folder is listed. `false` leaves it out with all that is below. */
  enter?(folder: string): boolean;
  /** A file, or a link to one. */
  file(path: string): void;
}

/** No workspace needs more, and a tree without end must not be walked without end. */
export const mostFolders = 10_000;

/** What is never looked into: no protected file is ever in there, and both can hold a hundred thousand files. */
export function isSkipped(path: string): boolean {
  return path.split('/').some((name) => name === '.git' || name === 'node_modules');
}

/**
 * Walks the folders below `from` ('' is the root), nearest first. Links to folders are not followed, so there are no
 * loops. Gives `false` when it stopped at `mostFolders`.
 */
export async function walkTree(root: string, from: string, visitor: Visitor): Promise<boolean> {
  let level = [from];
  let folders = 0;
  while (level.length > 0) {
    const next: string[] = [];
    for (let at = 0; at < level.length; at += 32) {
      const batch = level.slice(at, at + 32);
      folders += batch.length;
      if (folders > mostFolders) return false;
      const lists = await Promise.all(batch.map((folder) => visit(root, folder, visitor)));
      next.push(...lists.flat());
    }
    level = next;
  }
  return true;
}

/** Gives the folders inside. */
async function visit(root: string, folder: string, visitor: Visitor): Promise<readonly string[]> {
  if (visitor.enter?.(folder) === false) return [];
  const entries: readonly Dirent[] = await readdir(join(root, folder), { withFileTypes: true }).catch(
    () => [],
  );
  const folders: string[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) folders.push(path);
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(root, path))))) {
      visitor.file(path);
    }
  }
  return folders;
}

async function isFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() === true;
}
