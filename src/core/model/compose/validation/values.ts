import type { Entity } from '../../document.ts';
import { isNull, type YamlEntry, type YamlNode } from '../../yaml/node.ts';
import { hasVariable } from '../interpolation.ts';
import { entityAt, fieldOf, partsOf, servicesIn } from './entities.ts';
import { type Finding, type Model, refused } from './finding.ts';
import { entryAt, itemsIn, textAt } from './yaml.ts';

/** Values of the right kind that say nothing Compose can read: `interval: 60`, `8080:80/http`. */
export function valueFindings(model: Model): Finding[] {
  return servicesIn(model).flatMap(([name, service]) => {
    const path = ['services', name];
    const entry = entryAt(model.whole, 'services', name);
    return [
      ...measures(path, service),
      ...addresses(path, service),
      ...commands(path, service),
      ...(entry === undefined ? [] : [...names(path, entry), ...targets(path, entry)]),
    ];
  });
}

type Kind = 'number' | 'size' | 'duration' | 'switch';

const kinds: Readonly<Record<Kind, string>> = {
  number: 'a number',
  size: 'a size such as 512m',
  duration: 'a time such as 30s',
  switch: 'true or false',
};

/** What each field is parsed into (compose-go loader/interpolate.go, types/bytes.go, types/duration.go). */
const fields: readonly (readonly [Kind, readonly string[]])[] = [
  [
    'number',
    [
      'cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus oom_score_adj pids_limit',
      'scale mem_swappiness healthcheck.retries deploy.replicas deploy.update_config.parallelism',
      'deploy.update_config.max_failure_ratio deploy.rollback_config.parallelism',
      'deploy.rollback_config.max_failure_ratio deploy.restart_policy.max_attempts',
      'deploy.placement.max_replicas_per_node deploy.resources.limits.cpus deploy.resources.limits.pids',
      'deploy.resources.reservations.cpus',
    ],
  ],
  [
    'size',
    [
      'mem_limit mem_reservation memswap_limit shm_size build.shm_size deploy.resources.limits.memory',
      'deploy.resources.reservations.memory',
    ],
  ],
  [
    'duration',
    [
      'stop_grace_period healthcheck.interval healthcheck.timeout healthcheck.start_period',
      'healthcheck.start_interval deploy.restart_policy.delay deploy.restart_policy.window',
      'deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay',
      'deploy.rollback_config.monitor',
    ],
  ],
  ['switch', ['init oom_kill_disable privileged read_only stdin_open tty healthcheck.disable']],
];

const measured = fields.flatMap(([kind, names]) =>
  names.flatMap((line) => line.split(' ')).map((name) => ({ kind, path: name.split('.') })),
);

/** A value that could be parsed is a number in the model, a switch is a boolean and a time ends in seconds. */
function measures(path: readonly string[], service: Entity): Finding[] {
  return measured.flatMap(({ kind, path: field }) => {
    const entity = entityAt(service, field);
    const value = entity?.value;
    if (entity === undefined || typeof value !== 'string' || hasVariable(value)) return [];
    if (kind === 'duration' && /^-?[\d.e+-]+s$/.test(value)) return [];
    const message = `${field.join('.')} of service ${path.at(-1)} must be ${kinds[kind]}, not ${value === '' ? 'empty' : JSON.stringify(value)}`;
    return [refused('wrong-value', [...path, ...field], entity.span, message)];
  });
}

/** What could not be read as an address or a mount was kept as it is written. */
function addresses(path: readonly string[], service: Entity): Finding[] {
  const shorts = [
    ['ports', 'a port', '[[IP:]HOST:]CONTAINER[/tcp|udp|sctp], an IPv6 address in brackets'],
    ['volumes', 'a mount', '[SOURCE:]TARGET[:OPTIONS]'],
  ] as const;
  const unread = shorts.flatMap(([section, what, form]) =>
    partsOf(service, section).flatMap(([key, { value, span }]) => {
      const isText = typeof value === 'string' || typeof value === 'number';
      const isNone = section === 'ports' && fieldOf(value, 'target') === 0;
      if (!(isText || isNone) || hasVariable(key)) return [];
      const message = `${JSON.stringify(isText ? value : key)} is not ${what} of service ${path.at(-1)}: Compose reads ${form}`;
      return [refused('wrong-value', [...path, section, key], span, message)];
    }),
  );
  return [...unread, ...hostAddresses(path, service), ...devicesIn(path, service)];
}

