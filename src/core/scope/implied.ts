import type { Change } from '../diff/change.ts';
import { deepEqual } from '../diff/equal.ts';
import { grouped } from '../diff/grouped.ts';
import type { Reference } from '../diff/references.ts';
import type { Path } from '../model/address.ts';
import { type Entity, entityAt, type InfraDocument, type Json } from '../model/document.ts';
import { coversOp, grantedPath, matchesStart } from './coverage.ts';
import type { Grant } from './grant.ts';
import { namesIn } from './namings.ts';
import { followsRename, isFollowedBy, type Rename, renamesIn } from './renames.ts';
import { containerPort, samePath } from './sections.ts';

/**
 * The changes that a grant cannot be carried out without, each with that grant: Compose does not load a file that
 * names what is not there (compose-go loader/validate.go checkConsistency). Whether the granted act itself is
 * already done does not count, because an agent may need several edits, in any order.
 */
export function impliedChanges(
  grants: readonly Grant[],
  changes: readonly Change[],
  before: InfraDocument,
  after: InfraDocument,
): ReadonlyMap<Change, Grant> {
  if (grants.length === 0) return new Map();
  const sides = sidesOf(grants, before, after);
  const implied = new Map<Change, Grant>();
  for (const change of changes) {
    const grant = firstRuleFor(change, sides);
    if (grant !== undefined) implied.set(change, grant);
  }
  return implied;
}

interface Sides {
  readonly grants: readonly Grant[];
  readonly before: InfraDocument;
  readonly after: InfraDocument;
  /** Every reference in the document before, by the path of what names and by the service that it belongs to. */
  readonly named: ReadonlyMap<string, readonly Reference[]>;
  readonly namedByService: ReadonlyMap<string, readonly Reference[]>;
  /** Every reference in the document after, by the path of what is named. */
  readonly namedAfter: ReadonlyMap<string, readonly Reference[]>;
  readonly renames: readonly Rename[];
  /** The references in the document before to what is to be renamed. */
  readonly followed: readonly { readonly from: Entity; readonly rename: Rename }[];
}

