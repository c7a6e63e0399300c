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
  return { service, cause, reason, message: messageOn(reason, cause) };
}

function messageOn(reason: AffectedReason, cause: string): string {
  const name = cause.replace(':', ' ');
  switch (reason) {
    case 'undefined-dependency':
      return `held up by ${name}, which does not exist`;
    case 'disabled-dependency':
      return `held up by ${name}, which only starts under a profile`;
    case 'never-healthy':
      return `held up by ${name}, whose health nothing in the file checks`;
    case 'dependency-fails':
      return `held up by ${name}, which does not start`;
    case 'port-still-held':
      return `port still held by what runs of ${name}`;
    case 'lost-dependency':
      return `left without ${name}`;
    case 'unpublished-port':
      return `reached ${name} by a port of the host that is no longer published`;
    case 'recreated-with':
      return `made anew with ${name}, whose namespace or volumes are shared`;
    case 'restarted-with':
    case 'network-recreated':
      return `stopped while ${name} is made anew`;
    case 'volume-replaced':
      return `made anew if ${name} is replaced`;
    case 'volume-unshared':
      return `no longer sharing a volume with ${name}`;
    case 'network-isolated':
      return `no longer on a network with ${name}`;
  }
}

export function namesIn(recreated: ReadonlySet<string>, kind: string): string[] {
  return [...recreated].flatMap((name) => (name.startsWith(`${kind}:`) ? [name.slice(kind.length + 1)] : []));
}
