import type { Entity, InfraDocument } from '../model/document.ts';
import { adoptEntry } from './adopt.ts';
import { formOf, itemToPair, pairToItem, toBlockEntry, toFlowEntry } from './forms.ts';
import { type Collection, type Entry, entriesOf, type Layout } from './layout.ts';
import { Places } from './places.ts';
import { Portable } from './portable.ts';
import { readLayout } from './readLayout.ts';
import { Refusal } from './refusal.ts';
import { defaultStyle, type Style, styleOf } from './style.ts';
import { widen } from './widen.ts';
import type { Wishes } from './wishes.ts';

export interface Side {
  readonly document: InfraDocument;
  readonly layout: Layout;
  readonly places: Places;
  readonly style: Style;
}

/** What the splices share: both texts, what is wished for, and what has been done to the layout of the first. */
export interface Work {
  readonly before: Side;
  readonly after: Side;
  readonly wishes: Wishes;
  readonly portable: Portable;
  /** Paths below which the text is that of `after` already. */
  readonly settled: (readonly string[])[];
  /** Collections that lost an entry. */
  readonly shrunk: Set<Collection>;
  /** Which entry of `after` became which entry of a collection. */
  readonly landed: Map<Collection, Map<Entry, Entry>>;
}

export function startWork(before: InfraDocument, after: InfraDocument, wishes: Wishes): Work {
  const there = sideOf(after, defaultStyle);
  const here = sideOf(before, there.style);
  const portable = new Portable(there.places, here.places, there.style);
  return { before: here, after: there, wishes, portable, settled: [], shrunk: new Set(), landed: new Map() };
}

/** Every entity that an entry and what it contains state, directly or through an alias elsewhere. */
export function usersWithin(places: Places, entry: Entry): Entity[] {
  return [entry, ...entriesOf(entry.value)].flatMap((inner) => places.users.get(inner) ?? []);
}

export function homeOf(places: Places, entry: Entry): Collection {
  const home = places.homes.get(entry);
  if (!home) throw new Refusal('an entry without a collection', entry.start);
  return home;
}

/** An entry of `after` as it reads in a collection of `before`: independent, in its form, style and columns. */
export function adopted(work: Work, entry: Entry, home: Collection, section: string | undefined): Entry {
  return adoptedFrom(work, entry, homeOf(work.after.places, entry), home, section);
}

/** The same for an entry that was made from one of `after` and stands in no collection itself. */
export function adoptedFrom(
  work: Work,
  entry: Entry,
  from: Collection,
  home: Collection,
  section: string | undefined,
): Entry {
  const { style } = work.before;
  const own = work.portable.entry(entry, from.column);
  const block = from.style === 'flow' ? toBlockEntry(own, from.shape, from.column, style.eol) : own;
  const formed = from.shape === home.shape ? block : inForm(work, block, from, home, section);
  if (home.style === 'flow') return toFlowEntry(formed);
  return adoptEntry(formed, { from: from.column, to: home.column, old: work.after.style, style });
}

function inForm(
  work: Work,
  entry: Entry,
  from: Collection,
  home: Collection,
  section: string | undefined,
): Entry {
  const form = formOf(section);
  if (!form) throw new Refusal(`"${section}" is a list on one side and a mapping on the other`, entry.start);
  const { style, places } = work.before;
  const isList = home.shape === 'seq';
  const formed = isList
    ? pairToItem(entry, form)
    : itemToPair(entry, form, from.column + work.after.style.unit);
  if (formed) return formed;
  if (!isList) throw new Refusal(`"${section}" is a mapping that cannot hold this item`, entry.start);
  widen(home, form, places, style);
  return entry;
}

function sideOf(document: InfraDocument, other: Style): Side {
  const layout = readLayout(document.text);
  return { document, layout, places: new Places(document, layout), style: styleOf(layout, other) };
}
