import { dirname } from 'node:path';
import { isGuarded } from '../store/glance.ts';
import type { HookCall } from './hook.ts';
import { realPath } from './realPath.ts';

/**
 * The folder whose guard counts for a project: an agent may have been started below the folder that an editor has open,
 * and two guards with a state each would undo what the other lets pass.
 */
export function watchedRoot({ root, named }: Pick<HookCall, 'root' | 'named'>): string {
  for (let folder = realPath(named); ; folder = dirname(folder)) {
    if (isGuarded(folder)) return folder;
    if (dirname(folder) === folder) return realPath(root);
  }
}
