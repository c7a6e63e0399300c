import type { Change } from '../change.ts';
import type { Finding, FindingCode } from './codes.ts';

/** What a finding is about, the gravest first. */
export const findingGroups = ['data', 'rights', 'host', 'ports', 'health'] as const;

export type FindingGroup = (typeof findingGroups)[number];

export function groupOf(code: FindingCode): FindingGroup {
  return groups[code];
}

/** The gravest finding of a change; `undefined` where nothing is found in it. */
export function gravestIn({ findings }: Change): Finding | undefined {
  return [...findings].sort((one, other) => rank(one) - rank(other))[0];
}

/** The changes in the order in which they hurt: data, then what a finding says, then what is lost, then the rest. */
export function gravestFirst<T extends Change>(changes: readonly T[]): readonly T[] {
  const weight = (change: T): number => {
    const found = gravestIn(change);
    const group = found === undefined ? 'health' : groupOf(found.code);
    return change.dataLoss ? 0 : group === 'rights' || group === 'host' ? 1 : change.loss ? 2 : 3;
  };
  return [...changes].sort((one, other) => weight(one) - weight(other));
}

function rank({ code }: Finding): number {
  return findingGroups.indexOf(groupOf(code));
}

const groups: Readonly<Record<FindingCode, FindingGroup>> = {
  'volume-removed': 'data',
  'volume-renamed': 'data',
  'volume-unmounted': 'data',
  'volume-swapped': 'data',
  'volume-to-bind': 'data',
  'bind-to-volume': 'data',
  'bind-moved': 'data',
  'bind-unmounted': 'data',
  'volume-driver-changed': 'data',
  'volume-external-added': 'data',
  'volume-external-removed': 'data',
  'volume-labels-changed': 'data',
  'project-renamed': 'data',
  privileged: 'rights',
  'capability-added': 'rights',
  'docker-socket': 'rights',
  'host-mount': 'rights',
  'mount-writable': 'rights',
  'device-added': 'rights',
  'security-weakened': 'rights',
  'root-user': 'rights',
  'host-namespace': 'rights',
  'host-network': 'host',
  'host-alias': 'host',
  'moved-to-host': 'host',
  'port-opened': 'ports',
  'port-published': 'ports',
  'port-moved': 'ports',
  'port-unpublished': 'ports',
  'service-renamed': 'ports',
  'healthcheck-removed': 'health',
  'healthcheck-slackened': 'health',
  'restart-weakened': 'health',
  'dependency-weakened': 'health',
};
