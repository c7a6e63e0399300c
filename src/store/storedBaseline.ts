import { join } from 'node:path';
import { isHash } from './objects.ts';
import { sha256 } from './sha256.ts';
import { fieldsOf } from './wholeFile.ts';

/** `content` is the hash of the bytes, or `null` for an accepted removal. */
export interface StoredBaseline {
  readonly path: string;
  readonly content: string | null;
}

/** A path can be longer than a file name may be, and differ from another by case only; its hash is neither. */
export function baselineFile(directory: string, path: string): string {
  return join(directory, `${sha256(path)}.json`);
}

export function decodeBaseline(value: unknown, expected?: string): StoredBaseline | undefined {
  const { path, content } = fieldsOf(value) ?? {};
  if (typeof path !== 'string' || (expected !== undefined && path !== expected)) return undefined;
  return content === null || isHash(content) ? { path, content } : undefined;
}
