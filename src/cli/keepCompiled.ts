import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Compiled, headLength, keptOf } from './compiled.ts';

/** Keeps what was compiled of these files, with what is kept of them already. */
export function keepCompiled(folder: string, files: readonly Compiled[], way: string): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) forgetOld(dirname(folder));
  for (const { file, script, ways } of files) {
    const data = script.createCachedData();
    const head = Buffer.alloc(headLength);
    head.writeUInt32LE(data.length);
    const half = Buffer.concat([head, data, ways ?? Buffer.from('\n'), Buffer.from(`${way}\n`)]);
    write(keptOf(folder, file), Buffer.concat([half, half]));
  }
}

/** At once, so that no other run reads a part; and safe on disk first, or a power cut could leave its name on nothing. */
function write(file: string, content: Buffer): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What other versions have kept goes when a new one comes. One that is still used keeps it anew. */
function forgetOld(compiled: string): void {
  for (const name of readdirSync(compiled)) {
    const folder = join(compiled, name);
    if (Date.now() - statSync(folder).mtimeMs > oldAge) rmSync(folder, { recursive: true, force: true });
  }
}

/** Thirty days, in milliseconds. */
const oldAge = 30 * 24 * 3_600_000;
