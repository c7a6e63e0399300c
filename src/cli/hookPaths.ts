import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ProposedChange } from '../agents/protocol.ts';
import { kindOf, policyFile } from '../core/model/kinds.ts';
import { ownerOfSettings } from '../core/model/settings/paths.ts';
import { homeFolder } from '../store/stateHome.ts';
import { realPath } from './realPath.ts';

/**
 * The project of an agent whose host names only the folder that it was started in: the nearest folder with a policy, or
 * else the repository. Without either it is that folder.
 */
export function projectAround(folder: string): string {
  const repository = nearest(folder, (at) => existsSync(join(at, '.git')));
  // A home that is kept in git is no project.
  const outermost =
    repository === undefined || repository === homeFolder(process.env) ? undefined : repository;
  const ruled = nearest(folder, (at) => existsSync(join(at, policyFile)));
  return ruled !== undefined && isInside(outermost ?? ruled, ruled) ? ruled : (outermost ?? folder);
}

/** A tool that takes a folder away takes what is in it, and which files these are is told by looking. */
export function takesFolder({ how, ...rest }: ProposedChange, full: string): boolean {
  if (how === 'remove') return isFolder(full);
  return 'from' in rest && rest.from !== undefined && isFolder(rest.from);
}

/** A link to a folder is removed as a link. */
export function isFolder(full: string): boolean {
  return lstatSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a path can lie in the state, the program or the extension; `isOwnPlace` has the last word. */
export function mayBeOwn(full: string): boolean {
  const program = process.argv[1];
  const isBeside = program !== undefined && isInside(dirname(realPath(program)), realPath(full));
  const isNear = full.toLowerCase().includes('infrahold');
  return isBeside || (isNear && /[\\/](?:infrahold(?:[\\/]|$)|infrahold\.infrahold-)/i.test(full));
}

/**
 * Whether a path can be that of a protected file, told without reading one. A folder with a policy of its own is
 * always worth the longer way, because a policy can protect anything.
 */
export function mayBeProtected(root: string, path: string): boolean {
  const full = resolve(root, path);
  const file = realPath(full);
  const folder = workspaceAround(root, file);
  if (existsSync(join(folder, policyFile))) return true;
  const names = [slashed(relative(resolve(root), full)), slashed(relative(folder, file))];
  return names.some((name) => kindOf(name) !== undefined);
}

/** The real folder whose guard a file belongs to: the project, or for a file outside it, its own repository. */
export function workspaceOf(root: string, full: string): string {
  return workspaceAround(root, realPath(full));
}

function workspaceAround(root: string, file: string): string {
  const project = realPath(resolve(root));
  if (isInside(project, file)) return project;
  const owner = ownerOfSettings(slashed(file)) ?? dirname(file);
  return nearest(owner, (at) => existsSync(join(at, '.git'))) ?? owner;
}

/** The folder itself or the nearest above it, the root of the disk left out. */
function nearest(folder: string, fits: (at: string) => boolean): string | undefined {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) if (fits(at)) return at;
  return undefined;
}

/** The path of a file in its workspace, with `/` on every system; links on the way to it are followed. */
export function pathIn(folder: string, full: string): string {
  return slashed(relative(folder, realPath(full)));
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
