import type { AuditRecord } from '../ports.ts';
import { sha256 } from './sha256.ts';
import { fieldsOf } from './wholeFile.ts';

/** What the first line of a chain names as the line before it. */
export const firstLink = '0'.repeat(64);

export interface AuditLine {
  readonly record: AuditRecord;
  /** Counted from 1. A cut at the end shows as a gap once the next record is written. */
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  /** There was no head when it was written, so that records before it may be missing. */
  readonly isHeadless: boolean;
  /** Set in a record of older ones that were let go. */
  readonly keptFrom?: KeptFrom;
}

/** Where the chain begins for whoever has let go what was before. */
export interface KeptFrom {
  /** The number of the first record that is kept, and what it names as the line before it. */
  readonly seq: number;
  readonly prev: string;
  /** Whether the chain was unbroken up to there. What was broken stays so, though nobody can look any more. */
  readonly wasWhole: boolean;
}

export interface AuditProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface AuditVerification {
  /** Whether no record was changed, taken out, put in, moved or, as far as a head was given, cut off at the end. */
  readonly intact: boolean;
  readonly records: number;
  readonly problems: readonly AuditProblem[];
  /** Lines that a crash left half-written. Nothing was ever chained to them, so the record is whole without them. */
  readonly torn: readonly number[];
  /** Set where the chain does not begin with the first record, and a later one says that those before were let go. */
  readonly evicted?: { readonly before: number; readonly at: number };
}

/** A record with what only the chain itself knows. */
export type WrittenRecord = AuditRecord & { readonly isHeadless?: true; readonly keptFrom?: KeptFrom };

/** One line of the audit, without its end. The hash covers the very text before it, so no spelling is left open. */
export function auditLine(
  record: WrittenRecord,
  seq: number,
  prev: string,
): { readonly line: string; readonly hash: string } {
  const body = JSON.stringify({ ...record, seq, prev }).slice(0, -1);
  const hash = sha256(body);
  return { line: `${body},"hash":"${hash}"}`, hash };
}

/** Whether a line ends with this hash, whatever it is worth. */
export function endsWithHash(line: string, hash: string): boolean {
  return line.endsWith(`,"hash":"${hash}"}`);
}

/** `undefined` for a line that was not written by `auditLine`, or was changed since. */
export function readAuditLine(line: string): AuditLine | undefined {
  const [, body, hash] = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/.exec(line) ?? [];
  if (body === undefined || hash === undefined || sha256(body) !== hash) return undefined;
  const { prev, seq, isHeadless, keptFrom, ...record } = fieldsOf(parsed(`${body}}`)) ?? {};
  if (typeof prev !== 'string' || typeof seq !== 'number' || !isRecord(record)) return undefined;
  const from = keptFromIn(keptFrom);
  const read = { record, seq, prev, hash, isHeadless: isHeadless === true };
  return from === undefined ? read : { ...read, keptFrom: from };
}

/** The records whose line holds a word. To check a line costs far more than to pass it over. */
export function recordsHolding(text: string, word: string): readonly AuditRecord[] {
  const lines = text.split('\n').filter((line) => line.includes(word));
  return lines.flatMap((line) => readAuditLine(line)?.record ?? []);
}

function keptFromIn(value: unknown): KeptFrom | undefined {
  const { seq, prev, wasWhole } = fieldsOf(value) ?? {};
  if (typeof seq !== 'number' || typeof prev !== 'string') return undefined;
  return { seq, prev, wasWhole: wasWhole === true };
}

/**
 * Checks every link of the chain in the texts of the audit's files, oldest first, and its end against the head: the
 * number and the hash of the newest record, kept in a file of its own. `head` is `null` when there is none, and then the end cannot
 * be vouched for. A chain that begins later than with its first record is whole only where a record in it says that
 * those before were let go, or one that is known. Lines are counted through all the texts.
 */
