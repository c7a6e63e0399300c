import { access, constants, lstat, mkdir, readFile, readlink, realpath, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { removeFile, replaceFile } from '../disk/replace.ts';
import { errnoOf } from '../store/errors.ts';

/** The text of a settings file, its byte order mark included; `undefined` where there is no file. */
export async function readSettings(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return undefined;
    if (error instanceof TypeError) throw new Error('it is not UTF-8 text');
    throw error;
  }
}

/** Why a file cannot be written; `undefined` when it can. Asked before anything is written anywhere. */
export async function obstacle(path: string): Promise<string | undefined> {
  const file = await realFile(path);
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isDirectory() === true) return 'a folder of that name stands in its place';
  // A rename could replace a read-only file; whoever made it so did not want that.
  if (stats !== undefined && (stats.mode & 0o222) === 0) return 'the file is read-only';
  let folder = dirname(file);
  for (;;) {
    const place = await stat(folder).catch(() => undefined);
    if (place?.isDirectory() === true) {
      const isWritable = (place.mode & 0o222) !== 0 && (await isAllowed(folder));
      return isWritable ? undefined : `the folder ${folder} is read-only`;
    }
    if (place !== undefined) return `${folder} is a file and not a folder`;
    if (dirname(folder) === folder) return 'there is no folder to put it in';
    folder = dirname(folder);
  }
}

/** Writes at once and keeps mode and links; gives the outermost folder that had to be made. */
export async function writeSettings(path: string, text: string): Promise<string | undefined> {
  const file = await realFile(path);
  const made = await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, { content: new TextEncoder().encode(text) });
  return made;
}

/** Removes a file and the folders around it that are empty now, up to and including `outermost`. */
export async function removeSettings(path: string, outermost: string | undefined): Promise<void> {
  await removeFile(path);
  if (outermost === undefined) return;
  const last = resolve(outermost);
  for (let folder = dirname(resolve(path)); folder.startsWith(last); folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
}

/** Where a link leads, though its target be gone; people keep their settings in a folder of dot files. */
async function realFile(path: string): Promise<string> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isSymbolicLink() !== true) return path;
  return realpath(path).catch(async () => resolve(dirname(path), await readlink(path)));
}

async function isAllowed(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
