import type { Entity, InfraDocument } from '../model/document.ts';
import type { Collection, Entry, Layout, Value } from './layout.ts';

/** Where the text states an entity. */
export interface Place {
  readonly entry: Entry;
  /** False where the entry states something larger, as `build: .` does for `build.context`. */
  readonly exact: boolean;
  /** How the entity comes by this text: written where it stands, or taken over from elsewhere. */
  readonly via: 'text' | 'alias' | 'merge';
}

/** The places of all entities of a document, and the way back from an entry to the collection it stands in. */
export class Places {
  readonly users = new Map<Entry, Entity[]>();
  /** The entities whose parts a collection states, directly, through an alias or through a merge key. */
  readonly takers = new Map<Collection, Entity[]>();
  readonly homes = new Map<Entry, Collection>();
  readonly mothers = new Map<Collection, Entry>();
  readonly aliases: { readonly name: string; readonly entry: Entry }[] = [];
  private readonly anchors = new Map<string, Entry[]>();
  private readonly places = new Map<Entity, Place>();

  constructor(document: InfraDocument, layout: Layout) {
    if (!layout.root) return;
    this.settle(layout.root, undefined);
    this.locate(document.root, { value: layout.root, entry: undefined, via: 'text' });
  }

  of(entity: Entity | undefined): Place | undefined {
    return entity && this.places.get(entity);
  }

  /** The entry whose value an alias stands for: the last one before it that carries the anchor. */
  anchored(name: string, before: Entry | undefined): Entry | undefined {
    const entries = this.anchors.get(name) ?? [];
    return before ? entries.findLast(({ start }) => start < before.start) : entries.at(-1);
  }

  anchorCount(name: string): number {
    return this.anchors.get(name)?.length ?? 0;
  }

  /** Takes up entries that were not in the text when it was read. */
  settle(collection: Collection, mother: Entry | undefined): void {
    if (mother) this.mothers.set(collection, mother);
    for (const entry of collection.entries) this.settleEntry(entry, collection);
  }

  settleEntry(entry: Entry, home: Collection): void {
    this.homes.set(entry, home);
    const { value, anchor } = entry;
    if (anchor !== undefined) this.anchors.set(anchor, [...(this.anchors.get(anchor) ?? []), entry]);
    if (value.shape !== 'leaf') this.settle(value, entry);
    else if (value.style === 'alias') this.aliases.push({ name: value.text.slice(1), entry });
  }

  /** The entries a mapping takes over through its merge keys, nearest first. */
  *merged(collection: Collection): Generator<Collection> {
    for (const entry of collection.entries) {
      if (entry.key !== '<<') continue;
      const sources = entry.value.shape === 'seq' ? entry.value.entries : [entry];
      for (const source of sources) {
        const target = this.resolve(source.value, source);
        if (target.shape === 'map') yield target;
      }
    }
  }

  resolve(value: Value, at: Entry | undefined): Value {
    let current = value;
    for (let steps = 0; current.shape === 'leaf' && current.style === 'alias' && steps < 100; steps++) {
      const target = this.anchored(current.text.slice(1), at);
      if (!target) break;
      current = target.value;
    }
    return current;
  }

  /** Whether a mapping would still have this key, from a merge key, without its own entry for it. */
  isMerged(collection: Collection, key: string | undefined): boolean {
    return key !== undefined && this.findMerged(collection, key, 0) !== undefined;
  }

  private locate(entity: Entity, scope: Scope): void {
    const value = this.resolve(scope.value, scope.entry);
    if (value.shape !== 'leaf') this.take(value, entity, 0);
    for (const child of entity.children.values()) {
      const place = this.find(child, scope);
      if (!place) continue;
      this.places.set(child, place);
      push(this.users, place.entry, child);
      this.locate(child, { value: place.entry.value, entry: place.entry, via: place.via });
    }
  }

  private take(collection: Collection, entity: Entity, depth: number): void {
    push(this.takers, collection, entity);
    if (depth > 20 || collection.shape !== 'map') return;
    for (const source of this.merged(collection)) this.take(source, entity, depth + 1);
  }

  private find(entity: Entity, scope: Scope): Place | undefined {
    const value = this.resolve(scope.value, scope.entry);
    const via = value === scope.value ? scope.via : 'alias';
    if (value.shape === 'map') {
      const name = entity.path.at(-1);
      const entry = value.entries.find(({ key }) => key === name);
      if (entry) return { entry, exact: true, via };
      const merged = this.findMerged(value, name ?? '', 0);
      if (merged) return { entry: merged, exact: true, via: 'merge' };
    }
    const entry = value.shape === 'leaf' ? undefined : entryAround(value.entries, entity.span.start);
    if (entry) return { entry, exact: true, via };
    return scope.entry && { entry: scope.entry, exact: false, via: scope.via };
  }

  private findMerged(collection: Collection, name: string, depth: number): Entry | undefined {
    if (depth > 20) return undefined;
    for (const source of this.merged(collection)) {
      const entry =
        source.entries.find(({ key }) => key === name) ?? this.findMerged(source, name, depth + 1);
      if (entry) return entry;
    }
    return undefined;
  }
}

function push<Key>(map: Map<Key, Entity[]>, key: Key, entity: Entity): void {
  const entities = map.get(key);
  if (entities) entities.push(entity);
  else map.set(key, [entity]);
}

interface Scope {
  readonly value: Value;
  readonly entry: Entry | undefined;
  readonly via: Place['via'];
}

/** The entries stand in the order of the text, so halving finds the one that an offset lies in. */
function entryAround(entries: readonly Entry[], offset: number): Entry | undefined {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((entries[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const entry = entries[low];
  return entry && entry.start <= offset && offset < Math.max(entry.end, entry.start + 1) ? entry : undefined;
}
