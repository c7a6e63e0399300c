import { sameMeaning } from '../diff/equal.ts';
import { contains } from '../model/address.ts';
import { type Entity, entityAt } from '../model/document.ts';
import { add, land } from './additions.ts';
import { takeOut } from './edits.ts';
import { type Entry, write } from './layout.ts';
import type { Place } from './places.ts';
import { prune } from './prune.ts';
import { Refusal } from './refusal.ts';
import { replace } from './replace.ts';
import type { Wish } from './wishes.ts';
import { adopted, homeOf, usersWithin, type Work } from './work.ts';

/** Carries out all wishes on the layout of `before` and writes it. What goes goes first, so that places are free. */
export function splice(work: Work): string {
  const { all } = work.wishes;
  for (const wish of all) if (wish.op === 'removed') attempt(work, wish, remove);
  for (const wish of all) if (wish.op === 'changed') attempt(work, wish, change);
  for (const wish of all) if (wish.op === 'renamed') attempt(work, wish, rename);
  const additions = all.filter(({ op }) => op === 'added');
  const start = ({ after }: Wish) => after?.span.start ?? 0;
  for (const wish of additions.sort((one, other) => start(one) - start(other))) attempt(work, wish, add);
  prune(work);
  return write(work.before.layout);
}

type Step = (work: Work, wish: Wish) => void;

/** Where one entry cannot be edited by itself, the smallest thing around it that is wished for as a whole is. */
function attempt(work: Work, wish: Wish, step: Step): void {
  if (work.settled.some((path) => contains(path, wish.path))) return;
  try {
    step(work, wish);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!replaceAround(work, wish)) throw new Refusal(error.message, reasonOffset(work, wish, error.offset));
  }
}

function reasonOffset(work: Work, { before, path }: Wish, offset: number): number {
  const parent = before ?? entityAt(work.before.document, path.slice(0, -1));
  return parent ? parent.span.start : offset;
}

function remove(work: Work, { before }: Wish): void {
  const { places } = work.before;
  const place = ownPlace(work, before);
  const others = usersWithin(places, place.entry).filter(
    (user) => !work.wishes.removes(user) && hasMeaning(user),
  );
  if (others.length > 0)
    throw new Refusal('the text states something else together with it', place.entry.start);
  if (places.isMerged(homeOf(places, place.entry), place.entry.key)) {
    throw new Refusal('a merge key brings it back when it goes', place.entry.start);
  }
  for (const entry of silentTwins(work, place.entry)) takeAway(work, entry);
  takeAway(work, place.entry);
}

/** Of several items of a list with one name only the last counts; the others would count once it is gone. */
function silentTwins({ before }: Work, entry: Entry): Entry[] {
  const { places } = before;
  const home = homeOf(places, entry);
  const name = itemName(entry);
  if (home.shape === 'map' || name === undefined) return [];
  return home.entries.filter((item) => itemName(item) === name && usersWithin(places, item).length === 0);
}

function itemName({ value }: Entry): string | undefined {
  return value.shape === 'leaf' ? value.says?.split('=')[0] : undefined;
}

function takeAway(work: Work, entry: Entry): void {
  const home = homeOf(work.before.places, entry);
  takeOut(entry, home, work.before.places.mothers.get(home));
  work.shrunk.add(home);
}

function change(work: Work, wish: Wish): void {
  const { before, after } = wish;
  const source = work.after.places.of(after);
  const shortTarget = work.before.places.of(before);
  const isShort = shortTarget !== undefined && !shortTarget.exact && saysAll(shortTarget.entry, before);
  const target = isShort ? shortTarget : ownPlace(work, before);
  if (!after || !source || !(source.exact || saysAll(source.entry, after)))
    throw new Refusal('the edit states it together with something else', 0);
  const { places } = work.before;
  const others = usersWithin(places, target.entry).filter(
    (user) => !isPartOf(user, before) && hasMeaning(user),
  );
  if (others.some((user) => !becomes(work, user, after))) {
    throw new Refusal('the text shares this value with something else', target.entry.start);
  }
  const around = wish.path.slice(0, -1);
  const tied = usersWithin(work.after.places, source.entry).filter((user) => contains(around, user.path));
  if (tied.some((user) => !isPartOf(user, after) && hasMeaning(user) && !work.wishes.brings(user))) {
    throw new Refusal('the edit states it together with something else', 0);
  }
  replace(work, target.entry, source.entry, around.at(-1));
}

