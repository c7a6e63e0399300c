import { posix } from 'node:path';

/** What Compose prints. */
export type Data = null | boolean | number | string | Data[] | { [name: string]: Data };
type Fields = { [name: string]: Data };

/**
 * One text for all outputs of Compose from which the engine makes the same containers, networks and volumes. Lists
 * whose order means nothing are sorted, and so are keys.
 */
export function normalForm(config: Data): string {
  if (isFields(config)) {
    dropExtensions(config);
    for (const service of fieldsIn(config.services)) settleService(service);
    for (const kind of ['networks', 'volumes', 'secrets', 'configs']) {
      for (const resource of fieldsIn(config[kind])) dropEmpty(resource, ['labels', 'driver_opts', 'ipam']);
    }
  }
  return JSON.stringify(sorted(config, ''));
}

const ordered = new Set(
  'command entrypoint test dns dns_search dns_opt env_file label_file volumes_from cache_from preferences config watch post_start pre_stop runtime_flags'.split(
    ' ',
  ),
);

function sorted(data: Data, name: string): Data {
  if (Array.isArray(data)) {
    const items = data.map((item) => sorted(item, ''));
    if (ordered.has(name)) return items;
    const texts = [...new Set(items.map((item) => JSON.stringify(item)))].sort();
    return texts.map((text) => JSON.parse(text) as Data);
  }
  if (!isFields(data)) return data;
  const names = Object.keys(data).sort();
  return Object.fromEntries(names.map((key) => [key, sorted(data[key] ?? null, key)]));
}

/** The equalities that hold in the engine and not in Compose's own model. */
function settleService(service: Fields): void {
  for (const name of ['command', 'entrypoint']) if (service[name] === null) delete service[name];
  if (typeof service.image === 'string') service.image = imageName(service.image);
  if (service.pull_policy === 'missing' || service.pull_policy === 'if_not_present')
    delete service.pull_policy;
  if (service.restart === 'no') delete service.restart;
  settleHealth(service);
  settleLimits(service);
  for (const [kind, folder] of [
    ['secrets', '/run/secrets/'],
    ['configs', '/'],
  ] as const) {
    for (const grant of fieldsIn(service[kind])) {
      const target = String(grant.target ?? grant.source);
      grant.target = target.startsWith('/') ? target : `${folder}${target}`;
    }
  }
  dropExtensions(service);
  for (const mount of fieldsIn(service.volumes)) settleMount(mount);
  if (isFields(service.build)) service.build.context = cleanPath(service.build.context);
  for (const [name, limit] of entriesOf(service.ulimits)) {
    if (typeof limit === 'number' && isFields(service.ulimits))
      service.ulimits[name] = { soft: limit, hard: limit };
  }
  if (isFields(service.networks)) {
    for (const [name, value] of Object.entries(service.networks)) service.networks[name] = value ?? {};
  }
  dropEmpty(service, [...empty]);
}

const empty = [
  'annotations cap_add cap_drop configs depends_on deploy develop devices dns dns_opt dns_search',
  'environment expose extra_hosts gpus group_add healthcheck labels links logging networks ports profiles secrets',
  'security_opt storage_opt sysctls tmpfs ulimits volumes volumes_from blkio_config models',
]
  .join(' ')
  .split(' ');

/** Since compose-go 2.10.1 the long form makes the host's folder as the short form does. */
function settleMount(mount: Fields): void {
  if (isFields(mount.bind) && mount.bind.create_host_path === true) delete mount.bind.create_host_path;
  if (mount.type === 'bind') mount.source = cleanPath(mount.source);
  dropEmpty(mount, ['volume', 'bind', 'tmpfs', 'image']);
}

/** The command prints paths as they were written; with them resolved, these would be one. */
function cleanPath(path: Data | undefined): Data {
  if (typeof path !== 'string') return path ?? null;
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

function dropExtensions(fields: Fields): void {
  for (const name of Object.keys(fields)) if (name.startsWith('x-')) delete fields[name];
}

function settleHealth(service: Fields): void {
  const health = service.healthcheck;
  if (!isFields(health) || health.disable !== true) return;
  delete health.disable;
  health.test ??= ['NONE'];
}

const limits = [
  ['scale', ['replicas']],
  ['mem_limit', ['resources', 'limits', 'memory']],
  ['cpus', ['resources', 'limits', 'cpus']],
  ['pids_limit', ['resources', 'limits', 'pids']],
  ['mem_reservation', ['resources', 'reservations', 'memory']],
] as const;

function settleLimits(service: Fields): void {
  for (const [name, path] of limits) {
    const value = service[name];
    if (value === undefined || (value === 0 && name !== 'scale')) continue;
    delete service[name];
    let at = inside(service, 'deploy');
    for (const step of path.slice(0, -1)) at = inside(at, step);
    at[path.at(-1) ?? ''] ??= value;
  }
  const { deploy } = service;
  if (!isFields(deploy)) return;
  if (deploy.replicas === 1) delete deploy.replicas;
  if (deploy.mode === 'replicated') delete deploy.mode;
  if (isFields(deploy.resources)) {
    for (const part of fieldsIn(deploy.resources))
      if (typeof part.cpus === 'string') part.cpus = Number(part.cpus);
    dropEmpty(deploy.resources, ['limits', 'reservations']);
  }
  dropEmpty(deploy, [
    'resources',
    'placement',
    'labels',
    'restart_policy',
    'update_config',
    'rollback_config',
  ]);
}

function inside(fields: Fields, name: string): Fields {
  const found = fields[name];
  if (isFields(found)) return found;
  const made: Fields = {};
  fields[name] = made;
  return made;
}

function imageName(name: string): string {
  const short = name.replace(/^(index\.)?docker\.io\//, '').replace(/^library\/([^/]+)$/, '$1');
  return /[:@][^/]*$/.test(short) || short === '' ? short : `${short}:latest`;
}

function dropEmpty(fields: Fields, names: readonly string[]): void {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'object' && (value === null || Object.keys(value).length === 0)) delete fields[name];
  }
}

function fieldsIn(data: Data | undefined): Fields[] {
  return typeof data === 'object' && data !== null ? Object.values(data).filter(isFields) : [];
}

function entriesOf(data: Data | undefined): [string, Data][] {
  return isFields(data) ? Object.entries(data) : [];
}

function isFields(data: Data | undefined): data is Fields {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
