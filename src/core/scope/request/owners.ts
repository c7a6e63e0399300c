import { volumeOf } from '../../diff/references.ts';
import type { Path } from '../../model/address.ts';
import { type Entity, entityAt, type InfraDocument } from '../../model/document.ts';
import type { Group, Item } from './items.ts';
import { type Matches, servicesNamed } from './names.ts';
import { nounsIn } from './nouns.ts';
import type { Context } from './outcome.ts';
import { adjectives, determiners } from './vocabulary.ts';
import { is, type Word } from './words.ts';

/** An item with the words for the service it belongs to set apart. */
export interface Placed {
  readonly object: readonly Word[];
  /** Words for a service; `undefined` where none is named apart from the object. */
  readonly owner: readonly Word[] | undefined;
  /** How the owner was named: by a preposition, or with `'s`. */
  readonly by: string | undefined;
  /** The field of the owner that was named: "from the api's environment". */
  readonly field: string | undefined;
  /** All other prepositions with their words. */
  readonly groups: readonly Group[];
}

/** Sets the owner apart that one of the prepositions, or a possessive, names. `undefined` when there are two. */
export function placed(item: Item, prepositions: readonly string[]): Placed | undefined {
  const groups = item.groups.filter(({ preposition }) => !prepositions.includes(preposition));
  const own = item.groups.filter(({ preposition }) => prepositions.includes(preposition));
  const [group] = own;
  const possessive = splitPossessive(item.object);
  if (possessive !== undefined) {
    const { owner, rest } = possessive;
    return group === undefined ? { object: rest, owner, by: "'s", field: undefined, groups } : undefined;
  }
  if (own.length > 1 || group === undefined) {
    // "from the environment of api" names the field with one preposition and its owner with another.
    const field = own.length === 2 ? onlyField(own[0]?.words ?? []) : undefined;
    const owner = own[1]?.words;
    if (field !== undefined && owner !== undefined) {
      return { object: item.object, owner, by: own[0]?.preposition, field, groups };
    }
    return own.length > 1
      ? undefined
      : { object: item.object, owner: undefined, by: undefined, field: undefined, groups };
  }
  return { object: item.object, ...ownerField(group.words), by: group.preposition, groups };
}

/** The services that words may mean, without articles and with "it" for the last one. */
export function servicesFor(words: readonly Word[], context: Context): Matches {
  const name = withoutDeterminers(words);
  const [only] = name;
  if (only !== undefined && name.length === 1 && is(only, 'it', 'its')) {
    return { paths: context.it === undefined ? [] : [context.it], isExact: true };
  }
  for (const attempt of waysToSay(name)) {
    const matches = attempt.length === 0 ? undefined : servicesNamed(textsOf(attempt), context.document);
    if (matches !== undefined && matches.paths.length > 0) return matches;
  }
  return { paths: [], isExact: false };
}

/** Named volumes, networks, secrets or configs that a service uses and that are declared. */
export function usedBy(service: Path, section: string, document: InfraDocument): Path[] {
  const items = [...(entityAt(document, [...service, section])?.children.values() ?? [])];
  const names = items.flatMap((item) =>
    section === 'volumes' ? (volumeOf(item) ?? []) : (sourceOf(item) ?? []),
  );
  return [...new Set(names)]
    .map((name) => [section, name])
    .filter((path) => entityAt(document, path) !== undefined);
}

export function withoutDeterminers(words: readonly Word[]): readonly Word[] {
  const first = words.findIndex((word) => word.quoted || !determiners.has(word.lower));
  return first === -1 ? [] : words.slice(first);
}

export function textsOf(words: readonly Word[]): string[] {
  return words.map(({ text }) => text);
}

/** Adjectives and the word service may belong to a name, so they are left out only when nothing bears it. */
function waysToSay(words: readonly Word[]): (readonly Word[])[] {
  const isPlain = (word: Word) => !word.quoted && adjectives.has(word.lower);
  const isNoun = (word: Word) => is(word, 'service', 'container', 'services', 'containers');
  const bare = words.filter((word, index) => !((index === 0 || index === words.length - 1) && isNoun(word)));
  const plain = bare.filter((word) => !isPlain(word));
  const last = plain.at(-1);
  const isGeneric = plain.length > 1 && last !== undefined && is(last, ...genericNouns);
  return [words, bare, plain, ...(isGeneric ? [plain.slice(0, -1)] : [])];
}

/** What people call software by what it does: "the postgres database", "the redis cache". */
const genericNouns = ['database', 'db', 'server', 'instance', 'cache', 'proxy'] as const;

function splitPossessive(words: readonly Word[]): { owner: Word[]; rest: Word[] } | undefined {
  const index = words.findIndex(
    (word) => !word.quoted && (/.'s$|.s'$/.test(word.lower) || word.lower === 'its'),
  );
  const word = words[index];
  if (word === undefined) return undefined;
  const owner = [...words.slice(0, index), withoutApostrophe(word)];
  return { owner, rest: words.slice(index + 1) };
}

function withoutApostrophe(word: Word): Word {
  const text = word.text.replace(/'s$/i, '').replace(/'$/, '');
  return { ...word, text, lower: text.toLowerCase() };
}

/** "the api's environment" is the owner and the field; "the api" the owner alone. */
function ownerField(words: readonly Word[]): Pick<Placed, 'owner' | 'field'> {
  const possessive = splitPossessive(words);
  const field = possessive && onlyField(possessive.rest);
  if (possessive !== undefined && field !== undefined) return { owner: possessive.owner, field };
  const [noun] = nounsIn(words).slice(-1);
  const isLast = noun !== undefined && noun.end === words.length && noun.start > 0 && noun.isPlural;
  return isLast && noun.field !== ''
    ? { owner: words.slice(0, noun.start), field: noun.field }
    : { owner: words, field: undefined };
}

function onlyField(words: readonly Word[]): string | undefined {
  const plain = withoutDeterminers(words);
  const [noun] = nounsIn(plain);
  return noun !== undefined && noun.start === 0 && noun.end === plain.length && noun.field !== ''
    ? noun.field
    : undefined;
}

function sourceOf(item: Entity): string | undefined {
  const { value } = item;
  if (typeof value === 'object' && value !== null && 'source' in value && typeof value.source === 'string') {
    return value.source;
  }
  return item.path.at(-1);
}
