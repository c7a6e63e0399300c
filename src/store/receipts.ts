import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Receipts } from '../ports.ts';
import { attempt } from './errors.ts';
import { sha256 } from './sha256.ts';
import { fieldsOf, type OnDamage, readStored, writeWhole } from './wholeFile.ts';

/** One small file for each, named by what it lets replace what: another content has another name. */
export function openReceipts(directory: string, onDamage: OnDamage): Receipts {
  const fileOf = (path: string, before: Uint8Array | undefined, after: Uint8Array | undefined) =>
    join(directory, `${sha256([path, hashOf(before), hashOf(after)].join('\0'))}.json`);
  return {
    add: ({ path, before, after, ...facts }) =>
      attempt(`record the approval of ${path}`, () =>
        writeWhole(fileOf(path, before, after), `${JSON.stringify({ path, ...facts })}\n`),
      ),
    find: (path, before, after) =>
      attempt(`read the approval of ${path}`, async () => {
        // Mostly there are none, and to hash both contents takes a hook long.
        if (isEmpty(directory)) return undefined;
        return readStored(fileOf(path, before, after), (value) => decode(value, path), onDamage);
      }),
  };
}

function isEmpty(directory: string): boolean {
  return !existsSync(directory) || readdirSync(directory).length === 0;
}

function hashOf(content: Uint8Array | undefined): string {
  return content === undefined ? 'none' : sha256(content);
}

function decode(value: unknown, expected: string) {
  const { path, expiresAt, call } = fieldsOf(value) ?? {};
  if (path !== expected || typeof expiresAt !== 'number') return undefined;
  return { expiresAt, ...(typeof call === 'string' && { call }) };
}
