import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { GuardError } from '../store/errors.ts';

export interface Place {
  /** The real path of the workspace. */
  readonly root: string;
  /** Where the file is: its folder is real and inside the workspace, its own name may be a link. */
  readonly file: string;
}

/** Finds a workspace path on disk. One that would leave the workspace is refused, and nothing is created. */
export function locate(root: string, path: string): Place {
  const segments = safeSegments(path);
  const realRoot = realpathSync.native(root);
  let folder = realRoot;
  for (const [index, segment] of segments.slice(0, -1).entries()) {
    const next = join(folder, segment);
    const stats = lstatSync(next, { throwIfNoEntry: false });
    if (stats === undefined) return { root: realRoot, file: join(folder, ...segments.slice(index)) };
    folder = stats.isSymbolicLink() ? realpathSync.native(next) : next;
    if (!isInside(realRoot, folder)) throw unsafe(path, 'a folder on its way is a link out of the workspace');
  }
  return { root: realRoot, file: join(folder, segments.at(-1) ?? '') };
}

export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function safeSegments(path: string): readonly string[] {
  const segments = path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw unsafe(path, 'it is not a plain path below the workspace');
  }
  // On Windows a colon names a drive or a hidden stream, and a backslash is a separator.
  const forbidden = process.platform === 'win32' ? /[\0:\\]/ : /\0/;
  if (forbidden.test(path)) throw unsafe(path, 'it holds a character that a path must not have');
  return segments;
}

function unsafe(path: string, reason: string): GuardError {
  return new GuardError('unsafe-path', `Infrahold leaves ${JSON.stringify(path)} alone: ${reason}`);
}
