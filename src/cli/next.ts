import { formatAddress } from '../core/model/address.ts';
import { printable } from '../core/printable.ts';
import type { Grant } from '../core/scope/grant.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { JudgedChange } from '../core/verdict/judgement.ts';
import type { Call } from './command.ts';
import type { Report } from './formats/report.ts';

/** The last line of a report: the one thing to do now, as a command that can be run where there is one. */
export function nextAfterCheck(call: Call, { judgement, before, after }: Report): string {
  const { verdict, changes, problems } = judgement;
  if (verdict === 'allow') return '';
  if (verdict === 'undecided') {
    const where = problems.every(({ ofModel }) => ofModel)
      ? 'what is named above'
      : 'what standard error names';
    return `Next: correct ${where}, then check again.`;
  }
  const outside = changes.find(({ inScope }) => !inScope);
  const widen =
    outside === undefined ? '' : `to allow one more change, add --scope ${quoted(grantFor(outside))}`;
  const isPair = call.operands.length === 2 && !call.operands.includes('-');
  const hasInScope = changes.some(({ inScope }) => inScope);
  if (!isPair || !hasInScope) return `Next: undo what nobody asked for, or, ${widen}.`;
  const scope = judgement.grants.map((grant) => `--scope ${quoted(formatGrant(grant))}`).join(' ');
  const salvage = ['infrahold salvage', quoted(before), quoted(after), scope].join(' ');
  return printable(`Next: keep only what is in scope with: ${salvage}; or, ${widen}.`);
}

function grantFor({ op, address, renamedTo }: JudgedChange): string {
  const ops = { added: 'add', removed: 'remove', changed: 'change', renamed: 'rename' } as const;
  const target = renamedTo === undefined ? {} : { to: formatAddress(renamedTo) };
  const grant: Grant = { op: ops[op], address, ...target };
  return formatGrant(grant);
}

/** As a shell takes it; a plain name is left as it is. */
function quoted(text: string): string {
  if (/^[\w./@%+=:,-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
