import type { Group, Item } from './items.ts';
import { type Noun, nounsIn } from './nouns.ts';
import { type Context, choices, type Outcome } from './outcome.ts';
import { servicesFor } from './owners.ts';
import { determiners, type Verb } from './vocabulary.ts';
import type { Word } from './words.ts';

/**
 * Reads on over a list where a bare name continues what stands before it: in "remove DEBUG from api and worker" the
 * worker is not to be removed. Taking the name for a thing of its own would grant far more than was asked.
 */
export function continued(items: readonly Item[], verb: Verb, context: Context): Item[] {
  const found: Item[] = [];
  for (const item of items) {
    const last = found.at(-1);
    const group = last?.groups.at(-1);
    const continues =
      last !== undefined &&
      group !== undefined &&
      saysValueAlone(item, last, verb) &&
      ownerWords(verb).includes(group.preposition) &&
      servicesFor(item.object, context).paths.length > 0;
    found.push(
      continues ? { ...last, groups: withOwner(last.groups, item.object), typed: item.typed } : item,
    );
  }
  return found;
}

/** Carries a plural noun over to the names before it: "remove the redis and neo4j volumes" removes no service. */
export function sharedNoun(items: readonly Item[]): Item[] {
  const noun = endingNoun(items);
  const last = items.at(-1);
  if (noun === undefined || last === undefined || !isPlural(noun, last.object)) return [...items];
  const words = last.object.slice(noun.start);
  return items.map((item, index) =>
    index < items.length - 1 && isBare(item) ? { ...item, object: [...item.object, ...words] } : item,
  );
}

/**
 * Whether a name in a list may belong to the noun or key at the list's end, as redis in "remove redis and neo4j
 * volume". Then it is not sure that the service itself is meant.
 */
export function doubtful(items: readonly Item[], outcomes: readonly Outcome[], index: number): Outcome {
  const item = items[index];
  const outcome = outcomes[index];
  const last = items.at(-1);
  if (item === undefined || last === undefined || outcome === undefined || !('grants' in outcome))
    return outcome;
  const [noun] = nounsIn(last.object).filter(({ kind }) => kind !== 'service');
  const mayOwn = last.object.length > 1 && !startsNew(last.object) && noun?.start !== 0;
  const isNamed = mayOwn && isPartOfSomething(outcomes.at(-1));
  if (index === items.length - 1 || !isBare(item) || !isNamed) return outcome;
  const addresses = outcome.grants.map(({ address }) => address);
  return addresses.every(isDeep) ? outcome : { candidates: choices(outcome) };
}

/** In "set restart of api and worker to always" the value stands behind the last owner and holds for each. */
function saysValueAlone(item: Item, last: Item, verb: Verb): boolean {
  const isValue = ({ preposition }: Group) => preposition === 'to';
  const takesValue = verb === 'set' || verb === 'change';
  return (
    item.own.every((group) => takesValue && isValue(group)) &&
    (item.own.length === 0 || !last.own.some(isValue))
  );
}

function ownerWords(verb: Verb): readonly string[] {
  const always = ['from', 'of', 'in', 'on', 'for', 'inside', 'within'];
  return verb === 'add' || verb === 'attach' ? [...always, 'to'] : always;
}

function withOwner(groups: readonly Group[], words: readonly Word[]): Group[] {
  return groups.map((group, index) => (index === groups.length - 1 ? { ...group, words } : group));
}

function endingNoun(items: readonly Item[]): Noun | undefined {
  const object = items.at(-1)?.object ?? [];
  if (items.length < 2 || startsNew(object)) return undefined;
  return nounsIn(object).find(
    ({ kind, start, end }) => kind !== 'service' && start > 0 && end === object.length,
  );
}

function isPlural(noun: Noun, words: readonly Word[]): boolean {
  return noun.isPlural || /(?:checks|policies|commands)$/.test(words.at(-1)?.lower ?? '');
}

/** An article begins a thing of its own. */
function startsNew(words: readonly Word[]): boolean {
  const [first] = words;
  return (
    first !== undefined && !first.quoted && (determiners.has(first.lower) || /'s$|^its$/.test(first.lower))
  );
}

function isBare({ object, own }: Item): boolean {
  return own.length === 0 && nounsIn(object).length === 0;
}

function isPartOfSomething(outcome: Outcome): boolean {
  if (outcome === undefined) return false;
  return choices(outcome).some(({ address }) => isDeep(address) || !address.startsWith('services'));
}

function isDeep(address: string): boolean {
  return address.split(/[.[]/).length > 2;
}
