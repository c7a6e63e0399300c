import { createHash } from 'node:crypto';
import type { Path } from '../../core/model/address.ts';
import { printable } from '../../core/printable.ts';
import { redactText } from '../../core/redact.ts';
import type { Grant } from '../../core/scope/grant.ts';
import { formatGrant } from '../../core/scope/grants.ts';
import { endOf, type Widening } from '../../widening.ts';
import { counted, wordsFor } from '../words.ts';

/** The question as a person reads it. What an agent wrote is one line of it and says so. */
export function questionInWords(question: Widening, now: number): string {
  const { path, grants, reason, kept, atStake, asker } = question;
  const minutes = Math.ceil((endOf(question, now) - now) / 60_000);
  const lines = [
    `Infrahold: ${asker} asks for leave in ${path}, for ${counted(minutes, 'minute')}:`,
    ...grants.map((grant) => `  ${formatGrant(grant)}`),
    `Its reason: ${redactText(reason)}`,
    ...(atStake.length === 0 ? [] : [`DATA CAN BE LOST: ${listed(atStake)}.`]),
    ...(kept === undefined ? [] : [`Allowed already, and then as long: ${inOneLine(kept.grants)}.`]),
    'Only you can allow it. The answer is recorded.',
  ];
  return lines.map(printable).join('\n');
}

/** The answers to choose from. Where data is at stake, the yes says so. */
export function choicesFor({ atStake }: Pick<Widening, 'atStake'>): readonly [string, string] {
  return ['Refuse', atStake.length === 0 ? 'Allow' : 'Allow, data may be lost'];
}

/** Tells whether an answer belongs to this very question. */
export function fingerprint(question: Widening): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('hex');
}

const mostListed = 8;

function listed(paths: readonly Path[]): string {
  const more = paths.length > mostListed ? ` and ${paths.length - mostListed} more` : '';
  return paths.slice(0, mostListed).map(wordsFor).join('; ') + more;
}

/** Grants as people type them, in one line. */
export function inOneLine(grants: readonly Grant[]): string {
  return grants.length === 0 ? 'nothing' : grants.map(formatGrant).join('; ');
}
