import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Author, Verdict } from '../core/verdict/judgement.ts';
import type { KeptVersion, Origin, Quarantine, RefusedVersion, Road } from '../ports.ts';
import { attempt } from './errors.ts';
import { isHash, type Objects } from './objects.ts';
import { fieldsOf, type OnDamage, readStored, setAside, sha256, writeWhole } from './wholeFile.ts';

/**
 * Every refused version: its bytes among the objects, and one file that says whose it was. `mayAsk` tells whether a
 * process lives and can ask a person.
 */
export function openQuarantine(
  directory: string,
  objects: Objects,
  onDamage: OnDamage,
  mayAsk: (pid: number) => boolean,
): Quarantine {
  const seen: Seen = new Map();
  return {
    keep: (version) =>
      attempt(`keep the refused version of ${version.path}`, () =>
        keep(directory, version, objects, onDamage, mayAsk),
      ),
    answered: (id) =>
      attempt(`note the answer to the refused version ${id}`, async () => {
        const file = join(directory, `${id}.json`);
        const stored = await readStored(file, decode, onDamage);
        if (stored !== undefined) await writeEntry(file, { ...stored, isAnswered: true });
      }),
    get: (id) =>
      attempt(`read the refused version ${id}`, async () =>
        // An id may come from a command line; it must not name a file elsewhere.
        idPattern.test(id) ? readVersion(directory, id, objects, onDamage) : undefined,
      ),
    list: () =>
      attempt(`list the refused versions in ${directory}`, async () =>
        (await storedVersions(directory, onDamage, seen))
          .map(({ id, facts }) => ({ ...facts, id }))
          .sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1)),
      ),
  };
}

async function keep(
  directory: string,
  { content, ...facts }: RefusedVersion,
  objects: Objects,
  onDamage: OnDamage,
  mayAsk: (pid: number) => boolean,
): Promise<KeptVersion> {
  const hash = content === undefined ? null : await objects.put(content);
  // The id depends on nothing but path and content: a proposal that is tried again is the one that waits.
  const id = sha256(`${facts.path}\0${hash ?? 'removed'}`).slice(0, 20);
  const file = join(directory, `${id}.json`);
  const known = await readStored(file, decode, onDamage);
  const isOpen = known !== undefined && !known.isAnswered;
  const isAsked = isOpen && known.askedBy !== process.pid && mayAsk(known.askedBy);
  // What waits is not written again at every try; only who asks about it is another by now.
  if (!isOpen) await writeEntry(file, { facts, hash, isAnswered: false, askedBy: process.pid });
  else if (!isAsked && known.askedBy !== process.pid)
    await writeEntry(file, { ...known, askedBy: process.pid });
  return { id, isOpen, isAsked };
}

function writeEntry(file: string, { facts, hash, isAnswered, askedBy }: StoredVersion): Promise<void> {
  return writeWhole(file, `${JSON.stringify({ ...facts, content: hash, askedBy, isAnswered })}\n`);
}

const idPattern = /^[0-9a-f]{20}$/;

type Facts = Omit<RefusedVersion, 'content'>;

export interface StoredVersion {
  readonly facts: Facts;
  readonly hash: string | null;
  /** A person has chosen what becomes of it. */
  readonly isAnswered: boolean;
  /** The process that refused it last. */
  readonly askedBy: number;
}

/** What was read of each file, and what the file looked like then. */
type Seen = Map<string, { readonly stamp: string; readonly stored: StoredVersion }>;

async function readVersion(
  directory: string,
  id: string,
  objects: Objects,
  onDamage: OnDamage,
): Promise<RefusedVersion | undefined> {
  const file = join(directory, `${id}.json`);
  const stored = await readStored(file, decode, onDamage);
  if (stored === undefined) return undefined;
  const { facts, hash } = stored;
  if (hash === null) return { ...facts, content: undefined };
  const content = await objects.get(hash);
  if (content !== undefined) return { ...facts, content };
  await setAside(file, `the refused version of ${facts.path} is missing or damaged`, onDamage);
  return undefined;
}

/** A guard looks through the list at every write it refuses, so a file that looks as before is not read again. */
export async function storedVersions(
  directory: string,
  onDamage: OnDamage,
  seen: Seen = new Map(),
): Promise<readonly (StoredVersion & { readonly id: string })[]> {
  const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{20}\.json$/.test(name));
  const read = async (name: string) => {
    const file = join(directory, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    const stamp = `${stats?.ino} ${stats?.mtimeMs}`;
    const known = seen.get(name);
    const stored = known?.stamp === stamp ? known.stored : await readStored(file, decode, onDamage);
    if (stored === undefined) return [];
    seen.set(name, { stamp, stored });
    return [{ ...stored, id: name.slice(0, 20) }];
  };
  return (await Promise.all(names.map(read))).flat();
}

/** What another program wrote here is not trusted to have the shape it should have. */
function decode(value: unknown): StoredVersion | undefined {
  const { path, at, road, origin, verdict, content, askedBy, isAnswered } = fieldsOf(value) ?? {};
  const from = originOf(origin);
  if (typeof path !== 'string' || typeof at !== 'number' || from === undefined) return undefined;
  if (!isOneOf(roads, road) || !isOneOf(verdicts, verdict)) return undefined;
  if (content !== null && !isHash(content)) return undefined;
  const asked = typeof askedBy === 'number' ? askedBy : 0;
  const facts = { path, at, road, origin: from, verdict };
  return { facts, hash: content, isAnswered: isAnswered === true, askedBy: asked };
}

function originOf(value: unknown): Origin | undefined {
  const { author, tool, model, session } = fieldsOf(value) ?? {};
  if (!isOneOf(authors, author)) return undefined;
  return {
    author,
    ...(typeof tool === 'string' && { tool }),
    ...(typeof model === 'string' && { model }),
    ...(typeof session === 'string' && { session }),
  };
}

// The compiler cannot list a union at run time; a member that is missing here would make a version look damaged.
const roads: readonly Road[] = ['save', 'disk', 'start', 'hook', 'cli'];
const verdicts: readonly Verdict[] = ['allow', 'ask', 'deny', 'undecided'];
const authors: readonly Author[] = ['human', 'ai', 'git', 'unknown'];

function isOneOf<T>(known: readonly T[], value: unknown): value is T {
  return known.some((one) => one === value);
}
