import { formatGrant } from './core/scope/grants.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import type { AuditEvent, AuditRecord, Ports, Refusal, RefusedEntry, Road } from './ports.ts';

/** Writes one line of the audit with the time it happened. */
export function record(
  { audit, clock }: Pick<Ports, 'audit' | 'clock'>,
  event: AuditEvent,
  rest: Omit<AuditRecord, 'at' | 'event'>,
): Promise<void> {
  return audit.append({ at: clock.now(), event, ...rest });
}

/** What the record says last of a refused version, by whichever guard. */
export async function lastOnRecord(
  { audit }: Pick<Ports, 'audit'>,
  id: string,
): Promise<AuditEvent | undefined> {
  return (await audit.last(id))?.event;
}

/**
 * Whether a refusal is on record that nobody has answered. Before a write each attempt counts; what is found on disk is
 * one refusal, whichever guards find it. `earlier` is what was known of the version before.
 */
export async function isOnRecord(
  ports: Pick<Ports, 'audit'>,
  road: Road,
  earlier: RefusedEntry | undefined,
): Promise<boolean> {
  if (earlier?.isOpen !== true || (road !== 'disk' && road !== 'start')) return false;
  const last = await lastOnRecord(ports, earlier.id);
  return last === 'held' || (last === 'restored' && road === 'disk');
}

/** What a person is asked: to the same question they need not answer no twice. */
export function refusalOf({ baseline: before, judgement, returns }: Asked): Refusal {
  const { verdict, grants } = judgement;
  return { before, under: JSON.stringify([verdict, grants.map(formatGrant).sort(), returns]) };
}

interface Asked {
  readonly baseline: Uint8Array | undefined;
  readonly judgement: Judgement;
  readonly returns?: string | undefined;
}

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
