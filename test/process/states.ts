import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What is kept of workspaces, by its names. What was compiled of the program lies beside it, and tells of none. */
export function statesIn(stateHome: string): string[] {
  const folder = join(stateHome, 'infrahold');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'compiled') : [];
}
