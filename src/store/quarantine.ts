import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Author, Verdict } from '../core/verdict/judgement.ts';
import type { Origin, Quarantine, RefusedVersion, Road } from '../ports.ts';
import { attempt } from './errors.ts';
import { isHash, type Objects } from './objects.ts';
import { fieldsOf, type OnDamage, readStored, setAside, sha256, writeWhole } from './wholeFile.ts';

/** Every refused version: its bytes among the objects, and one file that says whose it was. */
export function openQuarantine(directory: string, objects: Objects, onDamage: OnDamage): Quarantine {
  return {
    keep: (version) =>
      attempt(`keep the refused version of ${version.path}`, async () => {
        const { content, ...facts } = version;
        const hash = content === undefined ? null : await objects.put(content);
        // The id depends on nothing but path and content: a proposal that is tried again is the one that waits.
        const id = sha256(`${version.path}\0${hash ?? 'removed'}`).slice(0, 20);
        await writeWhole(join(directory, `${id}.json`), `${JSON.stringify({ ...facts, content: hash })}\n`);
        return id;
      }),
    get: (id) =>
      attempt(`read the refused version ${id}`, async () =>
        // An id may come from a command line; it must not name a file elsewhere.
        idPattern.test(id) ? readVersion(directory, id, objects, onDamage) : undefined,
      ),
    list: () => attempt(`list the refused versions in ${directory}`, () => listVersions(directory, onDamage)),
  };
}

const idPattern = /^[0-9a-f]{20}$/;

type Facts = Omit<RefusedVersion, 'content'>;

interface StoredVersion {
  readonly facts: Facts;
  readonly hash: string | null;
}

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

async function listVersions(
  directory: string,
  onDamage: OnDamage,
): Promise<readonly (Facts & { readonly id: string })[]> {
  const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{20}\.json$/.test(name));
  const read = async (name: string) => {
    const stored = await readStored(join(directory, name), decode, onDamage);
    return stored === undefined ? [] : [{ ...stored.facts, id: name.slice(0, 20) }];
  };
  const versions = (await Promise.all(names.map(read))).flat();
  return versions.sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
}

/** What another program wrote here is not trusted to have the shape it should have. */
function decode(value: unknown): StoredVersion | undefined {
  const { path, at, road, origin, verdict, content } = fieldsOf(value) ?? {};
  const from = originOf(origin);
  if (typeof path !== 'string' || typeof at !== 'number' || from === undefined) return undefined;
  if (!isOneOf(roads, road) || !isOneOf(verdicts, verdict)) return undefined;
  if (content !== null && !isHash(content)) return undefined;
  return { facts: { path, at, road, origin: from, verdict }, hash: content };
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
