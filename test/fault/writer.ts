import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chance } from './chance.ts';
import { refusedText, type Written } from './texts.ts';

export interface WriterTask {
  readonly root: string;
  /** For links that point away from the accepted file. */
  readonly aside: string;
  readonly log: string;
  readonly seed: number;
  readonly writes: number;
  readonly paths: readonly string[];
}

/** One process that writes to its share of the files; no other writer touches those, so what became of a version is known. */
export async function writeAtRandom({ root, aside, log, seed, writes, paths }: WriterTask): Promise<void> {
  const next = chance(seed);
  const standing = new Map<string, NonNullable<Written['taken']>>();
  const note = (line: Omit<Written, 'at'>, at = Date.now()) =>
    appendFileSync(log, `${JSON.stringify({ at, ...line })}\n`);
  for (let count = 0; count < writes; count++) {
    const path = paths[Math.floor(next() * paths.length)] ?? '';
    const op = ops[Math.floor(next() * ops.length)] ?? 'in place';
    const file = join(root, path);
    const taken = standing.get(path);
    if (taken !== undefined && readOr(file) !== taken.text) note({ path, op, taken });
    standing.delete(path);
    const text = refusedText(path, `${seed}-${count}`);
    const written = attempt(op, { file, aside: join(aside, `${seed}-${count}.txt`), text });
    if (written !== undefined) {
      note({ path, op, ...written });
      await pause(aMoment);
      const there = readOr(file);
      if (there !== undefined && there === written.text) standing.set(path, { text: there, op });
      else if (taken !== undefined && there === taken.text) standing.set(path, taken);
    }
    // Most follow one another closely; a few leave the guard the time to answer.
    await pause(next() < 0.02 ? 1_500 : next() * 30);
  }
}

/** What was there for less may have been overtaken by a restore that was under way, before anybody could see it. */
const aMoment = 2;

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const ops = [
  'in place',
  'in place',
  'rename',
  'rename',
  'truncate',
  'delete',
  'chmod',
  'folder',
  'link',
] as const;

interface Place {
  readonly file: string;
  readonly aside: string;
  readonly text: string;
}

/** `undefined` where the guard or the write before left nothing to do it to. */
function attempt(op: (typeof ops)[number], place: Place): Pick<Written, 'text'> | undefined {
  try {
    return steps[op](place);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (['ENOENT', 'EEXIST', 'ENOTEMPTY', 'EACCES'].includes(String(code))) return undefined;
    throw error;
  }
}

const steps: Record<(typeof ops)[number], (place: Place) => Pick<Written, 'text'>> = {
  'in place': ({ file, text }) => {
    writeFileSync(file, text);
    return { text };
  },
  rename: ({ file, text }) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    return { text };
  },
  truncate: ({ file }) => {
    const wasEmpty = statSync(file).size === 0;
    truncateSync(file);
    return wasEmpty ? {} : { text: '' };
  },
  delete: ({ file }) => {
    rmSync(file);
    return { text: null };
  },
  chmod: ({ file }) => {
    chmodSync(file, 0o600);
    return {};
  },
  folder: ({ file, text }) => {
    rmSync(dirname(file), { recursive: true });
    mkdirSync(dirname(file));
    writeFileSync(file, text);
    return { text };
  },
  link: ({ file, aside, text }) => {
    writeFileSync(aside, text);
    symlinkSync(aside, `${file}.link`);
    renameSync(`${file}.link`, file);
    return { text };
  },
};
