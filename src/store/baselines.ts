import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Baseline, Baselines } from '../ports.ts';
import { attempt } from './errors.ts';
import { isHash, type Objects } from './objects.ts';
import { fieldsOf, type OnDamage, readStored, setAside, sha256, writeWhole } from './wholeFile.ts';

/** One small file for each path, so that two windows which accept two files never lose each other's work. */
export function openBaselines(directory: string, objects: Objects, onDamage: OnDamage): Baselines {
  return {
    get: (path) =>
      attempt(`read the accepted version of ${path}`, () =>
        readBaseline(fileOf(directory, path), path, objects, onDamage),
      ),
    accept: (path, { content }) =>
      attempt(`record the accepted version of ${path}`, async () => {
        // The content goes first: a baseline never names bytes that are not there yet.
        const hash = content === undefined ? null : await objects.put(content);
        await writeWhole(fileOf(directory, path), `${JSON.stringify({ path, content: hash })}\n`);
      }),
    paths: () =>
      attempt(`list the accepted versions in ${directory}`, () => storedPaths(directory, onDamage)),
  };
}

/** `content` is the hash of the bytes, or `null` for an accepted removal. */
interface StoredBaseline {
  readonly path: string;
  readonly content: string | null;
}

/** A path can be longer than a file name may be, and differ from another by case only; its hash is neither. */
function fileOf(directory: string, path: string): string {
  return join(directory, `${sha256(path)}.json`);
}

async function readBaseline(
  file: string,
  path: string,
  objects: Objects,
  onDamage: OnDamage,
): Promise<Baseline | undefined> {
  const stored = await readStored(file, (value) => decode(value, path), onDamage);
  if (stored === undefined) return undefined;
  if (stored.content === null) return { content: undefined };
  const content = await objects.get(stored.content);
  if (content !== undefined) return { content };
  await setAside(file, `the accepted version of ${path} is missing or damaged`, onDamage);
  return undefined;
}

async function storedPaths(directory: string, onDamage: OnDamage): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  const read = (name: string) => readStored(join(directory, name), (value) => decode(value), onDamage);
  const stored = await Promise.all(names.map(read));
  return stored.flatMap((baseline) => (baseline === undefined ? [] : [baseline.path])).sort();
}

function decode(value: unknown, expected?: string): StoredBaseline | undefined {
  const { path, content } = fieldsOf(value) ?? {};
  if (typeof path !== 'string' || (expected !== undefined && path !== expected)) return undefined;
  return content === null || isHash(content) ? { path, content } : undefined;
}
