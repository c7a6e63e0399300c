import { deepEqual, sameMeaning } from '../diff/equal.ts';
import { formatAddress } from '../model/address.ts';
import { type Entity, entityAt, type InfraDocument } from '../model/document.ts';
import { Refusal } from './refusal.ts';

/** What salvage needs to know of a change that is to be carried out. */
export interface WishedChange {
  readonly op: 'added' | 'removed' | 'changed' | 'renamed';
  readonly path: readonly string[];
  /** Where a renamed entity is now. */
  readonly renamedTo?: readonly string[] | undefined;
}

/** A change with the entity it speaks of on either side. */
export interface Wish {
  readonly op: WishedChange['op'];
  readonly path: readonly string[];
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
}

/** All changes that are to be carried out, and what of the two documents they cover. */
export class Wishes {
  readonly all: readonly Wish[];
  private readonly removed = new Set<Entity>();
  private readonly added = new Set<Entity>();
  private readonly changed = new Map<Entity, Entity>();

  constructor(before: InfraDocument, after: InfraDocument, changes: readonly WishedChange[]) {
    this.all = changes.map((change) => toWish(before, after, change));
    for (const wish of this.all) {
      if (wish.before && wish.after) this.changed.set(wish.before, wish.after);
      else if (wish.before) markAll(wish.before, this.removed);
      if (wish.after) markAll(wish.after, this.added);
    }
  }

  removes(entity: Entity): boolean {
    return this.removed.has(entity);
  }

  /** Whether what an entity of the text after says is wished for, as new or as changed. */
  brings(entity: Entity): boolean {
    return this.added.has(entity);
  }

  changesTo(entity: Entity): Entity | undefined {
    return this.changed.get(entity);
  }

  /** Whether carrying out the wishes leaves the same meaning here as the text after has. */
  settles(before: Entity | undefined, after: Entity | undefined): boolean {
    if (before && after && sameMeaning(before, after)) return true;
    if (before && this.removed.has(before)) return after === undefined || this.added.has(after);
    if (before && after && this.changed.get(before) === after) return true;
    if (!before && after && this.added.has(after)) return true;
    const kinds = [before?.kind ?? 'section', after?.kind ?? 'section'];
    const bothInParts = before ? after !== undefined && inParts(before) && inParts(after) : false;
    if (!bothInParts && kinds.some((kind) => kind !== 'section')) return false;
    const names = new Set([...(before?.children.keys() ?? []), ...(after?.children.keys() ?? [])]);
    return [...names].every((name) =>
      this.settlesChild(before?.children.get(name), after?.children.get(name)),
    );
  }

  /** A port published otherwise goes under one name and comes under another, as one change. */
  private settlesChild(before: Entity | undefined, after: Entity | undefined): boolean {
    if (before && !after && this.changed.has(before)) return true;
    return this.settles(before, after);
  }
}

function toWish(before: InfraDocument, after: InfraDocument, change: WishedChange): Wish {
  const { op, path } = change;
  const old = op === 'added' ? undefined : (entityAt(before, path) ?? portOf(before, after, path));
  const target = change.renamedTo ?? path;
  const fresh = op === 'removed' ? undefined : (entityAt(after, target) ?? portOf(after, before, path));
  if ((op !== 'added' && !old) || (op !== 'removed' && !fresh)) {
    throw new Refusal(`${formatAddress(path)} is not in the text`, 0);
  }
  if ((op === 'added' ? fresh : op === 'removed' ? old : undefined)?.kind === 'section') {
    throw new Refusal(`${formatAddress(path)} is a section, of which only what it holds can come or go`, 0);
  }
  return { op, path, before: old, after: fresh };
}

/** The port that a change names by its container side only: the one that is not on the other side as it is here. */
function portOf(here: InfraDocument, there: InfraDocument, path: readonly string[]): Entity | undefined {
  const section = path.slice(0, -1);
  const twins = entityAt(there, section)?.children;
  const ports = [...(entityAt(here, section)?.children.values() ?? [])].filter((port) => {
    const name = port.path.at(-1) ?? '';
    const isSame = deepEqual(twins?.get(name)?.value, port.value) && twins?.has(name);
    return name.split(':').at(-1) === path.at(-1) && !isSame;
  });
  return ports.length === 1 ? ports[0] : undefined;
}

function inParts({ value }: Entity): boolean {
  return value === undefined;
}

function markAll(entity: Entity, marks: Set<Entity>): void {
  marks.add(entity);
  for (const child of entity.children.values()) markAll(child, marks);
}
