import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with the verified cases and real files; it lies outside of the repository and may be absent. */
export const shared = process.env.INFRAHOLD_SHARED ?? above(process.cwd());

export const skipped = shared === undefined ? 'no shared cases beside the repository' : false;

export function sharedText(path: string): string {
  return readFileSync(join(shared ?? '', path), 'utf8');
}

export function sharedJson<T>(path: string): T {
  return JSON.parse(sharedText(path)) as T;
}

function above(folder: string): string | undefined {
  const candidate = join(folder, 'shared');
  if (existsSync(join(candidate, 'compose', 'equivalence.json'))) return candidate;
  return dirname(folder) === folder ? undefined : above(dirname(folder));
}
