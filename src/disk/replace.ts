import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { chmod, lstat, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Displaced } from '../ports.ts';
import { errnoOf, GuardError } from '../store/errors.ts';
import { renameOver, synced } from '../store/wholeFile.ts';
import { type LastLook, wasSame } from './lastLook.ts';
import { look, lookAt, stampOf } from './settledRead.ts';

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

export interface Replacement {
  /** `undefined` removes the file. */
  readonly content: Uint8Array | undefined;
  readonly owner?: Owner | undefined;
  /** The new content is made ready meanwhile, but takes the place of the old only after this; never if it fails. */
  readonly once?: Promise<unknown>;
  /** Where it is given, nothing else may go. */
  readonly lastRead?: LastLook | undefined;
}

/**
 * Puts a whole new content in place of a file, or nothing. A program in the middle of writing the old file goes on
 * writing into the old one, which is gone, so the two never mix. Gives what the old one held at that moment.
 */
export async function replaceFile(file: string, replacement: Replacement): Promise<Displaced | undefined> {
  const { content, once, lastRead } = replacement;
  if (content === undefined) {
    await once;
    return displacing(file, lastRead, () => removeFile(file));
  }
  try {
    return await replaceAnyway(file, content, replacement);
  } catch (error) {
    // A folder that admits no new file, or a file that is a mount of its own, can still be written in place.
    if (!['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(errnoOf(error))) throw error;
    await once;
    const { content: old } = look(file);
    const stands = lastRead !== undefined && !wasSame(lastRead, old);
    if (old === undefined || !stands) await overwrite(file, content, error);
    return old && { content: old, stands };
  }
}

/** Another program may take the folder away while the file is being made in it. */
async function replaceAnyway(
  file: string,
  content: Uint8Array,
  replacement: Replacement,
): Promise<Displaced | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      return await replaceAtomically(file, content, {
        ...replacement,
        owner: statOf(file) ?? replacement.owner,
      });
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || attempt === mostFolders) throw error;
      // What failed may as well be what is waited for.
      await replacement.once;
    }
  }
}

const mostFolders = 10;

/** `undefined` too where a link leads in a circle or to a place that may not be looked at. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * What a file held when its name was taken from it: another program may have written it since it was last read, and
 * that must not be lost either. It is looked at just before, and, being open, once more just after. No system lets one
 * file be exchanged for another in one step that Node could ask for, so the two follow one another without a pause.
 */
async function displacing(
  file: string,
  lastRead: LastLook | undefined,
  step: () => Promise<void>,
): Promise<Displaced | undefined> {
  const descriptor = openOld(file);
  try {
    const newer = lastRead && newerThan(lastRead, file, descriptor);
    if (newer !== undefined) return { content: newer, stands: true };
    await step();
    const content = descriptor === undefined ? undefined : lookAt(descriptor).content;
    return content && { content, stands: false };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What looks as it did is not read again, for the time between the look and the step is what counts. */
function newerThan(last: LastLook, file: string, descriptor: number | undefined): Uint8Array | undefined {
  if (descriptor !== undefined && stampOf(fstatSync(descriptor)) === last.stamp) return undefined;
  const { content } = descriptor === undefined ? look(file) : lookAt(descriptor);
  return wasSame(last, content) ? undefined : content;
}

function openOld(file: string): number | undefined {
  // Windows lets nobody take the name of a file that is open.
  if (process.platform === 'win32') return undefined;
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    // It is gone, or a link to nowhere, or not to be read: then nothing of it was read before either.
    return undefined;
  }
}

export async function removeFile(file: string): Promise<void> {
  try {
    unlinkSync(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return;
    // A folder of that name is no such file either.
    if ((await lstat(file)).isDirectory()) return;
    throw error;
  }
}

/** Container engines leave an empty folder where a file that they should mount was missing. */
function clearWay(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  try {
    rmdirSync(file);
  } catch (error) {
    const message = `Infrahold could not put ${file} back: a folder stands in its place. Move the folder away`;
    throw new GuardError('failed', message, error);
  }
}

async function replaceAtomically(
  file: string,
  content: Uint8Array,
  { owner, once, lastRead }: Replacement,
): Promise<Displaced | undefined> {
  const name = `.${basename(file).slice(0, 50)}.infrahold-${randomBytes(6).toString('hex')}.tmp`;
  const temporary = join(dirname(file), name);
  try {
    const descriptor = openSync(temporary, 'wx', 0o666);
    try {
      if (owner !== undefined) takeOver(descriptor, owner);
      writeFileSync(descriptor, content);
      await synced(descriptor);
    } finally {
      closeSync(descriptor);
    }
    await once;
    clearWay(file);
    const displaced = await displacing(file, lastRead, () => renameOver(temporary, file));
    if (displaced?.stands === true) await rm(temporary, { force: true });
    return displaced;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The mode comes before the content: a secret must not be readable by others for even a moment. */
function takeOver(descriptor: number, { mode, uid, gid }: Owner): void {
  const now = fstatSync(descriptor);
  if ((now.uid !== uid || now.gid !== gid) && process.platform !== 'win32') {
    try {
      fchownSync(descriptor, uid, gid);
    } catch {
      // Only the superuser may give a file away; anybody else keeps the content and the mode at least.
    }
  }
  fchmodSync(descriptor, mode & 0o7777);
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
