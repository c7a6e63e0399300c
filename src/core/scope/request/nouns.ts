import { phraseLength, type Word } from './words.ts';

/** What kind of thing a noun of a request names. */
export type NounKind =
  | 'service'
  | 'volume'
  | 'network'
  | 'secret'
  | 'config'
  | 'environment'
  | 'port'
  | 'label'
  | 'dependency'
  | 'mount'
  | 'host'
  | 'image'
  | 'field';

export interface Noun {
  readonly kind: NounKind;
  /** The field of a service that it stands for, or that holds such things. */
  readonly field: string;
  /** Means every such thing when no name is given. */
  readonly isPlural: boolean;
  readonly start: number;
  readonly end: number;
}

/** All nouns among the words, in order. Longer ones win: "env var" is one noun. */
export function nounsIn(words: readonly Word[]): Noun[] {
  const found: Noun[] = [];
  let at = 0;
  while (at < words.length) {
    const length = phraseLength(words, at, phrases);
    const phrase = words.slice(at, at + length).map(({ lower }) => lower);
    const meaning = length === 0 ? undefined : nouns.get(phrase.join(' '));
    if (meaning !== undefined) found.push({ ...meaning, start: at, end: at + length });
    at += Math.max(length, 1);
  }
  return found;
}

type Meaning = Pick<Noun, 'kind' | 'field' | 'isPlural'>;

/** Singular words, plural words. */
const things: readonly (readonly [NounKind, field: string, singular: string, plural: string])[] = [
  ['service', '', 'service|container|services section', 'services|containers'],
  ['volume', 'volumes', 'volume|named volume|data volume', 'volumes|data volumes'],
  ['network', 'networks', 'network|docker network', 'networks'],
  ['secret', 'secrets', 'secret', 'secrets'],
  ['config', 'configs', 'config', 'configs'],
  [
    'environment',
    'environment',
    'env var|env variable|environment variable|environment var|variable|envvar|environment entry|env entry|var',
    'env vars|env variables|environment variables|variables|envvars|environment|env|environment section|env section',
  ],
  [
    'port',
    'ports',
    'port|port mapping|published port|host port|exposed port|container port',
    'ports|port mappings|published ports|exposed ports|ports section',
  ],
  ['label', 'labels', 'label', 'labels'],
  [
    'dependency',
    'depends_on',
    'dependency|depends_on entry|depends on entry',
    'depends_on|dependencies|depends on',
  ],
  ['mount', 'volumes', 'mount|bind mount|volume mount', 'mounts|bind mounts|volume mounts'],
  ['host', 'extra_hosts', 'extra host|extra_host', 'extra_hosts|extra hosts'],
  ['image', 'image', 'image|image tag|image version|tag|version', ''],
];

/** Fields that have a name of their own in English. All others go by the name they have in the file. */
const fieldPhrases: readonly (readonly [field: string, phrases: string])[] = [
  ['healthcheck', 'healthcheck|health check|health-check|healthchecks'],
  ['restart', 'restart policy|restart|restart: policy'],
  ['command', 'command|cmd'],
  ['entrypoint', 'entrypoint|entry point'],
  ['container_name', 'container_name|container name'],
  ['hostname', 'hostname'],
  ['network_mode', 'network_mode|network mode'],
  ['env_file', 'env_file|env file'],
  ['logging', 'logging|logging config|logging configuration'],
  ['working_dir', 'working_dir|working directory|working dir'],
  ['build', 'build|build section|build context'],
  ['deploy', 'deploy|deploy section'],
  ['privileged', 'privileged|privileged mode|privileged flag'],
  ['user', 'user'],
  ['platform', 'platform'],
  ['links', 'links'],
  ['profiles', 'profiles'],
  ['init', 'init'],
  ['read_only', 'read_only'],
  ['mem_limit', 'mem_limit|mem limit|memory limit'],
  ['mem_reservation', 'mem_reservation|memory reservation'],
  ['cpus', 'cpus|cpu limit'],
  ['pids_limit', 'pids_limit|pids limit'],
  ['scale', 'scale|replicas'],
  ['shm_size', 'shm_size|shm size'],
  ['stop_grace_period', 'stop_grace_period|stop grace period'],
  ['pull_policy', 'pull_policy|pull policy'],
  ['cap_add', 'cap_add'],
  ['cap_drop', 'cap_drop'],
  ['security_opt', 'security_opt'],
  ['ulimits', 'ulimits'],
  ['sysctls', 'sysctls'],
  ['tmpfs', 'tmpfs'],
  ['expose', 'expose section'],
  ['devices', 'devices'],
  ['dns', 'dns'],
  ['stdin_open', 'stdin_open'],
  ['tty', 'tty'],
  ['secrets', 'secrets section'],
];

const nouns: ReadonlyMap<string, Meaning> = new Map([
  ...things.flatMap(([kind, field, singular, plural]) => [
    ...singular.split('|').map((phrase) => [phrase, { kind, field, isPlural: false }] as const),
    ...plural.split('|').map((phrase) => [phrase, { kind, field, isPlural: true }] as const),
  ]),
  ...fieldPhrases.flatMap(([field, text]) =>
    text.split('|').map((phrase) => [phrase, { kind: 'field', field, isPlural: false } as Meaning] as const),
  ),
]);

const phrases: ReadonlySet<string> = new Set(nouns.keys());
