/** What a person must see in a change. Codes are stable: programs compare them, people read the message. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
}

export type FindingCode = keyof typeof findingCodes;

/** Every code, with what it says. The same table stands in the README. */
export const findingCodes = {
  'volume-removed': 'a named volume is no longer declared; its data stays behind, out of reach',
  'volume-renamed': 'a named volume gets another real name: a new, empty one takes its place',
  'volume-unmounted': 'a service no longer mounts a volume that holds its data',
  'volume-swapped': 'a service mounts another volume in the place of the one it had',
  'volume-to-bind': 'a folder of the host takes the place of a volume',
  'bind-to-volume': 'a volume takes the place of a folder of the host',
  'bind-moved': 'another folder of the host takes the place of one that holds data',
  'bind-unmounted': 'a service no longer sees a folder of the host that holds data',
  'volume-driver-changed':
    'a volume gets another driver or other options, for which it is deleted and made anew',
  'volume-external-added': 'a volume becomes one that Compose looks up under another name',
  'volume-external-removed': 'a volume from outside becomes one that `down -v` deletes',
  'volume-labels-changed':
    'other labels: `up` offers to delete the volume and make it anew, and with `-y` does',
  'project-renamed':
    'another project name: every volume is a new, empty one, and the old containers keep running',
  'service-renamed': 'the container under the old name keeps running and keeps its ports',
  'port-published': 'a port of a container is published on the host that was not',
  'port-opened': 'a port answers on every interface of the host that did not',
  'port-moved': 'a port is published elsewhere on the host',
  'port-unpublished': 'a port is no longer published on the host',
  'host-network': 'a service leaves its networks and uses that of the host',
  'host-alias': 'a name is made to lead to the host',
  'moved-to-host': 'an address is made to lead to the host or its bridge',
  'host-namespace': 'a service shares processes, memory or another namespace of the host',
  privileged: 'a container gets all rights on the host',
  'capability-added': 'a container gets a capability that it did not have, or keeps one that it gave up',
  'docker-socket': 'a container gets the socket that controls the container engine',
  'host-mount': 'a container gets a folder of the host on which the system itself stands',
  'mount-writable': 'a container may write what it could only read',
  'device-added': 'a container gets a device of the host',
  'security-weakened': 'a confinement of a container is taken off',
  'root-user': 'a container runs as root, or as whoever its image says',
  'healthcheck-removed': 'nobody asks any more whether a service is healthy',
  'healthcheck-slackened': 'a health check finds out later, or nothing at all',
  'restart-weakened': 'a service is no longer started again, or in fewer cases',
  'dependency-weakened': 'a service no longer waits for another, or for less',
} as const;

/** These put stored data out of reach. */
export const dataLossCodes: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'volume-removed',
  'volume-renamed',
  'volume-unmounted',
  'volume-swapped',
  'volume-to-bind',
  'bind-to-volume',
  'bind-moved',
  'bind-unmounted',
  'volume-driver-changed',
  'volume-external-added',
  'volume-external-removed',
  'project-renamed',
]);