export function verifyAudit(
  texts: Iterable<string>,
  head?: Head | null,
  known: readonly Eviction[] = [],
): AuditVerification {
  const problems: AuditProblem[] = [];
  const torn: number[] = [];
  const evictions = [...known];
  let records = 0;
  let last: ChainEnd = { seq: 0, hash: firstLink };
  let opening: (ChainEnd & { readonly line: number }) | undefined;
  let lines = 0;
  for (const line of linesIn(texts)) {
    lines++;
    if (line === '') continue;
    const read = readAuditLine(line);
    if (read === undefined) {
      if (isHalfLine(line)) torn.push(lines);
      else problems.push({ line: lines, message: 'the line was changed after it was written' });
      continue;
    }
    if (records === 0 && read.seq > 1) {
      last = { seq: read.seq - 1, hash: read.prev };
      opening = { ...last, line: lines };
    }
    const message = brokenLink(last, read) ?? brokenHead(read, head);
    if (message !== undefined) problems.push({ line: lines, message });
    evictions.push(...[evictionIn(read) ?? []].flat());
    records++;
    last = read;
  }
  const first = brokenBeginning(opening, evictions);
  if (first !== undefined) problems.unshift({ line: opening?.line ?? 1, message: first });
  const end = brokenEnd(last.seq, head);
  if (end !== undefined) problems.push({ line: lines + 1, message: end });
  const evicted = opening === undefined || first !== undefined ? undefined : evictions.at(-1);
  return {
    ...{ intact: problems.length === 0, records, problems, torn },
    ...(evicted !== undefined && { evicted: { before: evicted.seq, at: evicted.at } }),
  };
}

export type ChainEnd = Pick<AuditLine, 'seq' | 'hash'>;

/**
 * What is noted of the newest record. Where a crash fell into the writing of it there is no hash, and the number is that
 * of the newest record or a lower one.
 */
export type Head = Pick<ChainEnd, 'seq'> & { readonly hash: string | undefined };

export type Eviction = KeptFrom & { readonly at: number };

export function evictionIn(line: AuditLine | undefined): Eviction | undefined {
  return line?.keptFrom && { ...line.keptFrom, at: line.record.at };
}

/**
 * A crash can leave files that were to go, so that the chain begins earlier than is said; what is missing beyond that was
 * taken away. Whoever has let something broken go has not mended it.
 */
function brokenBeginning(opening: ChainEnd | undefined, evictions: readonly Eviction[]): string | undefined {
  const broken = evictions.find(({ wasWhole }) => !wasWhole);
  if (broken !== undefined) return `records before ${broken.seq} were let go, and the chain was broken there`;
  if (opening === undefined) return undefined;
  const first = opening.seq + 1;
  const isSaid = ({ seq, prev }: Eviction) => seq > first || (seq === first && prev === opening.hash);
  if (evictions.some(isSaid)) return undefined;
  return `the beginning was cut off: the first record is ${first}, and no record says that those before were let go`;
}

function* linesIn(texts: Iterable<string>): Iterable<string> {
  for (const text of texts) {
    const lines = text.split('\n');
    yield* lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  }
}

function brokenLink(last: ChainEnd, { seq, prev, isHeadless }: AuditLine): string | undefined {
  if (isHeadless)
    return 'the head record was missing before this line, so records before it may have been cut off';
  if (seq > last.seq + 1)
    return `record ${seq} stands where record ${last.seq + 1} should; what is between was cut off`;
  return prev === last.hash && seq === last.seq + 1
    ? undefined
    : 'the line does not follow from the one before it';
}

/** Whoever writes the newest record anew, with a hash that fits, cannot have its hash be the one that was noted. */
function brokenHead({ seq, hash }: AuditLine, head: Head | null | undefined): string | undefined {
  return head?.seq === seq && head.hash !== undefined && head.hash !== hash
    ? 'the line is not the one that was written: the head record names another'
    : undefined;
}

/** The head may lag behind the record, for a crash can fall between the two writes, but never run ahead of it. */
function brokenEnd(seq: number, head: Head | null | undefined): string | undefined {
  if (head === undefined || (head === null && seq === 0)) return undefined;
  if (head === null) return 'the head record is missing, so whether the end was cut off cannot be told';
  return seq < head.seq ? `the end was cut off: records ${seq + 1} to ${head.seq} are missing` : undefined;
}

/** A half-written line lacks its end. One that has an end and a hash which does not fit was tampered with. */
function isHalfLine(line: string): boolean {
  return !/"hash":"[^"]*"\}\s*$/.test(line);
}

/** Whoever knows the form can write a line that fits, and what is shown of it must be there as it is expected. */
function isRecord(fields: Fields): fields is Fields & AuditRecord {
  const { at, event, path, note, quarantine, origin, changes, grants } = fields;
  return (
    typeof at === 'number' &&
    typeof event === 'string' &&
    [path, note, quarantine].every((text) => text === undefined || typeof text === 'string') &&
    (origin === undefined || fieldsOf(origin) !== undefined) &&
    [changes, grants].every((list) => list === undefined || isTexts(list))
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
