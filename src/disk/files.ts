import { lstatSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sameBytes } from '../content.ts';
import type { Displaced, ProtectedFiles, Replacing } from '../ports.ts';
import { attempt } from '../store/errors.ts';
import { faded, type LastLook, wasSame } from './lastLook.ts';
import { isInside, locate, type Place } from './locate.ts';
import { type Owner, replaceFile } from './replace.ts';
import { type Look, look, settledRead } from './settledRead.ts';

/** The protected files of the workspace at `root`, on disk. */
export function protectedFiles(root: string): ProtectedFiles {
  const known = lastLooks();
  return {
    read: (path, likely) => attempt(`read ${path}`, () => read(known, root, path, likely)),
    holds: (path, content) =>
      attempt(`read ${path}`, async () => {
        const place = locate(root, path);
        const seen = look(place.file);
        const isSame = sameBytes(seen.content, content);
        if (isSame) await remember(known, path, place, seen);
        return isSame;
      }),
    replace: (path, content, how = {}) =>
      attempt(`${content === undefined ? 'remove' : 'put back'} ${path}`, () =>
        replace(known, root, { path, content, how }),
      ),
  };
}

interface Known {
  readonly look: LastLook;
  /** Kept when the file goes away, so that it comes back with the same mode. */
  readonly owner: Owner | undefined;
  /** The real path of a link's target when the file was first seen. */
  readonly target: string | undefined;
}

async function read(
  known: LastLooks,
  root: string,
  path: string,
  likely: ((content: Uint8Array) => void) | undefined,
): Promise<Uint8Array | undefined> {
  const before = known.get(path);
  const place = locate(root, path);
  const seen = await settledRead(place.file, before?.look, likely);
  await remember(known, path, place, seen);
  return seen.content;
}

async function remember(known: LastLooks, path: string, place: Place, seen: Look): Promise<void> {
  const before = known.get(path);
  known.set(path, {
    look: seen,
    owner: ownerOf(seen) ?? before?.owner,
    target: before === undefined ? await linkTarget(place) : before.target,
  });
}

async function replace(
  known: LastLooks,
  root: string,
  { path, content, how }: { path: string; content: Uint8Array | undefined; how: Replacing },
): Promise<Displaced | undefined> {
  const { once, onlyLastRead } = how;
  // It may fail before the new content is ready, when nobody waits for it yet.
  once?.catch(() => undefined);
  const before = known.get(path);
  const place = locate(root, path);
  const target = await linkTarget(place);
  // A link that was turned elsewhere is part of the edit: what it points at now is another file, not to be lost.
  const follows = target !== undefined && (before === undefined || target === before.target);
  const file = follows && content !== undefined ? target : place.file;
  const lastRead = before?.look;
  const displaced = await replaceFile(file, {
    content,
    owner: before?.owner,
    ...(once && { once }),
    ...(onlyLastRead && { lastRead }),
  });
  if (displaced?.stands === true) return displaced;
  const after = look(place.file);
  known.set(path, {
    look: after,
    owner: ownerOf(after) ?? before?.owner,
    target: before === undefined ? target : before.target,
  });
  return lastRead !== undefined && wasSame(lastRead, displaced?.content) ? undefined : displaced;
}

interface LastLooks {
  get(path: string): Known | undefined;
  set(path: string, now: Known): void;
}

/** Of so many files the content is at hand that was read last; there may be thousands. */
const mostContents = 64;

function lastLooks(): LastLooks {
  const known = new Map<string, Known>();
  const recent = new Set<string>();
  return {
    get: (path) => known.get(path),
    set: (path, now) => {
      recent.delete(path);
      recent.add(path);
      known.set(path, now);
      const [oldest] = recent;
      if (recent.size <= mostContents || oldest === undefined) return;
      recent.delete(oldest);
      const old = known.get(oldest);
      if (old !== undefined) known.set(oldest, { ...old, look: faded(old.look) });
    },
  };
}

function ownerOf({ content, mode, uid, gid }: Look): Owner | undefined {
  return content && { mode, uid, gid };
}

/** Where a link inside the workspace leads, though its target be gone; `undefined` for anything else. */
async function linkTarget({ root, file }: Place): Promise<string | undefined> {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return undefined;
  const target = await realpath(file).catch(() => danglingTarget(file));
  return target !== undefined && isInside(root, target) ? target : undefined;
}

/** Where a link leads whose target is gone, so that the target can come back. */
async function danglingTarget(link: string): Promise<string | undefined> {
  try {
    const target = resolve(dirname(link), await readlink(link));
    return resolve(await realpath(dirname(target)), target.slice(dirname(target).length + 1));
  } catch {
    return undefined;
  }
}
