import { type Entity, entityAt, type InfraDocument } from '../model/document.ts';
import { fieldOf, referencesIn, volumeOf } from './references.ts';
import { realNameOf } from './volumes.ts';

/** How a service relies on another. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** `namespace` for `network_mode: service:x` and its like, which Compose treats alike. */
  readonly kind: 'depends_on' | 'links' | 'namespace' | 'volumes_from';
  readonly condition: string;
  readonly required: boolean;
  /** Whether this service is stopped and started with the other one. */
  readonly restart: boolean;
}

/** Written and implied: links and shared namespaces restart a service with the other (compose-go loader/normalize.go). */
export function dependenciesIn(document: InfraDocument): Dependency[] {
  return referencesIn(document).flatMap(({ from, to }): Dependency[] => {
    const [, service = '', field = ''] = from.path;
    const [section, target = ''] = to;
    if (section !== 'services') return [];
    if (field === 'depends_on') return [written(from, service, target)];
    const kind = field === 'links' || field === 'volumes_from' ? field : 'namespace';
    const restart = kind !== 'volumes_from';
    return [{ from: service, to: target, kind, condition: 'service_started', required: true, restart }];
  });
}

function written(dependency: Entity, from: string, to: string): Dependency {
  return {
    from,
    to,
    kind: 'depends_on',
    condition: String(fieldOf(dependency, 'condition') ?? 'service_started'),
    required: fieldOf(dependency, 'required') !== false,
    restart: fieldOf(dependency, 'restart') === true,
  };
}

/** The same by the service that is relied on. */
export function dependentsIn(document: InfraDocument): Map<string, Dependency[]> {
  const dependents = new Map<string, Dependency[]>();
  for (const dependency of dependenciesIn(document)) {
    const known = dependents.get(dependency.to);
    if (known === undefined) dependents.set(dependency.to, [dependency]);
    else known.push(dependency);
  }
  return dependents;
}

export function servicesIn(document: InfraDocument): ReadonlyMap<string, Entity> {
  return entityAt(document, ['services'])?.children ?? new Map();
}

/** The networks a service is on: `default` where it names none, those of another where it shares that one's. */
export function networksOf(
  document: InfraDocument,
  service: string,
  passed: readonly string[] = [],
): Set<string> {
  const entity = servicesIn(document).get(service);
  const mode = entity?.children.get('network_mode')?.value;
  if (typeof mode === 'string' && mode.startsWith('service:')) {
    const other = mode.slice('service:'.length);
    return passed.includes(other) ? new Set() : networksOf(document, other, [...passed, service]);
  }
  if (entity === undefined || mode !== undefined || entity.children.has('provider')) return new Set();
  const named = entity.children.get('networks');
  return named?.kind === 'section' && named.children.size > 0
    ? new Set(named.children.keys())
    : new Set(['default']);
}

/** The named volumes that a service mounts, by the names that the engine knows them by. */
export function volumesOf(document: InfraDocument, service: string): Set<string> {
  const mounts = [...(servicesIn(document).get(service)?.children.get('volumes')?.children.values() ?? [])];
  return new Set(mounts.flatMap((mount) => volumeOf(mount) ?? []).map((key) => realNameOf(document, key)));
}

/** What is published on the host, each with its address in front if it has one. */
export interface Publication {
  readonly service: string;
  readonly published: string;
  /** How the same port would read if it were published on every interface. */
  readonly everywhere: string;
}

export function publicationsIn(document: InfraDocument): Publication[] {
  return [...servicesIn(document).values()].flatMap((service) =>
    [...(service.children.get('ports')?.children.values() ?? [])].flatMap((port) => {
      const published = fieldOf(port, 'published');
      if (published === undefined || published === null) return [];
      const host = fieldOf(port, 'host_ip');
      const protocol = fieldOf(port, 'protocol');
      const suffix = typeof protocol === 'string' && protocol !== 'tcp' ? `/${protocol}` : '';
      const everywhere = `${published}${suffix}`;
      const isBound = typeof host === 'string' && host !== '';
      const address = isBound ? `${host}:${everywhere}` : everywhere;
      return [{ service: service.path.at(-1) ?? '', published: address, everywhere }];
    }),
  );
}
