import { setTimeout as delay } from 'node:timers/promises';
import { sameBytes } from '../content.ts';
import { sha256 } from '../store/sha256.ts';
import { askGit } from './git.ts';
import { headStamp } from './headStamp.ts';

/** What HEAD holds below one folder. */
export interface HeadContents {
  holds(name: string, content: Uint8Array): Promise<boolean>;
  has(name: string): Promise<boolean>;
}

/** A tool that rewrites two hundred files must not start four hundred processes: what is asked together goes together. */
const together = 2;
const mostOutput = 64 * 1024 * 1024;

/** `git` is the repository's own directory, `folder` the top of its work tree. */
export function headContents(folder: string, git: string): HeadContents {
  let batch: { readonly names: string[]; readonly stored: Promise<readonly Stored[]> } | undefined;
  const known = new Map<string, { readonly stamp: string; readonly stored: Stored }>();
  const ask = (name: string): Promise<Stored> => {
    if (batch === undefined) {
      const names: string[] = [];
      const askAll = async () => {
        await delay(together);
        batch = undefined;
        return readStored(folder, names);
      };
      batch = { names, stored: askAll() };
    }
    const { names, stored } = batch;
    const at = names.push(name) - 1;
    return stored.then((all) => all[at] ?? nothing);
  };
  const stored = async (name: string): Promise<Stored> => {
    const stamp = headStamp(folder, git, name);
    const before = known.get(name);
    if (stamp !== undefined && before?.stamp === stamp) return before.stored;
    const answer = await ask(name);
    known.delete(name);
    if (stamp !== undefined && stamp === headStamp(folder, git, name))
      known.set(name, { stamp, stored: answer });
    return answer;
  };
  return {
    has: async (name) => (await stored(name)).digest !== undefined,
    holds: async (name, content) => {
      const { digest, bareDigest, isFiltered } = await stored(name);
      if (digest === undefined) return false;
      if (!isFiltered && digest === sha256(content)) return true;
      const isConverted = isFiltered || bareDigest === sha256(withoutReturns(content));
      return isConverted && checkoutWrites(folder, 'HEAD', name, content);
    },
  };
}

/** Whether a checkout of that commit would write exactly these bytes: with the line ends and filters in force. */
export async function checkoutWrites(
  folder: string,
  commit: string,
  name: string,
  content: Uint8Array,
): Promise<boolean> {
  const args = ['cat-file', '--filters', `${commit}:./${name}`];
  return sameBytes(await askGit({ folder, args, most: content.length + 1 }), content);
}

/** What is remembered of a committed content, which itself may be large. */
interface Stored {
  readonly digest: string | undefined;
  /** Of the content without the carriage returns that git may add or take away. */
  readonly bareDigest: string | undefined;
  /** Whether git changes more than line ends on the way between blob and file. */
  readonly isFiltered: boolean;
}

const nothing: Stored = { digest: undefined, bareDigest: undefined, isFiltered: false };

async function readStored(folder: string, names: readonly string[]): Promise<readonly Stored[]> {
  // The questions are lines, so a name with a line end in it cannot be asked about.
  const lines = names.map((name) => (name.includes('\n') ? '\n' : `HEAD:./${name}\n`)).join('');
  const paths = names.map((name) => `${name}\0`).join('');
  const attributes = ['check-attr', '-z', '--stdin', 'filter', 'ident', 'working-tree-encoding'];
  const [contents, filters] = await Promise.all([
    askGit({ folder, args: ['cat-file', '--batch'], most: mostOutput, input: lines }),
    askGit({ folder, args: attributes, most: mostOutput, input: paths }),
  ]);
  if (contents === undefined || filters === undefined) return [];
  const filtered = new Set<string>();
  const fields = filters.toString().split('\0');
  for (let at = 0; at + 2 < fields.length; at += 3) {
    if (fields[at + 2] !== 'unspecified' && fields[at + 2] !== 'unset') filtered.add(fields[at] ?? '');
  }
  const blobs = blobsOf(contents);
  return names.map((name, at) => {
    const blob = blobs[at];
    if (blob === undefined) return nothing;
    const digests = { digest: sha256(blob), bareDigest: sha256(withoutReturns(blob)) };
    return { ...digests, isFiltered: filtered.has(name) };
  });
}

/** For each question git writes a line that ends in the size, and the content; or a line that says it is missing. */
function blobsOf(output: Buffer): readonly (Uint8Array | undefined)[] {
  const blobs: (Uint8Array | undefined)[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const size = /^[0-9a-f]+ (\w+) (\d+)$/.exec(output.toString('utf8', at, end));
    at = end + 1;
    if (size === null) {
      blobs.push(undefined);
      continue;
    }
    const length = Number(size[2]);
    blobs.push(size[1] === 'blob' ? output.subarray(at, at + length) : undefined);
    at += length + 1;
  }
  return blobs;
}

function withoutReturns(content: Uint8Array): Uint8Array {
  return content.filter((byte) => byte !== 0x0d);
}
