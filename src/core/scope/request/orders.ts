import { type Path, parseAddress } from '../../model/address.ts';
import { entityAt } from '../../model/document.ts';
import { readAddition, readAttachment, readDetachment, readRename } from './additions.ts';
import type { Clause } from './clauses.ts';
import { findExisting } from './existing.ts';
import { readImage, readUse } from './images.ts';
import { type Item, itemsIn } from './items.ts';
import { continued, doubtful, sharedNoun } from './lists.ts';
import { nounsIn } from './nouns.ts';
import { type Context, choices, decide, type Outcome } from './outcome.ts';
import { placed, servicesFor, withoutDeterminers } from './owners.ts';
import { readPublish, readUnpublish } from './ports.ts';
import { readChange, readKnownSetting, readSet } from './settings.ts';
import type { Verb } from './vocabulary.ts';
import { is, type Word } from './words.ts';

/** What one thing of an order came to, with the words for it. */
export interface Part {
  readonly words: readonly Word[];
  readonly outcome: Outcome;
}

/** Reads each thing that an order names. */
export function partsIn(clause: Clause, verb: Verb, place: readonly Word[], context: Context): Part[] {
  const { items: listed, isChoice } = itemsIn(clause, place);
  const items = sharedNoun(continued(listed, verb, context));
  // "Rename a and b to c and d" does not say which is to be which.
  const isUnpaired = verb === 'rename' && items.some(({ own }) => own.every(isOwning));
  const outcomes = items.map((item) => {
    const outcome = isUnpaired
      ? undefined
      : readItem(verb, verb === 'add' ? item : withCalledName(item), context);
    remember(outcome, context);
    return outcome;
  });
  const parts = items.map((item, index) => ({
    words: item.typed,
    outcome: doubtful(items, outcomes, index),
  }));
  if (isChoice && parts.length > 1) return [chosen(clause, parts)];
  return parts;
}

/** What a clause such as "keep the redis volume" wants kept. Words it cannot place keep nothing, and allow nothing. */
export function keptIn(clause: Clause, context: Context): Path[] {
  const words = clause.words.filter((word) => word.quoted || !keepingWords.has(word.lower));
  const { items } = itemsIn({ ...clause, words, all: words });
  return items.flatMap((item) => {
    const place = placed(item, owning);
    return (place && findExisting(place, context)?.paths) ?? [];
  });
}

const owning = ['from', 'of', 'in', 'on', 'for', 'inside', 'within'];

const keepingWords: ReadonlySet<string> = new Set(
  (
    'remove|delete|drop|touch|change|modify|edit|rename|bump|upgrade|update|alone|untouched|unchanged|intact|running|' +
    'removing|deleting|dropping|touching|changing|modifying|as-is|is|at|all|keep|keeping|leave|leaving|please|any|lose'
  ).split('|'),
);

function readItem(verb: Verb, item: Item, context: Context): Outcome {
  switch (verb) {
    case 'remove':
      return readRemoval(item, context);
    case 'bump':
      return readImage(item, context, 'bump');
    case 'update':
    case 'change':
      return readChange(item, context, verb);
    case 'point':
      return readKnownSetting(item, context);
    case 'set':
      return readSet(item, context);
    case 'use':
      return readUse(item, context);
    case 'publish':
      return readPublish(item, context);
    case 'unpublish':
      return readUnpublish(item, context);
    case 'rename': {
      const place = placed({ ...item, groups: item.groups.filter(isOwning) }, owning);
      const rest = item.groups.filter((group) => !isOwning(group));
      const found = place && findExisting(place, context);
      return found && readRename({ ...item, groups: rest }, found.paths, context);
    }
    case 'add':
      return readAddition(item, context);
    case 'attach':
      return readAttachment(item, context);
    case 'detach':
      return readDetachment(item, context);
    case 'unmount':
      return readUnmounting(item, context);
    default:
      return verb satisfies never;
  }
}

function isOwning({ preposition }: { readonly preposition: string }): boolean {
  return owning.includes(preposition);
}

/** "the service called redis" is the service redis. */
function withCalledName(item: Item): Item {
  const [called, ...rest] = item.groups;
  const names = called?.preposition === 'called' || called?.preposition === 'named';
  return names ? { ...item, object: [...item.object, ...called.words], groups: rest } : item;
}

/** Whatever is not understood of the words around a thing to remove makes the whole not understood. */
function readRemoval(item: Item, context: Context): Outcome {
  const detached = readDetachment(item, context);
  if (detached !== undefined) return detached;
  const version = readVersionKey(item, context);
  if (version !== undefined) return version;
  const dependency = readDependencyOn(item, context);
  if (dependency !== undefined) return dependency;
  const place = placed(item, owning);
  if (place === undefined || place.groups.length > 0) return undefined;
  return decide('remove', findExisting(place, context));
}

/** The `version` at the top of the file, which Compose ignores and people tidy away. */
function readVersionKey({ object, groups }: Item, { document }: Context): Outcome {
  const words = withoutDeterminers(object).filter((word) => !is(word, ...keyWords));
  const [word, ...more] = words;
  const isVersion = word !== undefined && is(word, 'version') && more.length === 0 && groups.length === 0;
  if (!isVersion || entityAt(document, ['version']) === undefined) return undefined;
  return decide('remove', { paths: [['version']], isEach: false });
}

const keyWords = [
  'key',
  'field',
  'line',
  'attribute',
  'property',
  'obsolete',
  'top-level',
  'deprecated',
] as const;

/** "remove the dependency of api on redis", "remove the dependency on redis from api". */
function readDependencyOn(item: Item, context: Context): Outcome {
  const place = placed(item, ['from', 'of', 'in', 'for']);
  const [on, ...tooMany] = place?.groups ?? [];
  if (place === undefined || on?.preposition !== 'on' || tooMany.length > 0) return undefined;
  const object = withoutDeterminers(place.object);
  const noun = nounsIn(object).find(({ kind, end }) => kind === 'dependency' && end === object.length);
  const owner = place.owner ?? object.slice(0, noun?.start ?? 0);
  if (noun === undefined || owner.length === 0) return undefined;
  const targets = servicesFor(on.words, context).paths;
  const all = servicesFor(owner, context).paths.flatMap((service) =>
    targets.map(([, target = '']) => [...service, 'depends_on', target]),
  );
  return decide('remove', { paths: all.filter((path) => entityAt(context.document, path)), isEach: false });
}

/** "unmount /data from redis" takes away the mount and leaves the volume. */
function readUnmounting(item: Item, context: Context): Outcome {
  const place = placed(item, ['from', 'of', 'in', 'on']);
  if (place?.owner === undefined || place.groups.length > 0) return undefined;
  const found = findExisting({ ...place, field: 'volumes' }, context);
  return decide('remove', found);
}

/** "it" is the service that was last spoken of for sure. */
function remember(outcome: Outcome, context: Context): void {
  const [grant] = outcome !== undefined && 'grants' in outcome ? outcome.grants : [];
  const path = grant === undefined ? undefined : parseAddress(grant.address);
  context.it = path?.[0] === 'services' ? path.slice(0, 2) : undefined;
}

/** Either one or the other was asked for, and not which. */
function chosen(clause: Clause, parts: readonly Part[]): Part {
  const all = new Map(parts.flatMap(({ outcome }) => choices(outcome)).map((one) => [one.address, one]));
  const isWhole = parts.every(({ outcome }) => outcome !== undefined);
  return { words: clause.words, outcome: isWhole ? { candidates: [...all.values()] } : undefined };
}
