import { join } from 'node:path';
import { guardErrorFrom } from './errors.ts';
import { type OnDamage, readWhole, setAside, sha256, writeWhole } from './wholeFile.ts';

/** Contents by their sha256: the same bytes are kept once, and bytes that rotted are noticed. */
export interface Objects {
  put(content: Uint8Array): Promise<string>;
  /** `undefined` when the content is not there, or no longer what it was. */
  get(hash: string): Promise<Uint8Array | undefined>;
}

export function openObjects(directory: string, onDamage: OnDamage): Objects {
  return {
    put: async (content) => {
      const hash = sha256(content);
      try {
        if ((await intact(directory, hash, onDamage)) === undefined) {
          await writeWhole(join(directory, hash), content);
        }
        return hash;
      } catch (error) {
        throw guardErrorFrom(error, `keep a version in ${directory}`);
      }
    },
    get: async (hash) => {
      try {
        return await intact(directory, hash, onDamage);
      } catch (error) {
        throw guardErrorFrom(error, `read a kept version in ${directory}`);
      }
    },
  };
}

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

async function intact(directory: string, hash: string, onDamage: OnDamage): Promise<Uint8Array | undefined> {
  const file = join(directory, hash);
  const content = await readWhole(file);
  if (content === undefined || sha256(content) === hash) return content;
  await setAside(file, 'its bytes are not the ones that were kept', onDamage);
  return undefined;
}
