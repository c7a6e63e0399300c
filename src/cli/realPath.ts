import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that is not there yet is where its folder really is. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
