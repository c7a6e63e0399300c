import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf } from './errors.ts';
import { asideName, type OnDamage } from './wholeFile.ts';

/** Where the number of the newest record is, for a record in this file. */
export function headOf(file: string): string {
  return join(dirname(file), 'audit.head');
}

/** `undefined` when there is none or it does not read as a number. */
export function readHead(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return /^\d{1,15}\n$/.test(text) ? Number(text) : undefined;
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes(errnoOf(error))) return undefined;
    throw error;
  }
}

/** The record is safe already; a head that cannot be moved lags, and the next record moves it. */
export function moveHead(file: string, seq: number, onDamage: OnDamage): void {
  try {
    writeHead(headOf(file), seq);
  } catch (error) {
    onDamage(`${headOf(file)}: it could not be written (${errnoOf(error)}); the record itself is kept`);
  }
}

/** A folder or garbage in its place would never again read as a number. */
export function setHeadAside(head: string, onDamage: OnDamage): void {
  const isThere = existsSync(head);
  const aside = asideName(head);
  if (isThere) renameSync(head, aside);
  const what = isThere ? `it is damaged, and was set aside as ${aside}` : 'it is missing';
  onDamage(`${head}: ${what}; it is made anew, and the record says so`);
}

/** A state that is new has a head, so that it is missing only where somebody took it away. */
export function beginAudit(directory: string): void {
  const file = join(directory, 'audit.jsonl');
  const isNew = ['baselines', 'quarantine'].every((name) => readdirSync(join(directory, name)).length === 0);
  if (isNew && !existsSync(file) && !existsSync(headOf(file))) writeHead(headOf(file), 0);
}

/**
 * Always as long, and written in place: sixteen bytes are on disk as they were or as they are. It is not made safe from
 * a power cut, after which it only lags. Runs under the lock only.
 */
function writeHead(file: string, seq: number): void {
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w', 0o600);
  try {
    ftruncateSync(descriptor, writeSync(descriptor, `${`${seq}`.padStart(15, '0')}\n`, 0));
  } finally {
    closeSync(descriptor);
  }
}
