import { randomBytes } from 'node:crypto';
import { chmod, type FileHandle, lstat, mkdir, open, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, GuardError } from '../store/errors.ts';
import { renameOver } from '../store/wholeFile.ts';

/** What a file that is written anew should have, where the file before it is gone. */
export interface Owner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Whether a file name is one that `replaceFile` uses while it writes. */
export function isTemporaryName(name: string): boolean {
  return /^\..*\.infrahold-[0-9a-f]{12}\.tmp$/.test(name);
}

/**
 * Puts a whole new content in place of a file. A program in the middle of writing the old file goes on writing
 * into the old one, which is gone, so the two never mix.
 */
export async function replaceFile(file: string, content: Uint8Array, last: Owner | undefined): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await clearWay(file);
  const owner = (await stat(file).catch(() => undefined)) ?? last;
  try {
    await replaceAtomically(file, content, owner);
  } catch (error) {
    // A folder that admits no new file, or a file that is a mount of its own, can still be written in place.
    if (!['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(errnoOf(error))) throw error;
    await overwrite(file, content, error);
  }
}

export async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return;
    // A folder of that name is no such file either.
    if ((await lstat(file)).isDirectory()) return;
    throw error;
  }
}

/** Container engines leave an empty folder where a file that they should mount was missing. */
async function clearWay(file: string): Promise<void> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats?.isDirectory() !== true) return;
  try {
    await rmdir(file);
  } catch (error) {
    const message = `Infrahold could not put ${file} back: a folder stands in its place. Move the folder away`;
    throw new GuardError('failed', message, error);
  }
}

async function replaceAtomically(file: string, content: Uint8Array, owner: Owner | undefined): Promise<void> {
  const name = `.${basename(file).slice(0, 50)}.infrahold-${randomBytes(6).toString('hex')}.tmp`;
  const temporary = join(dirname(file), name);
  try {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      if (owner !== undefined) await takeOver(handle, owner);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The mode comes before the content: a secret must not be readable by others for even a moment. */
async function takeOver(handle: FileHandle, { mode, uid, gid }: Owner): Promise<void> {
  const now = await handle.stat();
  if ((now.uid !== uid || now.gid !== gid) && process.platform !== 'win32') {
    // Only the superuser may give a file away; anybody else keeps the content and the mode at least.
    await handle.chown(uid, gid).catch(() => undefined);
  }
  await handle.chmod(mode & 0o7777);
}

async function overwrite(file: string, content: Uint8Array, refusal: unknown): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  if (before === undefined) throw refusal;
  const isReadOnly = (before.mode & 0o200) === 0;
  if (isReadOnly) await chmod(file, before.mode | 0o200);
  try {
    const handle = await open(file, 'r+');
    try {
      for (let at = 0; at < content.length; ) {
        at += (await handle.write(content, at, content.length - at, at)).bytesWritten;
      }
      await handle.truncate(content.length);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    if (isReadOnly) await chmod(file, before.mode);
  }
}
