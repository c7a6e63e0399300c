import type { Entity, Json } from '../document.ts';
import { isNull, type YamlNode } from '../yaml/node.ts';
import { pathText } from './build.ts';
import { canonicalText } from './interpolation.ts';
import { labels, variables } from './mappings.ts';
import { type Mount, mounts, shortMount, targetOf } from './mounts.ts';
import { bindPath } from './paths.ts';
import { entriesOf, inside, itemsOf, jsonOf, leaf, type Place, type Shape } from './place.ts';
import { ports } from './ports.ts';
import { devices } from './references.ts';
import { serviceFields } from './service.ts';
import {
  amount,
  bytes,
  choice,
  data,
  duration,
  flag,
  flagOn,
  jsonData,
  mode,
  number,
  ordered,
  partsOf,
  printed,
  record,
  setOf,
  text,
} from './shapes.ts';
import { command, healthTest } from './words.ts';

/** Compose takes these out before it hashes a service (docker/compose pkg/compose/hash.go ServiceHash). */
const unhashed: Shape = () => undefined;

/** What is a set to the engine is a list to the hash, in which the later of two stands where the first stood. */
function inOrder(shape: Shape): Shape {
  return (node, place) => {
    const found = shape(node, place);
    if (found?.kind !== 'section' || found.value !== undefined) return found;
    return leaf(place, [...found.children.values()].map(jsonOf), '');
  };
}

/** A part that is there even when it says nothing: Go marshals a pointer to an empty struct as `{}`. */
function kept(fields: Readonly<Record<string, Shape>>): Shape {
  return record(fields, { keepsEmpty: true });
}

/** Names in a list, or a mapping of names to parts, where nothing said and an empty mapping are not the same. */
function namedOrNull(fields: Readonly<Record<string, Shape>>): Shape {
  const parts = kept(fields);
  return (node, place) => {
    const said: Record<string, Json> = {};
    for (const { node: item } of itemsOf(node)) said[String(jsonData(item, place))] = null;
    for (const [name, { node: value }] of entriesOf(node)) {
      const found = isNull(value) ? undefined : parts(value, inside(place, name));
      said[name] = found === undefined ? null : jsonOf(found);
    }
    if (node.type === 'scalar') return data(node, place);
    return Object.keys(said).length === 0 ? undefined : leaf(place, said, '');
  };
}

const uniqueTexts = inOrder(setOf());
const printedTexts = inOrder(setOf(printed));

/** Secrets or configs in their order; only a secret is given a target (compose-go transform/defaults.go). */
function grants(defaultFolder: string | undefined): Shape {
  const fields = { source: text, target: text, uid: text, gid: text, mode };
  return (node, place) => {
    if (node.type !== 'list') return data(node, place);
    const byTarget = new Map<string, Json>();
    for (const { node: item } of itemsOf(node)) {
      const parts = item.type === 'map' ? partsOf(item, place, fields) : undefined;
      const said: Record<string, Json> =
        parts === undefined
          ? { source: jsonData(item, place) }
          : Object.fromEntries([...parts].map(([name, part]) => [name, jsonOf(part)]));
      if (defaultFolder !== undefined) said.target ??= `${defaultFolder}${said.source}`;
      byTarget.set(String(said.target ?? said.source), said);
    }
    return listOf(byTarget, place);
  };
}

/** Mounts in their order. The short form states empty options, the long one only those that are written. */
const hashedMounts: Shape = (node, place) => {
  if (node.type !== 'list') return mounts(node, place);
  const byTarget = new Map<string, Json>();
  for (const { node: item } of itemsOf(node)) {
    const mount = mountOf(item, place);
    byTarget.set(String(mount?.target ?? JSON.stringify(jsonData(item, place))), mount ?? null);
  }
  return listOf(byTarget, place);
};

/** Go leaves an empty list out. */
function listOf(items: ReadonlyMap<string, Json>, place: Place): Entity | undefined {
  return items.size === 0 ? undefined : leaf(place, [...items.values()], '');
}

