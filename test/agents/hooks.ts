import { execFileSync } from 'node:child_process';
import type { Place } from './place.ts';

/** Puts the hook of one agent into the folder as a person does it, with the built command line. */
export function installHooks({ folder, cli, env }: Place, host: string): void {
  execFileSync(process.execPath, [cli, 'install', host], { cwd: folder, env, stdio: 'pipe' });
}