/** The brackets of an IPv6 address belong to the short form only (compose-go validation/validation.go). */
function hostAddresses(path: readonly string[], service: Entity): Finding[] {
  return partsOf(service, 'ports').flatMap(([key, { value, span }]) => {
    const host = fieldOf(value, 'host_ip');
    if (typeof host !== 'string' || hasVariable(host) || isAddress(host)) return [];
    const message = `${JSON.stringify(host)} is no IP address, which a port of service ${path.at(-1)} needs as host_ip`;
    return [refused('wrong-value', [...path, 'ports', key], span, message)];
  });
}

function isAddress(text: string): boolean {
  const numbers = text.split('.');
  const isFour = (parts: readonly string[]) =>
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return (
    isFour(numbers) || (text.includes(':') && /^[\da-fA-F:]+(?:\d+\.\d+\.\d+\.\d+)?(?:%\w+)?$/.test(text))
  );
}

function devicesIn(path: readonly string[], service: Entity): Finding[] {
  return partsOf(service, 'devices').flatMap(([key, { value, span }]) => {
    const source = fieldOf(value, 'source');
    if (typeof source !== 'string' || source.split(':').length < 4 || hasVariable(source)) return [];
    const message = `${JSON.stringify(source)} is not a device of service ${path.at(-1)}: Compose reads SOURCE[:TARGET[:PERMISSIONS]]`;
    return [refused('wrong-value', [...path, 'devices', key], span, message)];
  });
}

/** A command that could be split into words is a list in the model. */
function commands(path: readonly string[], service: Entity): Finding[] {
  return ['command', 'entrypoint'].flatMap((name) => {
    const entity = service.children.get(name);
    if (entity === undefined || typeof entity.value !== 'string' || hasVariable(entity.value)) return [];
    const message = `the ${name} of service ${path.at(-1)} has a quotation or a bracket that is left open`;
    return [refused('wrong-value', [...path, name], entity.span, message)];
  });
}

/** compose-go types/mapping.go */
function names(path: readonly string[], { node }: YamlEntry): Finding[] {
  return itemsIn(entryAt(node, 'environment')?.node).flatMap((item) => {
    const name = (textAt(item) ?? '').split('=')[0] ?? '';
    if (!/\s$/.test(name)) return [];
    const message = `the variable ${name.trim()} of service ${path.at(-1)} has a blank behind its name`;
    return [refused('wrong-name', [...path, 'environment', name], item.span, message)];
  });
}

/** Compose wants these before it comes to the schema (compose-go override/uncity.go, loader/validate.go). */
function targets(path: readonly string[], { node }: YamlEntry): Finding[] {
  const lists = [
    ['a mount', entryAt(node, 'volumes'), () => true],
    ['a port', entryAt(node, 'ports'), () => true],
    [
      'a watch',
      entryAt(node, 'develop', 'watch'),
      (rule: YamlNode) => textAt(entryAt(rule, 'action')) !== 'rebuild',
    ],
  ] as const;
  return lists.flatMap(([what, list, needsTarget]) =>
    itemsIn(list?.node).flatMap(({ node: item, span }, index) => {
      const target = entryAt(item, 'target');
      const isThere = target !== undefined && !isNull(target.node);
      if (item.type !== 'map' || isThere || !needsTarget(item)) return [];
      const message = `${what} of service ${path.at(-1)} needs a target`;
      return [refused('missing-key', [...path, what, String(index)], span, message)];
    }),
  );
}
