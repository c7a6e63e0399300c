import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Author, Verdict } from '../core/verdict/judgement.ts';
import type { Origin, Quarantine, Refusal, RefusedEntry, RefusedVersion, Road } from '../ports.ts';
import { attempt } from './errors.ts';
import { isHash, type Objects } from './objects.ts';
import { sha256 } from './sha256.ts';
import { fieldsOf, type OnDamage, readStored, setAside, writeWhole } from './wholeFile.ts';

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
  const entryOf = (id: string, { facts, isAnswered, askedBy }: StoredVersion): RefusedEntry => {
    const isOpen = !isAnswered;
    return { ...facts, id, isOpen, isAsked: isOpen && askedBy !== process.pid && mayAsk(askedBy) };
  };
  const stored = (id: string) => readStored(join(directory, `${id}.json`), decode, onDamage);
  return {
    keep: ({ content, ...facts }) =>
      attempt(`keep the refused version of ${facts.path}`, async () => {
        const hash = content === undefined ? null : await objects.put(content);
        const id = idOf(facts.path, hash);
        const known = await stored(id);
        const isKnown = known !== undefined && !known.isAnswered;
        // What waits is not written again at every try; only who asks about it may be another by now.
        if (isKnown && (known.askedBy === process.pid || mayAsk(known.askedBy))) return id;
        const refusals = known?.refusals ?? [];
        const version = isKnown ? known : { facts, hash, isAnswered: false, refusals };
        await writeEntry(directory, id, { ...version, askedBy: process.pid });
        return id;
      }),
    answered: (id, refusal) =>
      attempt(`note the answer to the refused version ${id}`, async () => {
        const known = await stored(id);
        if (known === undefined) return;
        const refusals = refusal === undefined ? [] : [...known.refusals, nameOf(refusal)];
        await writeEntry(directory, id, {
          ...known,
          isAnswered: true,
          refusals: refusals.slice(-mostRefusals),
        });
      }),
    isRefused: (id, refusal) =>
      attempt(`read the answers to the refused version ${id}`, async () => {
        const refusals = (await stored(id))?.refusals ?? [];
        return refusals.length > 0 && refusals.includes(nameOf(refusal));
      }),
    prepare: (content) => {
      // Whether it can be kept is told by `keep`, which tries again.
      objects.put(content).catch(() => undefined);
    },
    get: (id) =>
      attempt(`read the refused version ${id}`, async () =>
        // An id may come from a command line; it must not name a file elsewhere.
        idPattern.test(id) ? readVersion(directory, id, objects, onDamage) : undefined,
      ),
    find: (path, content) =>
      attempt(`read a refused version of ${path}`, async () => {
        const id = idOf(path, content === undefined ? null : sha256(content));
        const known = await stored(id);
        return known && entryOf(id, known);
      }),
    list: (path) =>
      attempt(`list the refused versions in ${directory}`, async () =>
        (await storedVersions(directory, onDamage, seen, path))
          .map(({ id, ...version }) => entryOf(id, version))
          .sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1)),
      ),
  };
}

/** It depends on nothing but path and content: a proposal that is tried again is the one that waits. */
function idOf(path: string, hash: string | null): string {
  return sha256(`${path}\0${hash ?? 'removed'}`).slice(0, 20);
}

function nameOf({ before, under }: Refusal): string {
  return sha256([before === undefined ? 'none' : sha256(before), under].join('\0'));
}

/** Each is another state of the file, or another scope, in which somebody said no to the same version. */
const mostRefusals = 16;

function writeEntry(directory: string, id: string, version: StoredVersion): Promise<void> {
  const { facts, hash: content, isAnswered, askedBy, refusals } = version;
  const entry = { ...facts, content, askedBy, isAnswered, refusals };
  return writeWhole(join(directory, `${id}.json`), `${JSON.stringify(entry)}\n`);
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
  /** What a person has said no to it over, as hashes. */
  readonly refusals: readonly string[];
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
  path?: string,
): Promise<readonly (StoredVersion & { readonly id: string })[]> {
  const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{20}\.json$/.test(name));
  const read = async (name: string) => {
    const known = seen.get(name);
    // The name follows from the path, so what was of another path is so for good.
    if (path !== undefined && known !== undefined && known.stored.facts.path !== path) return [];
    const file = join(directory, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    const stamp = `${stats?.ino} ${stats?.mtimeMs}`;
    const stored = known?.stamp === stamp ? known.stored : await readStored(file, decode, onDamage);
    if (stored === undefined) return [];
    seen.set(name, { stamp, stored });
    if (path !== undefined && stored.facts.path !== path) return [];
    return [{ ...stored, id: name.slice(0, 20) }];
  };
  return (await Promise.all(names.map(read))).flat();
}

/** What another program wrote here is not trusted to have the shape it should have. */
function decode(value: unknown): StoredVersion | undefined {
  const {
    path,
    at,
    road,
    origin,
    verdict,
    content,
    askedBy,
    isAnswered,
    refusals: told,
  } = fieldsOf(value) ?? {};
  const from = originOf(origin);
  if (typeof path !== 'string' || typeof at !== 'number' || from === undefined) return undefined;
  if (!isOneOf(roads, road) || !isOneOf(verdicts, verdict)) return undefined;
  if (content !== null && !isHash(content)) return undefined;
  const asked = typeof askedBy === 'number' ? askedBy : 0;
  const facts = { path, at, road, origin: from, verdict };
  // An older entry has none; without one a person is asked once too often, and nothing else.
  const refusals = Array.isArray(told) ? told.filter(isHash) : [];
  return { facts, hash: content, isAnswered: isAnswered === true, askedBy: asked, refusals };
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
