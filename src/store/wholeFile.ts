import {
  closeSync,
  existsSync,
  fsync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf, GuardError } from './errors.ts';

/** Told in words about a stored file that cannot be used. */
export type OnDamage = (message: string) => void;

/**
 * Replaces a stored file at once: a reader, or a crash, sees the old file or the new one and nothing between. Only what
 * takes the disk its time is waited for; each other call would wait longer for a thread than it takes.
 */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = temporaryFor(file);
  try {
    await writeSynced(temporary, content);
    await renameOver(temporary, file);
    await syncDirectory(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw errnoOf(error) === 'ENOENT' ? stateGone(dirname(file)) : error;
  }
}

/**
 * Writes many files at once, each whole or not at all, and leaves those alone that are there by then. Gives what it has
 * written. The disk takes its time for all of them together, which for one after another would be minutes.
 */
export async function writeNew(
  files: ReadonlyMap<string, Uint8Array | string>,
): Promise<ReadonlySet<string>> {
  const temporaries = new Map([...files.keys()].map((file) => [file, temporaryFor(file)]));
  const descriptors: number[] = [];
  const written = new Set<string>();
  try {
    for (const [file, temporary] of temporaries) {
      const descriptor = openSync(temporary, 'wx', 0o600);
      descriptors.push(descriptor);
      writeFileSync(descriptor, files.get(file) ?? '');
    }
    // Only now: while a disk makes one file safe, it lets nobody make another.
    await Promise.all(descriptors.map(synced));
    for (const [file, temporary] of temporaries) if (takeName(temporary, file)) written.add(file);
    await Promise.all([...new Set([...files.keys()].map(dirname))].map(syncDirectory));
    return written;
  } catch (error) {
    const [file = ''] = files.keys();
    throw errnoOf(error) === 'ENOENT' ? stateGone(dirname(file)) : error;
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
    for (const temporary of temporaries.values()) rmSync(temporary, { force: true });
  }
}

async function writeSynced(file: string, content: Uint8Array | string): Promise<void> {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(descriptor, content);
    // Without this a power cut can leave the new name on an empty file.
    await synced(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a file a name that nobody has taken; `false` where somebody has. */
function takeName(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    // Not every file system has links; there the moment in between is what it is.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(errnoOf(error)) || existsSync(name)) throw error;
    renameSync(file, name);
    return true;
  }
}

function temporaryFor(file: string): string {
  return join(dirname(file), `.${basename(file)}.${unique()}.tmp`);
}

/** Done when what was written to an open file would survive a power cut. */
export function synced(descriptor: number): Promise<void> {
  return new Promise((done, failed) => {
    fsync(descriptor, (error) => (error === null ? done() : failed(error)));
  });
}

/** A rename is safe from a power cut only once its directory is. Windows cannot open a directory, and needs it not. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    await synced(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** `undefined` when there is no such file; a missing state directory is an error, for it is no empty one. */
export async function readWhole(file: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (errnoOf(error) === 'EISDIR') return holdsNothing;
    if (errnoOf(error) !== 'ENOENT') throw error;
    await mustExist(dirname(file));
    return undefined;
  }
}

/** A folder in the place of a file is as good as a damaged one, and is set aside like it. */
const holdsNothing = new Uint8Array();

/** The same at once, for what is small: a hook reads several, and has no time to wait for each. */
export function readSmall(file: string): Uint8Array | undefined {
  // Most of what is asked for is not there, and an error takes far longer than a look. What may not be looked at throws.
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return notThere(file);
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    if (errnoOf(error) === 'EISDIR') return holdsNothing;
    if (errnoOf(error) !== 'ENOENT') throw error;
    return notThere(file);
  }
}

function notThere(file: string): undefined {
  if (!existsSync(dirname(file))) throw stateGone(dirname(file));
  return undefined;
}

/** Moves a file that cannot be used out of the way, where a person can still look at it. */
export async function setAside(file: string, reason: string, onDamage: OnDamage): Promise<void> {
  const aside = asideName(file);
  try {
    await rename(file, aside);
    onDamage(`${basename(file)}: ${reason}; it was set aside as ${aside}`);
  } catch (error) {
    // Another window may have set it aside first; then it has told so.
    if (errnoOf(error) !== 'ENOENT') onDamage(`${file}: ${reason}; it could not be set aside`);
  }
}

/** The time tells a person when, the random part keeps two damages of one millisecond apart. */
export function asideName(file: string): string {
  return `${file}.damaged-${Date.now()}-${unique()}`;
}

/** Tells names apart and keeps no secret, so that nothing has to be loaded for it. */
export function unique(): string {
  return `${process.pid.toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

export function stateGone(directory: string): GuardError {
  const message = `Infrahold's state directory ${directory} is gone. Put it back, or reload to start with a new one`;
  return new GuardError('state-gone', message);
}

/** Reads a stored JSON file. One that does not hold what it should is reported, set aside, and counts as absent. */
export async function readStored<T>(
  file: string,
  decode: (value: unknown) => T | undefined,
  onDamage: OnDamage,
): Promise<T | undefined> {
  const bytes = readSmall(file);
  if (bytes === undefined) return undefined;
  const stored = decode(parsed(bytes));
  if (stored === undefined) await setAside(file, 'its content is damaged', onDamage);
  return stored;
}

/** Windows refuses to rename over a file that a program has open, which most programs do for a moment only. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 8) throw error;
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(error))) throw error;
      await delay(5 * attempt);
    }
  }
}

/** The fields of a parsed object, none of them trusted yet. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

async function mustExist(directory: string): Promise<void> {
  try {
    await stat(directory);
  } catch (error) {
    throw errnoOf(error) === 'ENOENT' ? stateGone(directory) : error;
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