function mountOf(item: YamlNode, place: Place): Mount | undefined {
  if (item.type === 'map') return longMount(item, place);
  const mount = item.type === 'scalar' ? shortMount(canonicalText(item.text)) : undefined;
  if (mount === undefined) return undefined;
  return mount.type === 'bind' ? { bind: {}, ...mount } : { volume: {}, ...mount };
}

function longMount(item: YamlNode, place: Place): Mount {
  const parts = partsOf(item, place, mountFields);
  const said: Record<string, Json> = Object.fromEntries(
    [...parts].map(([name, part]) => [name, jsonOf(part)]),
  );
  if (typeof said.target === 'string') said.target = targetOf(said.target);
  if (said.type === 'bind' && typeof said.source === 'string') said.source = bindPath(said.source);
  return said;
}

const mountFields = {
  type: text,
  source: text,
  target: text,
  read_only: flag,
  consistency: text,
  bind: kept({ propagation: text, create_host_path: flagOn, selinux: text, recursive: text }),
  volume: kept({ labels, nocopy: flag, subpath: text }),
  tmpfs: kept({ size: bytes, mode }),
  image: kept({ subpath: text }),
};

/** One limit stays one number, which is other JSON than both limits. */
const limits: Shape = (node, place) => {
  if (node.type !== 'map') return data(node, place);
  const found: [string, Json][] = entriesOf(node).flatMap(([name, { node: limit }]) => {
    const shape = limit.type === 'scalar' ? number : record({ soft: amount, hard: amount });
    const said = shape(limit, inside(place, name));
    return said === undefined ? [] : [[name, jsonOf(said)] as [string, Json]];
  });
  return found.length === 0 ? undefined : leaf(place, Object.fromEntries(found), '');
};

const request = record(
  {
    count: (node, place) =>
      node.type === 'scalar' && node.value === 'all' ? leaf(place, -1, '') : number(node, place),
    capabilities: ordered(),
    device_ids: ordered(),
    driver: text,
    options: labels,
  },
  {
    // Compose counts all devices where neither a count nor names are given (compose-go transform/gpus.go).
    settle: (children, place) => {
      if (!children.has('count') && !children.has('device_ids')) children.set('count', leaf(place, -1, ''));
    },
  },
);

const requests: Shape = (node, place) =>
  node.type === 'scalar' && node.value === 'all'
    ? leaf(place, [{ count: -1 }], '')
    : ordered(request)(node, place);

const resources = { cpus: amount, memory: bytes, pids: amount };

const updates = kept({
  parallelism: number,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: amount,
  order: text,
});

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

/** A number that Go leaves out when it is zero. */
const amounts = [
  'cpu_count',
  'cpu_percent',
  'cpu_period',
  'cpu_quota',
  'cpu_rt_period',
  'cpu_rt_runtime',
  'mem_swappiness',
];

/** A service as Compose marshals it before it hashes it (compose-go types/types.go ServiceConfig). */
export const hashedFields: Readonly<Record<string, Shape>> = {
  ...serviceFields,
  ...Object.fromEntries(amounts.map((name) => [name, amount])),
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
  healthcheck: kept({
    test: healthTest,
    interval: duration,
    timeout: duration,
    start_period: duration,
    start_interval: duration,
    retries: number,
    disable: flag,
  }),
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

export const hashedNetwork: Readonly<Record<string, Shape>> = {
  driver: text,
  driver_opts: labels,
  ipam: record({
    driver: text,
    config: ordered(record({ subnet: text, ip_range: text, gateway: text, aux_addresses: labels })),
    options: labels,
  }),
  internal: flag,
  attachable: flag,
  labels,
  enable_ipv4: choice,
  enable_ipv6: choice,
};

/** Nothing and `local` are one driver here, and for volumes only (docker/compose pkg/compose/hash.go VolumeHash). */
export const hashedVolume: Readonly<Record<string, Shape>> = {
  driver: (node, place): Entity | undefined =>
    node.type === 'scalar' && node.text === 'local' ? undefined : text(node, place),
  driver_opts: labels,
  labels,
};
