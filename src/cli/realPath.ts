import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that is not there yet is where its folder really is. */
export function realPath(path: string): string {
  try {
    // An error takes far longer than a look.
    if (existsSync(path)) return realpathSync.native(path);
  } catch {
    // It has gone meanwhile.
  }
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
