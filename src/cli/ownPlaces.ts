import { dirname, join, resolve, sep } from 'node:path';
import { homeFolder, stateHome } from '../store/stateHome.ts';
import { realPath } from './realPath.ts';

/** Where Infrahold keeps its state and where this program lies. No edit by an agent belongs there. */
export function ownPlaces(): readonly string[] {
  const program = process.argv[1];
  const state = join(stateHome(process.env, process.platform, homeFolder(process.env)), 'infrahold');
  return program === undefined ? [realPath(state)] : [realPath(state), dirname(realPath(resolve(program)))];
}

/** Whether a path lies in one of these places, or in the extension as an editor has installed it. */
export function isOwnPlace(full: string): boolean {
  const path = realPath(full);
  return installed.test(path) || ownPlaces().some((place) => path === place || path.startsWith(place + sep));
}

/** Whether a folder holds one of these places, so that they would go with it. */
export function holdsOwnPlace(folder: string): boolean {
  const path = realPath(folder);
  return installed.test(path) || ownPlaces().some((place) => place.startsWith(path + sep));
}

/** `~/.vscode/extensions/infrahold.infrahold-0.1.0`, and the same for the editors that were made from VS Code. */
const installed = /[\\/]extensions[\\/]infrahold\.infrahold-[^\\/]+(?:[\\/]|$)/i;
