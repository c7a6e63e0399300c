import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The names of the states of workspaces. What was compiled of the program lies beside them, and tells of no workspace. */
export function statesIn(stateHome: string): string[] {
  const folder = join(stateHome, 'infrahold');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'compiled') : [];
}
