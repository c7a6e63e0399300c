import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { Script } from 'node:vm';
import { homeFolder, stateHome } from '../store/stateHome.ts';

/** A file of this program as V8 has compiled it. */
export interface Compiled {
  readonly file: string;
  readonly script: Script;
  /** What was done by the runs whose compiled code was used, a line each. */
  readonly ways: Buffer | undefined;
}

/** Made by the build from everything that it has built, so that no other build's compiled code is taken for it. */
declare const BUILD: string;

/** Beside the states of the workspaces, where no agent may write. */
export function compiledFolder(env: Readonly<Record<string, string | undefined>>): string {
  const { versions, arch, platform } = process;
  const state = stateHome(env, platform, homeFolder(env));
  return `${state}/infrahold/compiled/${BUILD}-${versions.node}-${versions.v8}-${arch}`;
}

/**
 * Compiles a file with what was kept of it in that folder. Node has such a cache of its own from 22.1 on, but keeps only
 * what is compiled before a file runs, which is the smaller part. Without anything kept it costs time and nothing else.
 */
export function compiledWith(folder: string, file: string): Compiled {
  const kept = readKept(keptOf(folder, file));
  const text = readFileSync(file, 'utf8');
  // The files of the command line are built like this; what the editor loads as well is not.
  const code = text.startsWith(wrapping) ? text : `${wrapping}{ ${text}\n})`;
  const script = new Script(code, { filename: file, ...(kept && { cachedData: kept.data }) });
  return { file, script, ways: script.cachedDataRejected === false ? kept?.ways : undefined };
}

const wrapping = '(function (exports, require, module, __filename, __dirname) ';

export function keptOf(folder: string, file: string): string {
  return folder + file.slice(lastSlash(file));
}

/** The folder of a file, as Node names it. */
export function folderOf(file: string): string {
  return file.slice(0, lastSlash(file));
}

function lastSlash(file: string): number {
  return Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
}

/** Runs a file as Node runs a CommonJS module. */
export function runIn(
  module: { exports: unknown },
  { script, file }: Compiled,
  ask: (id: string) => unknown,
): void {
  const run = script.runInThisContext();
  run.call(module.exports, module.exports, ask, module, file, folderOf(file));
}

/** The length of the compiled code, in the first bytes of a kept file. */
export const headLength = 8;

/**
 * A kept file holds everything twice: V8 does not look at what it is given, and of a damaged file the halves differ, which
 * costs nothing to find out. V8 runs it unseen as well, so nobody else may have been able to write it.
 */
function readKept(file: string): { readonly data: Buffer; readonly ways: Buffer } | undefined {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size, uid, mode } = fstatSync(descriptor);
      // Windows has its own rules for who may write, and does not tell.
      if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0))
        return undefined;
      const whole = Buffer.allocUnsafeSlow(size);
      const half = whole.subarray(0, size / 2);
      if (readSync(descriptor, whole) !== size || !half.equals(whole.subarray(size / 2))) return undefined;
      const end = headLength + half.readUInt32LE(0);
      return { data: half.subarray(headLength, end), ways: half.subarray(end) };
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
