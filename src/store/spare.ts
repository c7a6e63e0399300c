import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from './sha256.ts';
import { unique } from './wholeFile.ts';

/** Contents by name, outside of the state, so that they are there when the state is gone. */
export interface Spare {
  keep(name: string, content: Uint8Array): void;
  forget(name: string): void;
  /** `undefined` when it was never kept, or is no longer what it was. */
  get(name: string): Uint8Array | undefined;
  /** What it takes of the disk, in bytes. */
  size(): number;
  /** Lets go of all of it. */
  dispose(): void;
}

/** Below this it is not worth while to write anew what is still wanted. */
const leastWaste = 1024 * 1024;

/**
 * Keeps the contents in a file without a name: there they take no memory, nobody finds them to delete them, and they go
 * with the process, however it ends. Where no such file can be made, or the disk is full, memory takes them.
 */
export function openSpare(folder = tmpdir()): Spare {
  const kept = new Map<string, Kept>();
  let file: NamelessFile | undefined;
  let wanted = 0;
  let isDisposed = false;
  const write = (content: Uint8Array, digest: string): Kept => {
    wanted += content.length;
    try {
      file ??= namelessFile(folder);
      return { digest, length: content.length, at: file.append(content) };
    } catch {
      return { digest, length: content.length, content };
    }
  };
  const forget = (name: string) => {
    wanted -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  const writeAnew = () => {
    const former = file;
    file = undefined;
    wanted = 0;
    for (const [name, one] of kept) {
      const content = readKept(former, one);
      if (content === undefined) kept.delete(name);
      else kept.set(name, write(content, one.digest));
    }
    former?.close();
  };
  return {
    forget,
    size: () => file?.size() ?? 0,
    dispose: () => {
      isDisposed = true;
      file?.close();
      file = undefined;
      kept.clear();
    },
    get: (name) => {
      const one = kept.get(name);
      return one && readKept(file, one);
    },
    keep: (name, content) => {
      const digest = sha256(content);
      if (isDisposed || kept.get(name)?.digest === digest) return;
      forget(name);
      kept.set(name, write(content, digest));
      if (file !== undefined && file.size() > leastWaste + 2 * wanted) writeAnew();
    },
  };
}

interface Kept {
  readonly digest: string;
  readonly length: number;
  /** Where it is in the file, or itself. */
  readonly at?: number;
  readonly content?: Uint8Array;
}

function readKept(
  file: NamelessFile | undefined,
  { digest, length, at, content }: Kept,
): Uint8Array | undefined {
  if (content !== undefined) return content;
  const read = at === undefined ? undefined : file?.read(at, length);
  return read !== undefined && sha256(read) === digest ? read : undefined;
}

interface NamelessFile {
  /** Gives where it begins. */
  append(content: Uint8Array): number;
  read(at: number, length: number): Uint8Array | undefined;
  size(): number;
  close(): void;
}

function namelessFile(folder: string): NamelessFile {
  const name = join(folder, `infrahold-${unique()}`);
  const descriptor = openSync(name, 'wx+', 0o600);
  unlinkSync(name);
  let end = 0;
  return {
    append: (content) => {
      const at = end;
      for (let done = 0; done < content.length; )
        done += writeSync(descriptor, content, done, content.length - done, at + done);
      end = at + content.length;
      return at;
    },
    read: (at, length) => {
      const content = new Uint8Array(length);
      return readSync(descriptor, content, 0, length, at) === length ? content : undefined;
    },
    size: () => end,
    close: () => closeSync(descriptor),
  };
}
