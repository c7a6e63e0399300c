import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './errors.ts';
import { guardsIn } from './guards.ts';
import { stateDirectory } from './location.ts';
import { homeFolder } from './stateHome.ts';
import { baselineFile, decodeBaseline } from './storedBaseline.ts';

/** What is told of a state without opening it, which takes a hook longer than all that it has to tell. Nothing is made. */
export function directoryOf(workspace: string, stateHome: string | undefined): string {
  const env = stateHome === undefined ? process.env : { INFRAHOLD_STATE_HOME: stateHome };
  return stateDirectory({ env, platform: process.platform, home: homeFolder(process.env), workspace });
}

/** Whether there is a state of a workspace, by its real path. */
export function hasStore(workspace: string): boolean {
  return existsSync(directoryOf(workspace, undefined));
}

/** Whether somebody watches a workspace, by its real path. */
export function isGuarded(workspace: string): boolean {
  const guards = join(directoryOf(workspace, undefined), 'guards');
  return existsSync(guards) && guardsIn(guards).length > 0;
}

/**
 * Whether nothing was accepted of a path but this content, `undefined` for none at all. Also `false` for whatever is
 * damaged: opening the state mends it.
 */
export function isAccepted(workspace: string, path: string, content: Uint8Array | undefined): boolean {
  const directory = directoryOf(workspace, undefined);
  try {
    const stored = textAt(baselineFile(join(directory, 'baselines'), path));
    if (stored === undefined) return true;
    const hash = decodeBaseline(JSON.parse(stored), path)?.content;
    // Bytes that are the same in two places have not rotted.
    return (
      typeof hash === 'string' &&
      content !== undefined &&
      readFileSync(join(directory, 'objects', hash)).equals(content)
    );
  } catch {
    return false;
  }
}

function textAt(file: string): string | undefined {
  // Most paths have no baseline, and an error takes far longer than a look.
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
