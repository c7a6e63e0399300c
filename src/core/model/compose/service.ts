import type { Entity } from '../document.ts';
import { isNull } from '../yaml/node.ts';
import { build, pathText } from './build.ts';
import { blkio, deploy, gpus, printedSet, ulimits } from './limits.ts';
import { hosts, labels, variables } from './mappings.ts';
import { mounts } from './mounts.ts';
import { jsonOf, leaf, type Place, type Shape, whole } from './place.ts';
import { ports } from './ports.ts';
import { attachments, dependencies, devices, filesFrom, modelUses } from './references.ts';
import { settleService } from './settle.ts';
import {
  amount,
  bytes,
  choice,
  data,
  duration,
  flag,
  flagOn,
  number,
  ordered,
  partsOf,
  printed,
  record,
  setOf,
  text,
  textAs,
} from './shapes.ts';
import { command, healthTest } from './words.ts';

/** A service with all its parts. Even without any it is there. */
export const service: Shape = (node, place) => {
  const children = partsOf(node, place, serviceFields);
  settleService(children, place);
  const label = children.get('image')?.label ?? children.get('build')?.children.get('context')?.label ?? '';
  return whole(place, children, 'service', label);
};

/** A name without a tag means `latest`, one without a registry Docker's own (distribution/reference normalize.go). */
const image = textAs((name) => {
  const short = name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\/(?=[^/]+$)/, '');
  const last = short.slice(short.lastIndexOf('/') + 1);
  return /[:@]/.test(last) || last.endsWith('}') ? short : `${short}:latest`;
});

/** Absent, Compose pulls what is missing. */
const pullPolicy = textAs((policy) => (/^(?:missing|if_not_present)$/.test(policy) ? undefined : policy));

/** Without a policy a container is not started again. A boolean is refused, and so not the same as the word. */
const restart = textAs((policy) => (policy === 'no' ? undefined : policy));

/** A port for other services, over TCP unless it says otherwise. */
const exposed: Shape = (node, place) => {
  const port = printed(node, place);
  return port && { ...port, value: typeof port.value === 'string' ? port.value.replace(/\/tcp$/, '') : null };
};

export const healthFields = {
  test: healthTest,
  interval: duration,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
  retries: number,
  disable: flag,
};

const healthcheck = record(healthFields, { settle: disableHealthcheck });

/** `disable: true` and the test `NONE` are two ways to say it. */
function disableHealthcheck(children: Map<string, Entity>, place: Place): void {
  const disabled = children.get('disable');
  if (disabled?.value !== true || children.has('test')) return;
  children.delete('disable');
  children.set(
    'test',
    leaf({ ...place, path: [...place.path, 'test'], span: disabled.span }, ['NONE'], 'NONE'),
  );
}

const hooks = ordered(
  record({ command, user: text, privileged: flag, working_dir: text, environment: variables() }),
);

/** A file of variables; it has to exist unless it says otherwise (compose-go transform/envfile.go). */
const envFileItem: Shape = (node, place) => {
  if (node.type !== 'scalar') return longEnvFile(node, place);
  const path = pathText(node, place);
  return path && leaf(place, path.value === undefined ? null : { path: path.value }, path.label);
};

const longEnvFile = record({
  path: pathText,
  required: flagOn,
  format: text,
});

const texts = [
  'cgroup',
  'cgroup_parent',
  'container_name',
  'cpuset',
  'domainname',
  'hostname',
  'ipc',
  'isolation',
  'mac_address',
  'network_mode',
  'pid',
  'platform',
  'runtime',
  'stop_signal',
  'user',
  'userns_mode',
  'uts',
  'working_dir',
];

/** What could not be followed; a text is a service of the same file. */
const extension: Shape = (node, place) => {
  if (node.type === 'scalar' && !isNull(node)) return leaf(place, { service: node.text }, node.text);
  const long = record({ service: text, file: pathText })(node, place);
  return long && leaf(place, jsonOf(long), long.label);
};

/** Compose Specification, 05-services.md. What is not named here is kept as data. */
export const serviceFields: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(texts.map((name) => [name, text])),
  annotations: labels,
  attach: flagOn,
  blkio_config: blkio,
  build,
  cap_add: setOf(),
  cap_drop: setOf(),
  command,
  configs: filesFrom('field', '/'),
  cpu_count: amount,
  cpu_percent: amount,
  cpu_period: amount,
  cpu_quota: amount,
  cpu_rt_period: amount,
  cpu_rt_runtime: amount,
  cpu_shares: amount,
  cpus: amount,
  depends_on: dependencies,
  deploy,
  develop: record({ watch: ordered(data) }),
  device_cgroup_rules: setOf(),
  devices,
  dns: ordered(),
  dns_opt: ordered(),
  dns_search: ordered(),
  entrypoint: command,
  env_file: ordered(envFileItem),
  environment: variables('environment'),
  expose: setOf(exposed),
  extends: extension,
  external_links: setOf(),
  extra_hosts: hosts,
  gpus,
  group_add: printedSet,
  healthcheck,
  image,
  init: choice,
  label_file: ordered(pathText),
  labels,
  links: setOf(),
  logging: record({ driver: text, options: labels }),
  mem_limit: bytes,
  mem_reservation: bytes,
  mem_swappiness: number,
  memswap_limit: bytes,
  models: modelUses,
  networks: attachments,
  oom_kill_disable: flag,
  oom_score_adj: amount,
  pids_limit: amount,
  ports,
  post_start: hooks,
  pre_start: hooks,
  pre_stop: hooks,
  privileged: flag,
  profiles: setOf(),
  provider: record({ type: text, options: data }),
  pull_policy: pullPolicy,
  read_only: flag,
  restart,
  scale: number,
  secrets: filesFrom('field', '/run/secrets/'),
  security_opt: setOf(),
  shm_size: bytes,
  stdin_open: flag,
  stop_grace_period: duration,
  storage_opt: labels,
  sysctls: labels,
  tmpfs: setOf(),
  tty: flag,
  ulimits,
  use_api_socket: flag,
  volumes: mounts,
  volumes_from: ordered(),
};
