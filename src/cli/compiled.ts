import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stateHome } from '../store/stateHome.ts';

/**
 * Keeps what V8 has compiled for the next run, beside the state and away from every workspace. Where Node cannot (before
 * 22.1) nothing is lost but time.
 */
export function keepCompiled(env: Readonly<Record<string, string | undefined>>): void {
  if (!('enableCompileCache' in nodeModule)) return;
  const { enableCompileCache } = nodeModule;
  if (typeof enableCompileCache !== 'function') return;
  enableCompileCache(join(stateHome(env, process.platform, homedir()), 'infrahold', 'compiled'));
}
