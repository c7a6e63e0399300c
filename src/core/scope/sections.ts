import type { Path } from '../model/address.ts';

/** The sections of a Compose file by the word for one thing in each. */
export const kindSections: ReadonlyMap<string, string> = new Map([
  ['service', 'services'],
  ['volume', 'volumes'],
  ['network', 'networks'],
  ['config', 'configs'],
  ['secret', 'secrets'],
  ['model', 'models'],
]);

export const topSections: ReadonlySet<string> = new Set(kindSections.values());

/** The word for one thing of a section: `service` for `services`. */
export function kindOfSection(section: string): string | undefined {
  for (const [kind, name] of kindSections) if (name === section) return kind;
  return undefined;
}

/**
 * The fields of a service that are a bag of single things, each an entity of its own. Such a field is never gone as
 * one: when it goes, each thing in it goes.
 */
export const itemSections: ReadonlySet<string> = new Set([
  'annotations',
  'args',
  'cap_add',
  'cap_drop',
  'configs',
  'depends_on',
  'devices',
  'environment',
  'expose',
  'extra_hosts',
  'labels',
  'links',
  'models',
  'networks',
  'ports',
  'profiles',
  'secrets',
  'security_opt',
  'sysctls',
  'tmpfs',
  'ulimits',
  'volumes',
  'volumes_from',
]);

/** Whether the name at `index` of a path is that of a service's port. */
export function isPortName(path: Path, index: number): boolean {
  return index === 3 && path[0] === 'services' && path[2] === 'ports';
}

/** `8000/tcp` of `127.0.0.1:8001:8000/tcp`: what stays the same however the port is published. */
export function containerPort(port: string): string {
  return port.slice(port.lastIndexOf(':') + 1);
}

/** Ports are keyed with their protocol, and tcp is the one that nobody writes. */
export function withProtocol(port: string): string {
  return port.includes('/') ? port.toLowerCase() : `${port}/tcp`;
}

export function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

/** A secret that only the build of an image may see: `services.api.build.secrets.token`. */
export function isBuildSecret(path: Path): boolean {
  return path.length === 5 && path[0] === 'services' && path[2] === 'build' && path[3] === 'secrets';
}
