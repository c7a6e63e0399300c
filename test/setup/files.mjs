import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder whose name ends so, sorted; none where there is no such folder. */
export function filesEnding(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
