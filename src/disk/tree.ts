import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';

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
      for (const folder of batch) next.push(...visit(root, folder, visitor));
      await othersTurn();
    }
    level = next;
  }
  return true;
}

/** Gives the folders inside. Read at once: to wait for each takes several times as long, and a start goes through thousands. */
function visit(root: string, folder: string, visitor: Visitor): readonly string[] {
  if (visitor.enter?.(folder) === false) return [];
  const folders: string[] = [];
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) folders.push(path);
    } else if (entry.isFile() || (entry.isSymbolicLink() && isFile(join(root, path)))) {
      visitor.file(path);
    }
  }
  return folders;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A link that leads in a circle is none. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
