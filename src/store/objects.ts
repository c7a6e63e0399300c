import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, errnoOf } from './errors.ts';
import { sha256 } from './sha256.ts';
import { type OnDamage, readSmall, setAside, writeNew, writeWhole } from './wholeFile.ts';

/** Contents by their sha256: the same bytes are kept once, and bytes that rotted are noticed. */
export interface Objects {
  put(content: Uint8Array): Promise<string>;
  /** The same for many, of which most are new. */
  putAll(contents: readonly Uint8Array[]): Promise<readonly string[]>;
  /** `undefined` when the content is not there, or no longer what it was. */
  get(hash: string): Promise<Uint8Array | undefined>;
}

export function openObjects(directory: string, onDamage: OnDamage): Objects {
  const putting = new Map<string, Promise<string>>();
  const put = async (hash: string, content: Uint8Array) => {
    // Its time tells that it is wanted, before it is named anywhere.
    touch(join(directory, hash));
    const kept = await intact(directory, hash, onDamage);
    if (kept === undefined) await writeWhole(join(directory, hash), content);
    return hash;
  };
  const putOnce = (content: Uint8Array, hash = sha256(content)) => {
    // Whoever wants the same bytes kept at the same moment waits for the one write.
    const under = putting.get(hash) ?? put(hash, content).finally(() => putting.delete(hash));
    putting.set(hash, under);
    return under;
  };
  return {
    put: (content) => attempt(`keep a version in ${directory}`, () => putOnce(content)),
    putAll: (contents) =>
      attempt(`keep versions in ${directory}`, async () => {
        const wanted = contents.map((content) => ({ content, hash: sha256(content) }));
        const fileOf = (hash: string) => join(directory, hash);
        const missing = wanted.filter(({ hash }) => !existsSync(fileOf(hash)));
        const written = await writeNew(new Map(missing.map(({ hash, content }) => [fileOf(hash), content])));
        return Promise.all(
          wanted.map(({ hash, content }) => (written.has(fileOf(hash)) ? hash : putOnce(content, hash))),
        );
      }),
    get: (hash) => attempt(`read a kept version in ${directory}`, () => intact(directory, hash, onDamage)),
  };
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

async function intact(directory: string, hash: string, onDamage: OnDamage): Promise<Uint8Array | undefined> {
  const file = join(directory, hash);
  const content = readSmall(file);
  if (content === undefined || sha256(content) === hash) return content;
  await setAside(file, 'its bytes are not the ones that were kept', onDamage);
  return undefined;
}
