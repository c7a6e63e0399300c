import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { kindOf } from '../core/model/kinds.ts';

/**
 * Whether a path can be that of a protected file, told without reading one. A folder with a policy of its own is
 * always worth the longer way, because a policy can protect anything.
 */
export function mayBeProtected(root: string, path: string): boolean {
  const full = resolve(root, path);
  const folder = workspaceOf(root, full);
  if (existsSync(join(folder, '.infrahold.yml'))) return true;
  return (
    kindOf(slashed(relative(resolve(root), full))) !== undefined || kindOf(pathIn(folder, full)) !== undefined
  );
}

/** The real folder whose guard a file belongs to: the project, or for a file outside it, its own repository. */
export function workspaceOf(root: string, full: string): string {
  const project = realPath(resolve(root));
  const file = realPath(full);
  if (isInside(project, file)) return project;
  let folder = dirname(file);
  for (let parent = dirname(folder); parent !== folder; parent = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    folder = parent;
  }
  return dirname(file);
}

/** The path of a file in its workspace, with `/` on every system; links on the way to it are followed. */
export function pathIn(folder: string, full: string): string {
  return slashed(relative(folder, realPath(full)));
}

/** A file that is not there yet is where its folder really is. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
