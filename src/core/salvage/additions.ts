import { sameMeaning } from '../diff/equal.ts';
import { contains } from '../model/address.ts';
import { type Entity, entityAt } from '../model/document.ts';
import { putIn } from './edits.ts';
import { type Collection, type Entry, emptyLeaf, type Value } from './layout.ts';
import { Refusal } from './refusal.ts';
import { replace } from './replace.ts';
import type { Wish } from './wishes.ts';
import { adopted, adoptedFrom, homeOf, usersWithin, type Work } from './work.ts';

/** Puts what a wish brings where it stands in `after`: behind the same neighbour where that is here too. */
export function add(work: Work, wish: Wish): void {
  const { after, path } = wish;
  const place = work.after.places.of(after);
  const isSection = place !== undefined && statesSection(work, path.slice(0, -1), place.entry);
  if (!after || !place || !(place.exact || isSection))
    throw new Refusal('the edit states it together with something else', 0);
  const around = path.slice(0, isSection ? -2 : -1);
  const tied = usersWithin(work.after.places, place.entry).filter((user) => contains(around, user.path));
  if (tied.some((user) => user.kind !== 'section' && !work.wishes.brings(user) && !isInside(user, after))) {
    throw new Refusal('the edit states it together with something else', 0);
  }
  const target = collectionAt(work, around, after);
  if (work.landed.get(target)?.has(place.entry)) return;
  const silent = silentEntry(work, target, place.entry);
  if (silent) replace(work, silent, place.entry, around.at(-1));
  else land(work, place.entry, target, adopted(work, place.entry, target, around.at(-1)));
}

/** `tmpfs: /run` states a section of which there is none yet, and the one thing in it. */
function statesSection({ before, after }: Work, path: readonly string[], entry: Entry): boolean {
  const section = entityAt(after.document, path);
  const place = after.places.of(section);
  const isNew = section?.kind === 'section' && entityAt(before.document, path) === undefined;
  return isNew && place?.exact === true && place.entry === entry && entry.value.shape === 'leaf';
}

/** The entry that has the key already but states nothing, as one with a default value or an empty section does. */
function silentEntry({ before }: Work, target: Collection, { key }: Entry): Entry | undefined {
  const entry = key === undefined ? undefined : target.entries.find((known) => known.key === key);
  if (entry && (before.places.users.get(entry) ?? []).length > 0) {
    throw new Refusal('the text states something else in its place', entry.start);
  }
  return entry;
}

/** Puts an adopted entry into a collection and remembers whose twin it is. */
export function land(work: Work, source: Entry, target: Collection, entry: Entry): void {
  const { places, style } = work.before;
  putIn(entry, target, places.mothers.get(target), indexFor(work, source, target), style.eol);
  places.settleEntry(entry, target);
  const landed = work.landed.get(target) ?? new Map<Entry, Entry>();
  work.landed.set(target, landed.set(source, entry));
}

function isInside(user: Entity, outer: Entity): boolean {
  return contains(outer.path, user.path);
}

function collectionAt(work: Work, path: readonly string[], part: Entity): Collection {
  const { before } = work;
  if (path.length === 0) {
    if (!before.layout.root) throw new Refusal('the text has no entries yet', 0);
    return before.layout.root;
  }
  const entity = entityAt(before.document, path);
  const place = before.places.of(entity);
  if (!entity || !place || (!place.exact && entity.kind === 'section')) return createdSection(work, path);
  if (!place.exact) throw new Refusal('the text states it together with something else', place.entry.start);
  if (place.via === 'merge')
    throw new Refusal('the text takes it over through a merge key', place.entry.start);
  const { value } = place.entry;
  const sharers = (value.shape === 'leaf' ? undefined : before.places.takers.get(value)) ?? [];
  if (!sharers.every((sharer) => sharer === entity || isBroughtTo(work, sharer, part))) {
    throw new Refusal('the text shares it through an anchor', place.entry.start);
  }
  return openCollection(work, place.entry, path);
}

/** Whether the wishes bring the same part to another place that uses the same text. */
function isBroughtTo(work: Work, sharer: Entity, part: Entity): boolean {
  const twin = entityAt(work.after.document, [...sharer.path, part.path.at(-1) ?? '']);
  return twin !== undefined && work.wishes.brings(twin) && sameMeaning(twin, part);
}

const created = new WeakMap<Work, Map<string, Collection>>();

