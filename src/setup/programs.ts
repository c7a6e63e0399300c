import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Launch } from '../agents/install/launch.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the PATH has a program; `undefined` where it has none. */
export function programOn(path: string | undefined, name: string): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
  for (const folder of (path ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of suffixes) {
      const file = join(folder, name + suffix);
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

/**
 * How hosts start the program at `cli`. A host of the desktop has a bare PATH, so only what stands in the system's own
 * folders is left to it; everything else is named in full.
 */
export function launchOf(cli: string, env: Env): Launch {
  const windows = process.platform === 'win32';
  const own = windows ? undefined : programOn(systemPath, 'infrahold');
  const isShared =
    own !== undefined && real(own) === real(cli) && programOn(systemPath, 'node') !== undefined;
  if (isShared) return { program: 'infrahold', args: [], windows };
  return { program: nodeProgram(env), args: [real(cli)], windows };
}

/** For files that are shared in git: whoever has them has `infrahold` on the PATH. */
export function portableLaunch(): Launch {
  return { program: 'infrahold', args: [], windows: process.platform === 'win32' };
}

/** The name under which this Node stays where it is: a package manager keeps a link to its newest version. */
function nodeProgram(env: Env): string {
  const onPath = programOn(env.PATH, 'node');
  return onPath !== undefined && real(onPath) === real(process.execPath) ? onPath : process.execPath;
}

/** What a program that was started from the desktop finds. */
const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
