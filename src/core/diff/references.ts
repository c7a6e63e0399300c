import { type Entity, entityAt, type InfraDocument, type Json } from '../model/document.ts';
import { oncePerWords } from '../model/moved.ts';

/** One entity that names another: the path of what is named, whether or not it exists. */
export interface Reference {
  readonly from: Entity;
  readonly to: readonly string[];
}

/** The same by paths alone. */
interface Naming {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/**
 * Every place where a service names another service, a volume, a network, a config or a secret. These are the names
 * that Compose refuses to load without (compose-go loader/validate.go checkConsistency).
 */
export function referencesIn(
  document: InfraDocument,
  isWanted: (to: readonly string[]) => boolean = () => true,
): Reference[] {
  const services = [...(entityAt(document, ['services'])?.children.values() ?? [])];
  return services.flatMap(namingsOf).flatMap(({ from, to }) => {
    const entity = isWanted(to) ? entityAt(document, from) : undefined;
    return entity === undefined ? [] : [{ from: entity, to }];
  });
}

const namingsOf = oncePerWords((service: Entity): Naming[] => {
  const found: Naming[] = [];
  for (const part of service.children.values()) {
    for (const to of part.kind === 'section' || part.value === undefined ? [] : fieldTargets(part)) {
      found.push({ from: part.path, to });
    }
    for (const item of part.children.values()) {
      const to = itemTarget(part.path.at(-1) ?? '', item);
      if (to !== undefined) found.push({ from: item.path, to });
    }
  }
  return found;
});

/** Whether what a reference names is there. The `default` network always is. */
export function resolves(document: InfraDocument, to: readonly string[]): boolean {
  return (to[0] === 'networks' && to[1] === 'default') || entityAt(document, to) !== undefined;
}

/** The named volume that a mount uses; `undefined` for binds, tmpfs and anonymous volumes. */
export function volumeOf(mount: Entity): string | undefined {
  const source = fieldOf(mount, 'source');
  return fieldOf(mount, 'type') === 'volume' && typeof source === 'string' && source !== ''
    ? source
    : undefined;
}

export function fieldOf(entity: Entity, name: string): Json | undefined {
  const { value } = entity;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [key: string]: Json })[name];
}

/** `network_mode: service:x`, and `links` and `volumes_from` where the reader keeps them as one ordered list. */
function fieldTargets(field: Entity): (readonly string[])[] {
  const name = field.path.at(-1) ?? '';
  const { value } = field;
  if (sharedNamespaces.has(name) && typeof value === 'string' && value.startsWith('service:')) {
    return [['services', value.slice('service:'.length)]];
  }
  if (name !== 'volumes_from' && name !== 'links') return [];
  const items: readonly Json[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) =>
    typeof item === 'string' && !item.startsWith('container:') ? [serviceNamed(item)] : [],
  );
}

const sharedNamespaces: ReadonlySet<string> = new Set(['network_mode', 'ipc', 'pid', 'uts', 'cgroup']);

function itemTarget(section: string, item: Entity): readonly string[] | undefined {
  const name = item.path.at(-1) ?? '';
  switch (section) {
    case 'depends_on':
      return ['services', name];
    case 'links':
    case 'volumes_from':
      return name.startsWith('container:') ? undefined : serviceNamed(name);
    case 'networks':
      return ['networks', name];
    case 'volumes': {
      const volume = volumeOf(item);
      return volume === undefined ? undefined : ['volumes', volume];
    }
    case 'secrets':
    case 'configs': {
      const source = fieldOf(item, 'source');
      return [section, typeof source === 'string' ? source : name];
    }
    default:
      return undefined;
  }
}

/** Both `db:alias` of a link and `db:ro` of volumes_from name the service before the colon. */
function serviceNamed(item: string): readonly string[] {
  return ['services', item.split(':')[0] ?? item];
}
