import type { Change } from '../diff/change.ts';
import { deepEqual, sameMeaning } from '../diff/equal.ts';
import { type Path, parseAddress } from '../model/address.ts';
import { type Entity, entityAt, type InfraDocument, type Json } from '../model/document.ts';
import type { Grant } from './grant.ts';
import { isBuildSecret, samePath } from './sections.ts';

/** A granted rename of a thing that others may name. */
export interface Rename {
  readonly grant: Grant;
  readonly from: Path;
  readonly to: Path;
}

export function renamesIn(grants: readonly Grant[]): Rename[] {
  return grants.flatMap((grant) => {
    const from = grant.op === 'rename' ? parseAddress(grant.address) : undefined;
    const to = grant.to === undefined ? undefined : parseAddress(grant.to);
    return from?.length === 2 && to?.length === 2 ? [{ grant, from, to }] : [];
  });
}

/** Whether a change is the update, or one half of the update, of a reference to what is renamed. */
export function followsRename(
  change: Change,
  reference: Entity,
  renames: readonly Rename[],
  after: InfraDocument,
): boolean {
  return wordings(reference, renames).some(({ name, value }) => {
    const path = [...reference.path.slice(0, -1), name];
    const isOld = samePath(change.path, reference.path);
    const isNew = samePath(change.path, path);
    if (!isOld && !isNew) return false;
    if (isOld && isNew ? change.op !== 'changed' : change.op !== (isOld ? 'removed' : 'added')) return false;
    const now = entityAt(after, path);
    return now !== undefined && deepEqual(now.value, value) && sameParts(reference, now);
  });
}

/** Whether one entity is another, but for the new names. */
export function isFollowedBy(old: Entity, fresh: Entity, renames: readonly Rename[]): boolean {
  if (old.children.size !== fresh.children.size) return false;
  if (old.children.size === 0)
    return wordings(old, renames).some(({ value }) => deepEqual(value, fresh.value));
  return [...old.children.values()].every((part) =>
    wordings(part, renames).some(({ name }) => {
      const twin = fresh.children.get(name);
      return twin !== undefined && isFollowedBy(part, twin, renames);
    }),
  );
}

interface Wording {
  readonly name: string;
  readonly value: Json | undefined;
}

/** What a part of a service says once the names in it are the new ones. Two ways where Compose leaves a choice. */
function wordings({ path, value }: Entity, renames: readonly Rename[]): readonly Wording[] {
  const name = path.at(-1) ?? '';
  const [top, , field = ''] = path;
  if (top !== 'services') return [{ name, value }];
  const fresh = (section: string, old: string) =>
    renames.find(({ from }) => from[0] === section && from[1] === old)?.to[1] ?? old;
  if (path.length === 3) return [{ name, value: fieldValue(field, value, (old) => fresh('services', old)) }];
  if (isBuildSecret(path)) return grantedFiles(name, value, (old) => fresh('secrets', old));
  if (isContext(path)) return [{ name, value: sharedOf(value, (old) => fresh('services', old)) }];
  if (path.length !== 4) return [{ name, value }];
  switch (field) {
    case 'depends_on':
      return [{ name: fresh('services', name), value }];
    case 'networks':
      return [{ name: fresh('networks', name), value }];
    case 'links':
    case 'volumes_from': {
      const item = (text: string) => serviceItem(text, (old) => fresh('services', old));
      return [{ name: item(name), value: typeof value === 'string' ? item(value) : value }];
    }
    case 'volumes':
      return [{ name, value: withSource(value, (old) => fresh('volumes', old)) }];
    case 'secrets':
    case 'configs':
      return grantedFiles(name, value, (old) => fresh(field, old));
    default:
      return [{ name, value }];
  }
}

function fieldValue(
  field: string,
  value: Json | undefined,
  fresh: (old: string) => string,
): Json | undefined {
  if (sharing.has(field)) return sharedOf(value, fresh);
  if ((field === 'links' || field === 'volumes_from') && Array.isArray(value)) {
    return value.map((item: Json) => (typeof item === 'string' ? serviceItem(item, fresh) : item));
  }
  return value;
}

/** `service:db`, wherever a field takes it. */
function sharedOf(value: Json | undefined, fresh: (old: string) => string): Json | undefined {
  const isService = typeof value === 'string' && value.startsWith('service:');
  return isService ? `service:${fresh(value.slice('service:'.length))}` : value;
}

/** A context that a build takes besides its own. */
function isContext(path: Path): boolean {
  return path.length === 5 && path[2] === 'build' && path[3] === 'additional_contexts';
}

/** Fields by which a service shares a namespace of another. */
const sharing: ReadonlySet<string> = new Set(['network_mode', 'ipc', 'pid', 'uts', 'cgroup']);

/** `db`, `db:alias`, `db:ro`; a container by name is not a service. */
function serviceItem(item: string, fresh: (old: string) => string): string {
  const [name = '', ...rest] = item.split(':');
  return name === 'container' ? item : [fresh(name), ...rest].join(':');
}

function withSource(value: Json | undefined, fresh: (old: string) => string): Json | undefined {
  return isMapping(value) && typeof value.source === 'string'
    ? { ...value, source: fresh(value.source) }
    : value;
}

/**
 * The short form puts a config or secret at a path with its name, the long form where it says; the long form with the
 * old path is as good an update as the short form with the new one. Elsewhere than by default, the path is in the key.
 */
function grantedFiles(
  name: string,
  value: Json | undefined,
  fresh: (old: string) => string,
): readonly Wording[] {
  const source = isMapping(value) && typeof value.source === 'string' ? value.source : name;
  const now = fresh(source);
  if (now === source) return [{ name, value }];
  const kept = withSource(value, fresh);
  const target = isMapping(kept) && typeof kept.target === 'string' ? kept.target : undefined;
  if (name !== source || target === undefined)
    return [{ name: now + name.slice(source.length), value: kept }];
  const moved = target.endsWith(`/${source}`) ? target.slice(0, -source.length) + now : target;
  return [
    { name: now, value: isMapping(kept) ? { ...kept, target: moved } : kept },
    { name: `${now}:${target}`, value: kept },
  ];
}

function sameParts(one: Entity, other: Entity): boolean {
  return sameMeaning({ value: null, children: one.children }, { value: null, children: other.children });
}

function isMapping(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