/** A section that the text does not have yet, as `after` has it but with nothing in it. */
function createdSection(work: Work, path: readonly string[]): Collection {
  const known = created.get(work) ?? new Map<string, Collection>();
  created.set(work, known);
  const id = JSON.stringify(path);
  const existing = known.get(id);
  if (existing) return existing;
  const section = entityAt(work.after.document, path);
  const place = work.after.places.of(section);
  if (!section || !place?.exact) throw new Refusal('the edit states it together with something else', 0);
  const target = collectionAt(work, path.slice(0, -1), section);
  const silent = silentEntry(work, target, place.entry);
  if (silent) return openCollection(work, silent, path);
  const from = homeOf(work.after.places, place.entry);
  const bare = { ...place.entry, value: emptyLeaf, props: '', pad: '', anchor: undefined };
  const shell = adoptedFrom(work, bare, from, target, undefined);
  land(work, place.entry, target, shell);
  const collection = openCollection(work, shell, path);
  known.set(id, collection);
  return collection;
}

/** The collection an entry holds; one that is empty in any way takes the shape it has in `after`. */
function openCollection(work: Work, entry: Entry, path: readonly string[]): Collection {
  const { value } = entry;
  const { places } = work.before;
  if (value.shape !== 'leaf' && (value.entries.length > 0 || value.style === 'block')) return value;
  const isAlias = value.shape === 'leaf' && value.style === 'alias';
  const isNull = value.shape === 'leaf' && /^(?:|~|null)$/.test(value.text);
  if (value.shape === 'leaf' && !isAlias && !isNull) {
    throw new Refusal(`"${path.at(-1)}" holds a single value here`, entry.start);
  }
  const home = homeOf(places, entry);
  const model = modelOf(work, path);
  if (isAlias && model.shape === 'seq')
    throw new Refusal('the text shares this list through an anchor', entry.start);
  const collection = emptyCollection(work, home, model);
  if (isAlias) collection.entries.push(mergeEntry(value, collection, entry.rest));
  const isFlow = collection.style === 'flow';
  entry.pad = isFlow ? ' ' : '';
  entry.value = collection;
  places.settle(collection, entry);
  return collection;
}

function modelOf(work: Work, path: readonly string[]): Collection {
  const place = work.after.places.of(entityAt(work.after.document, path));
  const value: Value | undefined = place && work.after.places.resolve(place.entry.value, place.entry);
  if (!value || value.shape === 'leaf')
    throw new Refusal('the edit states it together with something else', 0);
  return value;
}

function emptyCollection({ before }: Work, home: Collection, { shape, style }: Collection): Collection {
  const step = shape === 'seq' ? before.style.dash : before.style.unit;
  if (home.style === 'flow' || style === 'flow') {
    return { shape, style: 'flow', column: 0, entries: [], close: shape === 'seq' ? ']' : '}' };
  }
  return { shape, style: 'block', column: home.column + step, entries: [], close: '' };
}

function mergeEntry(alias: Value, { column, style }: Collection, rest: string): Entry {
  const isFlow = style === 'flow';
  const eol = /\r?\n$/.exec(rest)?.[0] ?? '';
  return {
    above: '',
    own: '',
    indent: isFlow ? '' : ' '.repeat(column),
    mark: '<<:',
    props: '',
    pad: ' ',
    value: alias,
    rest: isFlow ? ' ' : eol,
    below: '',
    key: '<<',
    start: -1,
    end: -1,
    anchor: undefined,
  };
}

function indexFor(work: Work, source: Entry, target: Collection): number {
  const siblings = homeOf(work.after.places, source).entries;
  const at = siblings.indexOf(source);
  for (let index = at - 1; index >= 0; index--) {
    const twin = twinIn(work, siblings[index], target);
    if (twin !== -1) return twin + 1;
  }
  for (let index = at + 1; index < siblings.length; index++) {
    const twin = twinIn(work, siblings[index], target);
    if (twin !== -1) return twin;
  }
  return target.entries.length;
}

function twinIn(work: Work, sibling: Entry | undefined, target: Collection): number {
  if (!sibling) return -1;
  const landed = work.landed.get(target)?.get(sibling);
  if (landed) return target.entries.indexOf(landed);
  for (const user of work.after.places.users.get(sibling) ?? []) {
    const place = work.before.places.of(entityAt(work.before.document, user.path));
    const index = place?.exact ? target.entries.indexOf(place.entry) : -1;
    if (index !== -1) return index;
  }
  return target.entries.findIndex((entry) => isTwin(entry, sibling));
}

function isTwin(entry: Entry, sibling: Entry): boolean {
  if (entry.key !== undefined || sibling.key !== undefined) return entry.key === sibling.key;
  const says = ({ value }: Entry) => (value.shape === 'leaf' ? value.says : undefined);
  return says(entry) !== undefined && says(entry) === says(sibling);
}
