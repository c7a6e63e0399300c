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
import { type ChainEnd, firstLink, type Head } from './auditLine.ts';
import { errnoOf } from './errors.ts';
import { asideName, type OnDamage } from './wholeFile.ts';

/** Where the number and the hash of the newest record are, for a record in this file. */
export function headOf(file: string): string {
  return join(dirname(file), 'audit.head');
}

/** `undefined` when there is none or it does not read as one. */
export function readHead(file: string): Head | undefined {
  try {
    const read = /^(\d{15}) ([0-9a-f]{64}) (\d{15})\n$/.exec(readFileSync(file, 'utf8'));
    if (read === null) return undefined;
    const [, first, hash, last] = read;
    // Of a number that is half new and half old, the other one is whole.
    return { seq: Math.min(Number(first), Number(last)), hash: first === last ? hash : undefined };
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes(errnoOf(error))) return undefined;
    throw error;
  }
}

/** The record is safe already; a head that cannot be moved lags, and the next record moves it. */
export function moveHead(file: string, end: ChainEnd, onDamage: OnDamage): void {
  try {
    writeHead(headOf(file), end);
  } catch (error) {
    onDamage(`${headOf(file)}: it could not be written (${errnoOf(error)}); the record itself is kept`);
  }
}

/** A folder or garbage in its place would never again read as a head. */
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
  if (isNew && !existsSync(file) && !existsSync(headOf(file)))
    writeHead(headOf(file), { seq: 0, hash: firstLink });
}

/**
 * Always as long, and written in place, with the number at both ends: a crash that leaves the beginning new and the rest
 * old is told by it. It is not made safe from a power cut, after which it only lags. Runs under the lock only.
 */
function writeHead(file: string, { seq, hash }: ChainEnd): void {
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w', 0o600);
  const number = `${seq}`.padStart(15, '0');
  try {
    ftruncateSync(descriptor, writeSync(descriptor, `${number} ${hash} ${number}\n`, 0));
  } finally {
    closeSync(descriptor);
  }
}