/** A file of thousands of services can change in thousands of places, so nothing here is searched through for each. */
function sidesOf(grants: readonly Grant[], before: InfraDocument, after: InfraDocument): Sides {
  const names = namesIn(before);
  const renames = renamesIn(grants);
  const renamed = new Map(renames.map((rename) => [keyOf(rename.from), rename]));
  return {
    grants,
    before,
    after,
    named: grouped(names, ({ from }) => keyOf(from.path)),
    namedByService: grouped(names, ({ from }) => from.path[1] ?? ''),
    namedAfter: grouped(namesIn(after), ({ to }) => keyOf(to)),
    renames,
    followed: names.flatMap(({ from, to }) => {
      const rename = renamed.get(keyOf(to));
      return rename === undefined ? [] : [{ from, rename }];
    }),
  };
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

type Rule = (change: Change, sides: Sides) => Grant | undefined;

function firstRuleFor(change: Change, sides: Sides): Grant | undefined {
  for (const rule of rules) {
    const grant = rule(change, sides);
    if (grant !== undefined) return grant;
  }
  return undefined;
}

/** What names a thing that is to go has to go: an entry of depends_on, a mount, an attachment, `network_mode`. */
const droppedReference: Rule = (change, { grants, named, after }) => {
  if (change.op !== 'removed' && change.op !== 'changed') return undefined;
  const references = named.get(keyOf(change.path)) ?? [];
  const leaving = references.flatMap(({ to }) => removalOf(to, grants) ?? []);
  const [grant] = leaving;
  const [reference] = references;
  if (grant === undefined || reference === undefined) return undefined;
  const { value } = reference.from;
  if (!isList(value)) return change.op === 'removed' ? grant : undefined;
  const left = value.filter((item) => !namesLeaving(item, references, grants));
  const now = change.op === 'removed' ? [] : entityAt(after, change.path)?.value;
  return deepEqual(now, left) ? grant : undefined;
};

/** A service whose last network goes, or the service whose network it shared, lands in the default network. */
const fallsToDefault: Rule = (change, { grants, namedByService, after }) => {
  const [top, service = '', field, name] = change.path;
  if (change.op !== 'added' || top !== 'services' || field !== 'networks' || name !== 'default')
    return undefined;
  if (entityAt(after, ['services', service, 'networks'])?.children.size !== 1) return undefined;
  for (const { from, to } of namedByService.get(service) ?? []) {
    const isNetworking = from.path[2] === 'networks' || from.path[2] === 'network_mode';
    const grant = isNetworking ? removalOf(to, grants) : undefined;
    if (grant !== undefined) return grant;
  }
  return undefined;
};

/**
 * A volume, network, config or secret that what is to be added names and that was nowhere declared. Never another
 * service: that one would have to be asked for.
 */
const broughtAlong: Rule = (change, { grants, namedAfter }) => {
  const [top = ''] = change.path;
  if (change.op !== 'added' || change.path.length !== 2 || top === 'services') return undefined;
  for (const { from } of namedAfter.get(keyOf(change.path)) ?? []) {
    const grant = grants.find((candidate) => addsAround(candidate, from.path));
    if (grant !== undefined) return grant;
  }
  return undefined;
};

/** What named the old name names the new one, and says nothing else that it did not say before. */
const followedRename: Rule = (change, { followed, renames, after }) => {
  for (const { from, rename } of followed) {
    if (followsRename(change, from, renames, after)) return rename.grant;
  }
  return undefined;
};

/**
 * Two renames may touch the same service, as when a service and the volume it mounts get new names. Then the
 * comparison sees no twins and reports one gone and one come.
 */
const renamedTogether: Rule = (change, { before, after, renames }) => {
  for (const rename of renames) {
    const isHalf =
      (change.op === 'removed' && samePath(change.path, rename.from)) ||
      (change.op === 'added' && samePath(change.path, rename.to));
    if (!isHalf || entityAt(before, rename.to) !== undefined) continue;
    const old = entityAt(before, rename.from);
    const fresh = entityAt(after, rename.to);
    if (old && fresh && isFollowedBy(old, fresh, renames)) return rename.grant;
  }
  return undefined;
};

/** One granted to go and one granted to come, so alike that the comparison takes them for one with a new name. */
const goneAndCome: Rule = (change, { grants, before, after }) => {
  const [gone, come] =
    change.op === 'renamed' ? [change.path, change.renamedTo] : halvesOfPort(change, before, after);
  if (gone === undefined || come === undefined) return undefined;
  const isAdded = grants.some((grant) => coversOp(grant, 'added', come));
  return isAdded ? removalOf(gone, grants) : undefined;
};

/** A thing of parts that comes or goes because all its parts do, each of them granted: `deploy` with a first limit. */
const holder: Rule = ({ op, path }, { grants, before, after }) => {
  if ((op !== 'added' && op !== 'removed') || path.length < 3) return undefined;
  const entity = entityAt(op === 'added' ? after : before, path);
  if (entity === undefined || entity.children.size === 0) return undefined;
  const found = leavesOf(entity).map((leaf) => grants.find((grant) => coversOp(grant, op, leaf.path)));
  return found.includes(undefined) ? undefined : found[0];
};

const rules: readonly Rule[] = [
  droppedReference,
  fallsToDefault,
  broughtAlong,
  followedRename,
  renamedTogether,
  goneAndCome,
  holder,
];

function removalOf(path: Path, grants: readonly Grant[]): Grant | undefined {
  return grants.find((grant) => coversOp(grant, 'removed', path));
}

function addsAround(grant: Grant, path: Path): boolean {
  const granted = grant.op === 'add' ? grantedPath(grant) : undefined;
  return granted !== undefined && matchesStart(granted, path);
}

/** Items of `links` and `volumes_from`, which the reader may keep as one ordered list. */
function namesLeaving(item: Json, references: readonly Reference[], grants: readonly Grant[]): boolean {
  const name = typeof item === 'string' ? (item.split(':')[0] ?? '') : '';
  return references.some(({ to }) => to[1] === name && removalOf(to, grants) !== undefined);
}

/** A port published otherwise is reported as one change; its two halves are what the service published and publishes. */
function halvesOfPort(
  { op, path }: Change,
  before: InfraDocument,
  after: InfraDocument,
): readonly [Path | undefined, Path | undefined] {
  const [section, name] = [path.slice(0, 3), path[3]];
  if (op !== 'changed' || section[2] !== 'ports' || name === undefined) return [undefined, undefined];
  const portsOf = (document: InfraDocument) => [...(entityAt(document, section)?.children.keys() ?? [])];
  const [old, fresh] = [portsOf(before), portsOf(after)];
  const gone = old.find((port) => containerPort(port) === name && !fresh.includes(port));
  const come = fresh.find((port) => containerPort(port) === name && !old.includes(port));
  const at = (port: string | undefined) => (port === undefined ? undefined : [...section, port]);
  return [at(gone), at(come)];
}

function leavesOf(entity: Entity): readonly Entity[] {
  return entity.children.size === 0 ? [entity] : [...entity.children.values()].flatMap(leavesOf);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
