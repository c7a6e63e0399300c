import { fits, insertion, type Operator, wordOf } from '../mutation.ts';
import type { Place } from '../places.ts';

/** What is put into a service that has none, and the address, below the service, at which it must be told. */
const fields: Readonly<Record<string, readonly [written: string, ...address: string[]]>> = {
  hostname: ['hostname: mutant', 'hostname'],
  container_name: ['container_name: mutant', 'container_name'],
  user: ['user: "4711"', 'user'],
  working_dir: ['working_dir: /mutant', 'working_dir'],
  privileged: ['privileged: true', 'privileged'],
  read_only: ['read_only: true', 'read_only'],
  restart: ['restart: always', 'restart'],
  command: ['command: ["mutant"]', 'command'],
  entrypoint: ['entrypoint: []', 'entrypoint'],
  ports: ['ports:\n  - "64711:80"', 'ports', '64711:80/tcp'],
  expose: ['expose: ["64711"]', 'expose', '64711'],
  volumes: ['volumes:\n  - ./mutant:/mutant', 'volumes', '/mutant'],
  environment: ['environment:\n  MUTANT: "yes"', 'environment', 'MUTANT'],
  env_file: ['env_file: mutant.env', 'env_file'],
  labels: ['labels: {mutant: "1"}', 'labels', 'mutant'],
  depends_on: ['depends_on: [mutant]', 'depends_on', 'mutant'],
  networks: ['networks: [mutant]', 'networks', 'mutant'],
  healthcheck: ['healthcheck:\n  test: mutant', 'healthcheck'],
  logging: ['logging:\n  driver: none', 'logging'],
  deploy: ['deploy:\n  replicas: 17', 'deploy'],
  ulimits: ['ulimits:\n  nofile: 4711', 'ulimits', 'nofile'],
  sysctls: ['sysctls:\n  - net.core.somaxconn=4711', 'sysctls', 'net.core.somaxconn'],
  extra_hosts: ['extra_hosts:\n  - mutant:10.47.1.1', 'extra_hosts', 'mutant'],
  cap_add: ['cap_add:\n  - SYS_ADMIN', 'cap_add', 'SYS_ADMIN'],
  cap_drop: ['cap_drop: [ALL]', 'cap_drop', 'ALL'],
  devices: ['devices: ["/dev/mutant"]', 'devices', '/dev/mutant'],
  profiles: ['profiles: [mutant]', 'profiles', 'mutant'],
  tmpfs: ['tmpfs: /mutant', 'tmpfs', '/mutant'],
  dns: ['dns: 10.47.1.1', 'dns'],
  secrets: ['secrets: [mutant]', 'secrets', 'mutant'],
  configs: ['configs: [mutant]', 'configs', 'mutant'],
  unknown_key: ['unknown_key: 4711', 'unknown_key'],
};

/** An item for a list that is there. */
const items: Readonly<Record<string, readonly [written: string, name: string]>> = {
  ports: ['64711:81/udp', '64711:81/udp'],
  volumes: ['mutant:/mutant:ro', '/mutant'],
  environment: ['MUTANT', 'MUTANT'],
  labels: ['mutant.label=1', 'mutant.label'],
  depends_on: ['mutant', 'mutant'],
  networks: ['mutant', 'mutant'],
  cap_add: ['MUTANT', 'MUTANT'],
  extra_hosts: ['mutant:10.47.1.1', 'mutant'],
  profiles: ['mutant', 'mutant'],
  secrets: ['mutant', 'mutant'],
  expose: ['64711', '64711'],
};

/** A pair for a mapping that is there, at the first of its pairs. */
const pairs: Readonly<Record<string, readonly [written: string, name: string]>> = {
  'services.*': ['mutant: {image: mutant}', 'mutant'],
  'volumes.*': ['mutant: {driver: mutant}', 'mutant'],
  'networks.*': ['mutant: {internal: true}', 'mutant'],
  'configs.*': ['mutant: {file: ./mutant}', 'mutant'],
  'secrets.*': ['x-mutant: {file: ./mutant}', 'x-mutant'],
  'services.*.environment.*': ['MUTANT:', 'MUTANT'],
  'services.*.labels.*': ['mutant.label: on', 'mutant.label'],
  'services.*.depends_on.*': ['mutant: {condition: service_healthy}', 'mutant'],
  'services.*.build.args.*': ['MUTANT: 1', 'MUTANT'],
  'services.*.sysctls.*': ['net.core.mutant: 1', 'net.core.mutant'],
};

export const additions: readonly Operator[] = [
  ...Object.entries(fields).map(
    ([name, [written, ...address]]): Operator => ({
      name: `add services.*.${name}`,
      mutate: (place, text) => {
        const isFirst =
          place.path.length === 3 && fits('services.*.*', place.path) && place.siblings[0] === place;
        if (!isFirst || place.inherits || clashes(place, name)) return undefined;
        const path = [...place.path.slice(0, 2), ...address];
        return { edit: insertion(place, written, text), expected: { op: 'added', path } };
      },
    }),
  ),
  ...Object.entries(items).map(([list, [written, name]]) =>
    intoHolder(`services.*.${list}.#`, `- "${written}"`, name),
  ),
  ...Object.entries(pairs).map(([pattern, [written, name]]) => intoHolder(pattern, written, name)),
];

function intoHolder(pattern: string, written: string, name: string): Operator {
  return {
    name: `add ${pattern}`,
    mutate: (place, text) => {
      const isFirst = fits(pattern, place.path) && place.siblings[0] === place;
      const onlyDefault = place.siblings.every((one) => wordOf(one) === 'default');
      if (!isFirst || (pattern.includes('.networks.') && onlyDefault)) return undefined;
      return {
        edit: insertion(place, written, text),
        expected: { op: 'added', path: [...place.path.slice(0, -1), name] },
      };
    },
  };
}

/** Fields that say the same, or say it elsewhere. */
function clashes({ siblings }: Place, name: string): boolean {
  const rivals: Readonly<Record<string, readonly string[]>> = {
    deploy: ['scale', 'mem_limit', 'cpus', 'pids_limit', 'mem_reservation'],
    volumes: ['volumes_from'],
    networks: ['network_mode'],
  };
  const taken = [name, ...(rivals[name] ?? [])];
  return siblings.some(({ key }) => key !== undefined && taken.includes(key.name));
}
