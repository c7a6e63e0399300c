import { formatGrant } from './core/scope/grants.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import type { AuditEvent, AuditRecord, Ports } from './ports.ts';

/** Writes one line of the audit with the time it happened. */
export function record(
  { audit, clock }: Pick<Ports, 'audit' | 'clock'>,
  event: AuditEvent,
  rest: Omit<AuditRecord, 'at' | 'event'>,
): Promise<void> {
  return audit.append({ at: clock.now(), event, ...rest });
}

/** Whether the record says last of a refused version that it is held, by whichever guard. */
export async function isHeldOnRecord({ audit }: Pick<Ports, 'audit'>, id: string): Promise<boolean> {
  const records = await audit.tail(mostLookedThrough);
  return (
    records.findLast(({ quarantine, event }) => quarantine === id && event !== 'restored')?.event === 'held'
  );
}

const mostLookedThrough = 1_000;

/** The part of a judgement that goes on record: addresses and grants, no values. */
export function inWords({
  verdict,
  changes,
  grants,
}: Judgement): Pick<AuditRecord, 'verdict' | 'changes' | 'grants'> {
  return {
    verdict,
    changes: changes.map(({ op, address }) => `${op} ${address}`),
    grants: grants.map(formatGrant),
  };
}