function rename(work: Work, { before, after }: Wish): void {
  const target = ownPlace(work, before);
  const source = work.after.places.of(after);
  if (!source?.exact || source.entry.key === undefined || target.entry.key === undefined) {
    throw new Refusal('the name does not stand in the text as a key', target.entry.start);
  }
  target.entry.mark = source.entry.mark;
  target.entry.key = source.entry.key;
}

/** Takes the nearest entity around a wish over from `after` whole, where all that differs in it is wished for. */
function replaceAround(work: Work, wish: Wish): boolean {
  const least = wish.path[0] === 'services' ? 3 : 2;
  for (let length = wish.path.length; length >= least; length--) {
    const path = wish.path.slice(0, length);
    const before = entityAt(work.before.document, path);
    const after = entityAt(work.after.document, path);
    if (!work.wishes.settles(before, after)) continue;
    if (!takeOver(work, path, before, after)) continue;
    work.settled.push(path);
    return true;
  }
  return false;
}

function takeOver(
  work: Work,
  path: readonly string[],
  before: Entity | undefined,
  after: Entity | undefined,
): boolean {
  const target = work.before.places.of(before);
  const source = work.after.places.of(after);
  if (!before || !target?.exact || (after && !source?.exact)) return false;
  const others = usersWithin(work.before.places, target.entry).filter(
    (user) => !isPartOf(user, before) && (source !== undefined || hasMeaning(user)),
  );
  const isAlone = others.length === 0;
  if (!source) {
    if (isAlone) takeAway(work, target.entry);
    return isAlone;
  }
  if (isAlone && target.via !== 'merge') {
    replace(work, target.entry, source.entry, path.at(-2));
    return true;
  }
  return target.via === 'merge' && override(work, path, source);
}

/** What stands in a mapping itself goes before what a merge key brings, so the value is written there. */
function override(work: Work, path: readonly string[], source: Place): boolean {
  const parent = entityAt(work.before.document, path.slice(0, -1));
  const place = work.before.places.of(parent);
  if (!parent || !place?.exact || place.via !== 'text') return false;
  const { value } = place.entry;
  const isSole = (work.before.places.users.get(place.entry) ?? []).every((user) => user === parent);
  if (value.shape !== 'map' || !isSole) return false;
  land(work, source.entry, value, adopted(work, source.entry, value, path.at(-2)));
  return true;
}

function ownPlace(work: Work, entity: Entity | undefined): Place {
  const place = work.before.places.of(entity);
  if (!place?.exact)
    throw new Refusal('the text states it together with something else', place?.entry.start ?? 0);
  return place;
}

function becomes(work: Work, user: Entity, after: Entity): boolean {
  const twin = work.wishes.changesTo(user);
  return twin !== undefined && sameMeaning(twin, after);
}

/** `build: ./app` states the build and its context, and nothing but the context. */
function saysAll({ value }: Entry, entity: Entity | undefined): boolean {
  return value.shape === 'leaf' && value.says !== undefined && value.says === entity?.label;
}

function isPartOf(user: { readonly path: readonly string[] }, outer: Entity | undefined): boolean {
  return outer !== undefined && contains(outer.path, user.path);
}

/** Only what is in a section has meaning; the section itself may come and go with it. */
function hasMeaning({ kind }: Entity): boolean {
  return kind !== 'section';
}
