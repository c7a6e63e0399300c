import { rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Baseline, Baselines } from '../ports.ts';
import type { VerifiableAudit } from './audit.ts';
import { attempt } from './errors.ts';
import type { Objects } from './objects.ts';
import { sha256 } from './sha256.ts';
import { baselineFile, decodeBaseline, type StoredBaseline } from './storedBaseline.ts';
import { type OnDamage, readStored, readWhole, setAside, writeNew, writeWhole } from './wholeFile.ts';

/** One small file for each path, so that two windows which accept two files never lose each other's work. */
export function openBaselines(
  directory: string,
  objects: Objects,
  audit: Pick<VerifiableAudit, 'holding'>,
  onDamage: OnDamage,
): Baselines {
  /** A file's name is the hash of its path, and so tells the same path for ever: thousands need not be read again. */
  const named = new Map<string, string>();
  let accepted: Promise<Set<string>> | undefined;
  /** Read once: later ones of this process are added, and those of others have their files. */
  const onRecord = () => {
    accepted ??= pathsOnRecord(audit);
    return accepted;
  };
  return {
    get: (path) =>
      attempt(`read the accepted version of ${path}`, () =>
        readBaseline(baselineFile(directory, path), path, objects, onDamage),
      ),
    accept: (path, { content }) =>
      attempt(`record the accepted version of ${path}`, async () => {
        // The content goes first: a baseline never names bytes that are not there yet.
        const hash = content === undefined ? null : await objects.put(content);
        await writeWhole(baselineFile(directory, path), lineFor(path, hash));
        rmSync(lostMark(baselineFile(directory, path)), { force: true });
        (await accepted)?.add(path);
      }),
    begin: (first) =>
      attempt(`record the accepted versions in ${directory}`, async () => {
        const [lost, known] = [new Set(await readdir(directory)), await onRecord()];
        const isLost = (path: string) =>
          known.has(path) || lost.has(basename(lostMark(baselineFile(directory, path))));
        const wanted = [...first].filter(([path]) => !isLost(path));
        const hashes = await objects.putAll(wanted.map(([, content]) => content));
        const files = wanted.map(([path], at) => {
          return [baselineFile(directory, path), lineFor(path, hashes[at] ?? null)] as const;
        });
        const written = await writeNew(new Map(files));
        const taken = wanted.flatMap(([path], at) => (written.has(files[at]?.[0] ?? '') ? path : []));
        for (const path of taken) known.add(path);
        return taken;
      }),
    isLost: (path, content) =>
      attempt(`read what was accepted of ${path}`, async () => {
        const mark = await readWhole(lostMark(baselineFile(directory, path)));
        if (mark === undefined) return (await onRecord()).has(path);
        return content === undefined || new TextDecoder().decode(mark) !== sha256(content);
      }),
    paths: () =>
      attempt(`list the accepted versions in ${directory}`, async () => {
        const names = await baselineNames(directory);
        const read = async (name: string) => {
          const path = named.get(name) ?? (await readEntry(join(directory, name), onDamage))?.path;
          if (path !== undefined) named.set(name, path);
          return path;
        };
        return (await Promise.all(names.map(read))).filter((path) => path !== undefined).sort();
      }),
    without: (paths) =>
      attempt(`look for the accepted versions in ${directory}`, async () => {
        const names = new Set(await baselineNames(directory));
        return paths.filter((path) => {
          const name = basename(baselineFile(directory, path));
          if (names.has(name)) named.set(name, path);
          return !names.has(name);
        });
      }),
  };
}

function lineFor(path: string, content: string | null): string {
  return `${JSON.stringify({ path, content })}\n`;
}

/** A file that was taken away whole leaves no mark, but the record knows of it. */
async function pathsOnRecord(audit: Pick<VerifiableAudit, 'holding'>): Promise<Set<string>> {
  const records = await audit.holding('"baseline-taken"');
  return new Set(records.flatMap(({ event, path }) => (event === 'baseline-taken' ? (path ?? []) : [])));
}

/** Stands where a baseline was lost, and holds the hash of the content if that is known. Without it an empty place would look as if nothing had been accepted, and take whatever comes. */
function lostMark(file: string): string {
  return file.replace(/json$/, 'lost');
}

async function readEntry(
  file: string,
  onDamage: OnDamage,
  expected?: string,
): Promise<StoredBaseline | undefined> {
  let isDamaged = false;
  const stored = await readStored(
    file,
    (value) => {
      const decoded = decodeBaseline(value, expected);
      isDamaged = decoded === undefined;
      return decoded;
    },
    onDamage,
  );
  if (isDamaged) await writeWhole(lostMark(file), '');
  return stored;
}

async function readBaseline(
  file: string,
  path: string,
  objects: Objects,
  onDamage: OnDamage,
): Promise<Baseline | undefined> {
  const stored = await readEntry(file, onDamage, path);
  if (stored === undefined) return undefined;
  if (stored.content === null) return { content: undefined };
  const content = await objects.get(stored.content);
  if (content !== undefined) return { content };
  await writeWhole(lostMark(file), stored.content);
  await setAside(file, `the accepted version of ${path} is missing or damaged`, onDamage);
  return undefined;
}

/** The contents of all accepted versions, which must never be dropped. */
export async function acceptedHashes(directory: string, onDamage: OnDamage): Promise<readonly string[]> {
  return (await storedBaselines(directory, onDamage)).flatMap(({ content }) => content ?? []);
}

async function storedBaselines(directory: string, onDamage: OnDamage): Promise<readonly StoredBaseline[]> {
  const names = await baselineNames(directory);
  const read = (name: string) => readEntry(join(directory, name), onDamage);
  return (await Promise.all(names.map(read))).filter((baseline) => baseline !== undefined);
}

async function baselineNames(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
}
