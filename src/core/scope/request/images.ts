import { entityAt } from '../../model/document.ts';
import type { Group, Item } from './items.ts';
import { nounsIn } from './nouns.ts';
import { type Context, decide, type Outcome } from './outcome.ts';
import { placed, servicesFor, withoutDeterminers } from './owners.ts';
import { canonicalWord, wordsOfImage, wordsOfName } from './products.ts';
import { is, type Word } from './words.ts';

/**
 * Reads "bump redis to 7.4", "pin the api image to api:1.2", "upgrade to postgres 17" as a change of the image and of
 * nothing else. A bare "update redis" could be anything, so it must say a version or the word image; "set worker to
 * 3" could mean three of them, so there a bare number is no version.
 */
export function readImage(item: Item, context: Context, verb: 'bump' | 'update' | 'change'): Outcome {
  const place = placed(item, ['of', 'for', 'in', 'on']);
  if (place === undefined || place.field !== undefined) return undefined;
  const from = place.groups.filter(({ preposition }) => preposition === 'from');
  const to = place.groups.filter(({ preposition }) => preposition === 'to' || preposition === 'with');
  if (from.length + to.length !== place.groups.length || from.length > 1 || to.length > 1) return undefined;
  const object = withoutDeterminers(place.object);
  const noun = nounsIn(object).find(({ kind, end }) => kind === 'image' && end === object.length);
  const plain = object.slice(0, noun?.start ?? object.length);
  const { name, version } = nameAndVersion(place.owner ?? plain, place.owner === undefined);
  const named = name.length > 0 ? name : nameAndVersion(to[0]?.words ?? [], true).name;
  if (place.owner !== undefined && plain.length > 0) return undefined;
  const isSaid = noun !== undefined || version !== undefined || to.length > 0;
  if (verb !== 'bump' && !isSaid) return undefined;
  const isBareNumber = to.some(({ words }) => words.length === 1 && /^\d+$/.test(words[0]?.text ?? ''));
  if (verb === 'change' && noun === undefined && isBareNumber) return undefined;
  const services = servicesFor(named, context).paths;
  if (!from.every((group) => isVersionGroup(group, services, context))) return undefined;
  if (!to.every((group) => isVersionGroup(group, services, context))) return undefined;
  const paths = services.map((path) => [...path, 'image']).filter((path) => entityAt(context.document, path));
  return decide('change', { paths, isEach: false });
}

/** Reads "use postgres:17 for the db": an image by its tag, and the service that is to run it. */
export function readUse(item: Item, context: Context): Outcome {
  const [image, ...tooMany] = withoutImageNoun(item.object);
  const [group, ...otherGroups] = item.groups;
  if (image === undefined || tooMany.length > 0 || otherGroups.length > 0 || !isImage(image.text))
    return undefined;
  if (group === undefined || !['for', 'in', 'as'].includes(group.preposition)) return undefined;
  const paths = servicesFor(group.words, context).paths.map((path) => [...path, 'image']);
  return decide('change', { paths: paths.filter((path) => entityAt(context.document, path)), isEach: false });
}

/** `7.4`, `v2`, `17-alpine`, `latest`; not an amount such as `512m` or `30s`. */
export function isVersion(text: string): boolean {
  if (/^\d+(?:\.\d+)?(?:[kmg]i?b?|m?s|h|%)$/i.test(text)) return false;
  return /^v?\d[\w.+-]*$/i.test(text) || knownTags.has(text.toLowerCase());
}

/** `redis:7.4`, `ghcr.io/org/api:1.2`, with a digest too. */
export function isImage(text: string): boolean {
  const named = /^(?:[a-z0-9.-]+:\d+\/)?[a-z0-9][a-z0-9._/-]*(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]+)?$/;
  return named.test(text) && /[:@]/.test(text);
}

const knownTags: ReadonlySet<string> = new Set([
  'latest',
  'stable',
  'lts',
  'alpine',
  'edge',
  'mainline',
  'nightly',
]);

/** "postgres 17": a name, and a version behind it. */
function nameAndVersion(
  words: readonly Word[],
  mayHaveVersion: boolean,
): { name: readonly Word[]; version?: Word } {
  const last = words.at(-1);
  if (!mayHaveVersion || last === undefined || words.length < 2 || !isVersion(last.text))
    return { name: words };
  const beforeLast = words.at(-2);
  const isSpelled = beforeLast !== undefined && is(beforeLast, 'version', 'tag');
  return { name: words.slice(0, isSpelled ? -2 : -1), version: last };
}

/** A version, an image, or the software's own name with a version: "to PostgreSQL 17". */
function isVersionGroup(
  { words }: Group,
  services: readonly (readonly string[])[],
  context: Context,
): boolean {
  const plain = withoutDeterminers(words).filter((word) => !is(word, 'version', 'tag', 'image', 'release'));
  const [first, second, ...tooMany] = plain;
  if (first === undefined || tooMany.length > 0) return false;
  if (second === undefined) return isVersion(first.text) || isImage(first.text);
  return isVersion(second.text) && services.some((path) => isNameOf(first.text, path, context));
}

function isNameOf(text: string, service: readonly string[], { document }: Context): boolean {
  const image = entityAt(document, [...service, 'image'])?.value;
  const known = [
    ...wordsOfName(service.at(-1) ?? ''),
    ...(typeof image === 'string' ? wordsOfImage(image) : []),
  ];
  return known.includes(canonicalWord(text.toLowerCase()));
}

function withoutImageNoun(words: readonly Word[]): readonly Word[] {
  return withoutDeterminers(words).filter((word) => !is(word, 'image'));
}
