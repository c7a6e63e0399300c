import type { AuditRecord } from '../ports.ts';
import { fieldsOf, sha256 } from './wholeFile.ts';

/** What the first line of a chain names as the line before it. */
export const firstLink = '0'.repeat(64);

export interface AuditLine {
  readonly record: AuditRecord;
  readonly prev: string;
  readonly hash: string;
}

export interface AuditProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface AuditVerification {
  /** Whether no record was changed, taken out, put in or moved. The chain cannot tell when its end was cut off. */
  readonly intact: boolean;
  readonly records: number;
  readonly problems: readonly AuditProblem[];
  /** Lines that a crash left half-written. Nothing was ever chained to them, so the record is whole without them. */
  readonly torn: readonly number[];
}

/** One line of the audit, without its end. The hash covers the very text before it, so no spelling is left open. */
export function auditLine(record: AuditRecord, prev: string): string {
  const body = JSON.stringify({ ...record, prev }).slice(0, -1);
  return `${body},"hash":"${sha256(body)}"}`;
}

/** `undefined` for a line that was not written by `auditLine`, or was changed since. */
export function readAuditLine(line: string): AuditLine | undefined {
  const [, body, hash] = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/.exec(line) ?? [];
  if (body === undefined || hash === undefined || sha256(body) !== hash) return undefined;
  const { prev, ...record } = fieldsOf(JSON.parse(`${body}}`)) ?? {};
  return typeof prev === 'string' && isRecord(record) ? { record, prev, hash } : undefined;
}

/** Checks every link of the chain in the text of an audit file. */
export function verifyAudit(text: string): AuditVerification {
  const problems: AuditProblem[] = [];
  const torn: number[] = [];
  let records = 0;
  let link = firstLink;
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const read = readAuditLine(line);
    if (read === undefined) {
      if (isHalfLine(line)) torn.push(index + 1);
      else problems.push({ line: index + 1, message: 'the line was changed after it was written' });
      continue;
    }
    if (read.prev !== link) {
      problems.push({ line: index + 1, message: 'the line does not follow from the one before it' });
    }
    records++;
    link = read.hash;
  }
  return { intact: problems.length === 0, records, problems, torn };
}

/** A half-written line lacks its end. One that has an end and a hash which does not fit was tampered with. */
function isHalfLine(line: string): boolean {
  return !/"hash":"[^"]*"\}\s*$/.test(line);
}

function isRecord(fields: object): fields is AuditRecord {
  return (
    'at' in fields && typeof fields.at === 'number' && 'event' in fields && typeof fields.event === 'string'
  );
}
