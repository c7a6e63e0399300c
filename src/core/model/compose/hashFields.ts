import type { Entity } from '../document.ts';
import { pathText } from './build.ts';
import {
  grants,
  hashedMounts,
  inOrder,
  kept,
  limits,
  namedOrNull,
  printedTexts,
  requests,
  uniqueTexts,
} from './hashShapes.ts';
import { updateFields } from './limits.ts';
import { labels, variables } from './mappings.ts';
import type { Shape } from './place.ts';
import { ports } from './ports.ts';
import { devices } from './references.ts';
import { healthFields, serviceFields } from './service.ts';
import {
  amount,
  bytes,
  choice,
  data,
  duration,
  flag,
  number,
  ordered,
  printed,
  record,
  text,
} from './shapes.ts';
import { command } from './words.ts';

/** Compose takes these out before it hashes a service (docker/compose pkg/compose/hash.go ServiceHash). */
const unhashed: Shape = () => undefined;

const resources = { cpus: amount, memory: bytes, pids: amount };

const updates = kept({ ...updateFields, max_failure_ratio: amount });

const deploy = kept({
  mode: text,
  replicas: unhashed,
  endpoint_mode: text,
  labels,
  resources: record({
    limits: kept(resources),
    reservations: kept({ ...resources, devices: requests, generic_resources: data }),
  }),
  restart_policy: kept({ condition: text, delay: duration, max_attempts: number, window: duration }),
  update_config: updates,
  rollback_config: updates,
  placement: record({
    constraints: ordered(),
    preferences: ordered(record({ spread: text })),
    max_replicas_per_node: amount,
  }),
});

const hook = record({ command, user: text, privileged: flag, working_dir: text, environment: variables() });

const watch = record({
  path: pathText,
  action: text,
  target: text,
  ignore: ordered(),
  include: ordered(),
  initial_sync: flag,
  exec: hook,
});

const devicesByPath = ordered(record({ path: text, rate: bytes }));

const networkFields = {
  aliases: uniqueTexts,
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: uniqueTexts,
  mac_address: text,
  interface_name: text,
  driver_opts: labels,
  priority: amount,
  gw_priority: amount,
};

/** A service as Compose marshals it before it hashes it (compose-go types/types.go ServiceConfig). */
export const hashedFields: Readonly<Record<string, Shape>> = {
  ...serviceFields,
  mem_swappiness: amount,
  ...Object.fromEntries(
    ['build', 'depends_on', 'profiles', 'pull_policy', 'scale'].map((name) => [name, unhashed]),
  ),
  ...Object.fromEntries(
    ['cap_add', 'cap_drop', 'dns', 'dns_opt', 'dns_search', 'links', 'tmpfs'].map((name) => [
      name,
      uniqueTexts,
    ]),
  ),
  ...Object.fromEntries(
    ['device_cgroup_rules', 'external_links', 'security_opt'].map((name) => [name, ordered()]),
  ),
  attach: choice,
  blkio_config: kept({
    weight: amount,
    weight_device: ordered(record({ path: text, weight: amount })),
    device_read_bps: devicesByPath,
    device_read_iops: devicesByPath,
    device_write_bps: devicesByPath,
    device_write_iops: devicesByPath,
  }),
  configs: grants(undefined),
  deploy,
  develop: kept({ watch: ordered(watch) }),
  devices: inOrder(devices),
  expose: printedTexts,
  gpus: requests,
  group_add: ordered(printed),
  healthcheck: kept(healthFields),
  image: text,
  logging: kept({ driver: text, options: labels }),
  models: namedOrNull({ endpoint_var: text, model_var: text }),
  networks: namedOrNull(networkFields),
  ports: inOrder(ports),
  restart: text,
  secrets: grants('/run/secrets/'),
  ulimits: limits,
  volumes: hashedMounts,
};

/** These two follow from several things together and are found apart. */
const foundApart = { name: unhashed, external: unhashed };

export const hashedNetwork: Readonly<Record<string, Shape>> = {
  ...foundApart,
  driver: text,
  driver_opts: labels,
  ipam: record({
    driver: text,
    config: ordered(record({ subnet: text, ip_range: text, gateway: text, aux_addresses: labels })),
    // The schema knows them, and the model has no place for them (compose-go types/types.go IPAMConfig).
    options: unhashed,
  }),
  internal: flag,
  attachable: flag,
  labels,
  enable_ipv4: choice,
  enable_ipv6: choice,
};

/** Nothing and `local` are one driver here, and for volumes only (docker/compose pkg/compose/hash.go VolumeHash). */
export const hashedVolume: Readonly<Record<string, Shape>> = {
  ...foundApart,
  driver: (node, place): Entity | undefined =>
    node.type === 'scalar' && node.text === 'local' ? undefined : text(node, place),
  driver_opts: labels,
  labels,
};
