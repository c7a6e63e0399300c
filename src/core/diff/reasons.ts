/** One service to which something happens because of another, of a network or of a volume. */
export interface Affected {
  readonly service: string;
  /** `service:db`, `network:front`, `volume:data` or `project:shop`, as in `recreated`. */
  readonly cause: string;
  readonly reason: AffectedReason;
  /** What becomes of it, in words that follow its name: `left without service db`. */
  readonly message: string;
}

export type AffectedReason = keyof typeof affectedReasons;

/** Every reason, with what becomes of the service. The same table stands in the README. */
export const affectedReasons = {
  'undefined-dependency': 'it names a service that does not exist; Compose loads nothing of the file',
  'disabled-dependency':
    'it needs a service that only starts under a profile; Compose loads nothing of the file',
  'never-healthy': 'it waits for a service to be healthy in which the file checks nothing',
  'port-still-held':
    'its port stays taken by the container of a service that left the file, or of the old project',
  'dependency-fails': 'it waits for a service that does not start',
  'lost-dependency': 'it starts, and a service that it relied on is gone',
  'unpublished-port': 'it reached a service by a port of the host that is no longer published',
  'recreated-with': 'it is made anew with the service whose namespace or volumes it shares',
  'restarted-with': 'it is stopped while a service that it restarts with is made anew',
  'network-recreated': 'it is stopped while its network is made anew',
  'volume-replaced': 'it is made anew when its volume is replaced',
  'volume-unshared': 'it no longer shares a volume with a service',
  'network-isolated': 'it shares no network with a service any more, and does not find it by name',
} as const;
