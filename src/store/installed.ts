import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from './sha256.ts';
import { fieldsOf, type OnDamage, readStored, writeWhole } from './wholeFile.ts';

/** How to take back what was written into a file: only the piece that was changed is kept, not the file. */
export interface InstalledEdit {
  /** Tells whether the file is still as we left it. */
  readonly after: string;
  readonly existed: boolean;
  /** How much of the text we left stood there before, at its beginning and at its end. */
  readonly head: number;
  readonly tail: number;
  /** What stood between the two. */
  readonly between: string;
  /** The outermost folder that was made for the file. */
  readonly madeFolder: string | undefined;
}

/** The record of what was installed where, so that each byte can be put back. It may be lost without harm. */
export interface InstalledEdits {
  get(file: string): Promise<InstalledEdit | undefined>;
  set(file: string, edit: InstalledEdit | undefined): Promise<void>;
}

export function openInstalled(stateRoot: string, onDamage: OnDamage): InstalledEdits {
  const file = join(stateRoot, 'installed.json');
  const all = async (): Promise<Readonly<Record<string, InstalledEdit>>> => {
    if (!existsSync(file)) return {};
    return (await readStored(file, decode, onDamage)) ?? {};
  };
  return {
    get: async (path) => (await all())[path],
    set: async (path, edit) => {
      const { [path]: _, ...others } = await all();
      await mkdir(stateRoot, { recursive: true, mode: 0o700 });
      const now = edit === undefined ? others : { ...others, [path]: edit };
      await writeWhole(file, `${JSON.stringify({ schema: 1, files: now }, null, 2)}\n`);
    },
  };
}

/** What leads from the text we leave back to the one that was there. */
export function editBack(
  before: string | undefined,
  after: string,
  madeFolder: string | undefined,
): InstalledEdit {
  const old = before ?? '';
  const most = Math.min(old.length, after.length);
  let head = 0;
  while (head < most && old[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const between = old.slice(head, old.length - tail);
  return { after: sha256(after), existed: before !== undefined, head, tail, between, madeFolder };
}

/** The text that was there, if `now` is what we left: `{ text: undefined }` for no file; otherwise nothing. */
export function textBefore(
  { after, existed, head, tail, between }: InstalledEdit,
  now: string,
): { readonly text: string | undefined } | undefined {
  if (sha256(now) !== after) return undefined;
  return { text: existed ? now.slice(0, head) + between + now.slice(now.length - tail) : undefined };
}

function decode(value: unknown): Readonly<Record<string, InstalledEdit>> | undefined {
  const files = fieldsOf(fieldsOf(value)?.files);
  if (files === undefined) return undefined;
  const edits = Object.entries(files).map(([path, edit]) => [path, decodeEdit(edit)] as const);
  return Object.fromEntries(edits.flatMap(([path, edit]) => (edit === undefined ? [] : [[path, edit]])));
}

export function decodeEdit(value: unknown): InstalledEdit | undefined {
  const { after, existed, head, tail, between, madeFolder } = fieldsOf(value) ?? {};
  const isWhole =
    typeof after === 'string' &&
    typeof existed === 'boolean' &&
    typeof head === 'number' &&
    typeof tail === 'number' &&
    typeof between === 'string';
  if (!isWhole) return undefined;
  return {
    after,
    existed,
    head,
    tail,
    between,
    madeFolder: typeof madeFolder === 'string' ? madeFolder : undefined,
  };
}
