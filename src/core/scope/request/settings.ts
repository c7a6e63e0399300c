import type { Path } from '../../model/address.ts';
import { entityAt } from '../../model/document.ts';
import { canonicalPath } from '../spellings.ts';
import { findExisting } from './existing.ts';
import { readImage } from './images.ts';
import type { Group, Item } from './items.ts';
import { nounsIn } from './nouns.ts';
import { type Context, candidates, decide, type Found, granted, type Outcome } from './outcome.ts';
import { type Placed, placed, servicesFor, withoutDeterminers } from './owners.ts';
import { readPortChange } from './ports.ts';
import type { Word } from './words.ts';

/**
 * Reads "change LOG_LEVEL of api to debug": one variable, field or port. What is to change must be there. A whole
 * service is too much to grant for so vague a word.
 */
export function readChange(item: Item, context: Context, verb: 'update' | 'change'): Outcome {
  return readPortChange(item, context) ?? readImage(item, context, verb) ?? readKnownSetting(item, context);
}

/** Reads "point MEMORY_DSN at the-host:5432": an address, which looks like an image and is none. */
export function readKnownSetting(item: Item, context: Context): Outcome {
  const place = settingPlace(item);
  if (place === undefined || !place.groups.every(isValue)) return undefined;
  const meant = findExisting(withoutValue(place), context);
  return decide('change', meant && onlySettings(meant));
}

/** Reads "set LOG_LEVEL=debug in api": a change where it is there, else an addition to the service that is named. */
export function readSet(item: Item, context: Context): Outcome {
  return readChange(item, context, 'change') ?? newSettingAt(settingPlace(item), context);
}

/** Reads "add LOG_LEVEL=debug to api", "add a healthcheck to api", "add restart: always to api": not there yet. */
export function readNewSetting(item: Item, context: Context): Outcome {
  return newSettingAt(placed(item, [...owners, 'to']), context);
}

/** A variable's key is written in capitals, or said to be one. */
function isKey({ text, quoted }: Word): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(text) || (quoted && /^\w+$/.test(text));
}

const owners = ['of', 'in', 'for', 'on', 'inside', 'within'];

function newSettingAt(place: Placed | undefined, context: Context): Outcome {
  if (place?.owner === undefined || !place.groups.every(isValue)) return undefined;
  const object = withoutDeterminers(withoutValue(place).object);
  const rest = place.field === undefined ? newSetting(object) : namedIn(place.field, object);
  if (rest === undefined) return undefined;
  const paths = servicesFor(place.owner, context).paths.map((path) => [...path, ...rest]);
  const areFree = paths.length > 0 && paths.every((path) => isFree(path, context));
  if (!areFree) return undefined;
  return paths.length === 1 ? granted('add', ...paths) : candidates('add', paths);
}

/** Nothing of the kind is there, in either spelling. */
function isFree(path: Path, { document }: Context): boolean {
  return [path, canonicalPath(path)].every((one) => entityAt(document, one) === undefined);
}

/** In "set restart: always to api" the owner follows "to", in "set LOG_LEVEL to debug" the value does. */
function settingPlace(item: Item): Placed | undefined {
  const place = placed(item, owners);
  if (place === undefined || place.owner !== undefined) return place;
  const [group, ...others] = place.groups;
  const hasValue =
    place.object.some(({ text, quoted }) => !quoted && text.includes('=')) || others.length > 0;
  const names = group?.preposition === 'to' && (hasValue || !isKeyAlone(place.object));
  return names ? placed(item, [...owners, 'to']) : place;
}

function isKeyAlone(words: readonly Word[]): boolean {
  const [word, ...more] = withoutDeterminers(words);
  return word !== undefined && more.length === 0 && isKey(word);
}

function isValue({ preposition, words }: Group): boolean {
  if (!['to', 'at', 'from', 'as', 'with'].includes(preposition)) return false;
  const plain = withoutDeterminers(words);
  const [first] = plain;
  return plain.length === 1 || (plain.length === 2 && first !== undefined && /^\d+$/.test(first.text));
}

/** `KEY=value` names KEY; `restart: always` names restart. */
function withoutValue(place: Placed): Placed {
  const object = place.object.flatMap((word, index): Word[] => {
    const equals = word.text.indexOf('=');
    if (equals > 0)
      return [{ ...word, text: word.text.slice(0, equals), lower: word.lower.slice(0, equals) }];
    return place.object[index - 1]?.lower === 'restart' && isRestartPolicy(word) ? [] : [word];
  });
  return { ...place, object };
}

function isRestartPolicy({ lower }: Word): boolean {
  return /^(?:always|unless-stopped|on-failure(?::\d+)?|no)$/.test(lower);
}

/** Services, volumes and networks are no settings; neither is a whole section. */
function onlySettings({ paths, isEach }: Found): Found | undefined {
  const isSetting = (path: Path) => path.length > 3 || (path.length === 3 && !wholes.has(path[2] ?? ''));
  return paths.length > 0 && paths.every(isSetting) ? { paths, isEach } : undefined;
}

const wholes: ReadonlySet<string> = new Set([
  'environment',
  'ports',
  'volumes',
  'networks',
  'labels',
  'depends_on',
]);

function newSetting(words: readonly Word[]): Path | undefined {
  const [noun] = nounsIn(words);
  const [word, ...more] = words;
  if (word === undefined) return undefined;
  if (noun === undefined) return more.length === 0 && isKey(word) ? ['environment', word.text] : undefined;
  const name = [...words.slice(0, noun.start), ...words.slice(noun.end)];
  const [key] = name;
  if (noun.kind === 'field') return name.length === 0 ? [noun.field] : undefined;
  if (key === undefined || name.length !== 1) return undefined;
  if (noun.kind === 'environment' && /^\w+$/.test(key.text)) return ['environment', key.text];
  return noun.kind === 'label' || noun.kind === 'host' ? namedIn(noun.field, [key]) : undefined;
}

function namedIn(field: string, words: readonly Word[]): Path | undefined {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) return undefined;
  // A host is written with its address, of which the name is all that it is known by.
  if (field === 'extra_hosts') return [field, word.text.split(/[:=]/)[0] ?? word.text];
  if (field === 'environment') return isKey(word) ? [field, word.text] : undefined;
  return field === 'labels' ? [field, word.text] : undefined;
}
