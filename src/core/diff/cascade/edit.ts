import type { InfraDocument } from '../../model/document.ts';
import type { Affected, AffectedReason } from '../reasons.ts';

export interface Edit {
  readonly before: InfraDocument;
  readonly after: InfraDocument;
  /** The new names of renamed services by their old ones. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly recreated: ReadonlySet<string>;
}

export function affected(service: string, cause: string, reason: AffectedReason): Affected {
  return { service, cause, reason };
}

export function namesIn(recreated: ReadonlySet<string>, kind: string): string[] {
  return [...recreated].flatMap((name) => (name.startsWith(`${kind}:`) ? [name.slice(kind.length + 1)] : []));
}
