import { formatAddress, type Path, parseAddress } from '../../model/address.ts';
import { entityAt } from '../../model/document.ts';
import type { Grant } from '../grant.ts';
import { kindSections, samePath, topSections } from '../sections.ts';
import type { Item } from './items.ts';
import { entitiesNamed } from './names.ts';
import { type Noun, nounsIn } from './nouns.ts';
import { type Context, candidates, decide, granted, type Outcome } from './outcome.ts';
import { placed, servicesFor, textsOf, withoutDeterminers } from './owners.ts';
import { isPort } from './portSpecs.ts';
import { readPublish } from './ports.ts';
import { canonicalWord, isSoftware } from './products.ts';
import { readNewSetting } from './settings.ts';
import { adjectives } from './vocabulary.ts';
import { is, type Word } from './words.ts';

/** Reads an order to add: a port, an attachment, a dependency, a variable or field, else a new entity of the file. */
export function readAddition(item: Item, context: Context): Outcome {
  const object = withoutDeterminers(item.object);
  const saysPort = object.some((word) => is(word, 'port') || isPort(word.text));
  if (saysPort) return readPublish(item, context);
  return (
    readAttachment(item, context) ??
    readDependency(item, context) ??
    readNewSetting(item, context) ??
    readNewEntity(item, context)
  );
}

/** Reads "attach api to the backend network", "connect api to l9-network". */
export function readAttachment(item: Item, context: Context): Outcome {
  const pair = serviceAndNetwork(item, ['to', 'with', 'into'], context);
  const paths = pair?.map(({ service, network }) => [...service, 'networks', network]) ?? [];
  const isFree = paths.every((path) => entityAt(context.document, path) === undefined);
  if (!isFree || paths.length === 0) return undefined;
  return paths.length === 1 ? granted('add', ...paths) : candidates('add', paths);
}

/** Reads "disconnect api from the backend network", "remove api from network backend". */
export function readDetachment(item: Item, context: Context): Outcome {
  const pair = serviceAndNetwork(item, ['from'], context);
  const paths = pair?.map(({ service, network }) => [...service, 'networks', network]) ?? [];
  return decide('remove', { paths: paths.filter((path) => entityAt(context.document, path)), isEach: false });
}

/** Reads "rename web to frontend". The new name must be free; the old one keeps its section. */
export function readRename(item: Item, found: readonly Path[], context: Context): Outcome {
  const [group, ...tooMany] = item.groups;
  if (group === undefined || tooMany.length > 0 || !['to', 'as', 'into'].includes(group.preposition))
    return undefined;
  const [name, ...more] = withoutDeterminers(group.words);
  if (name === undefined || more.length > 0 || !isNewName(name)) return undefined;
  const [path, ...others] = found;
  if (path === undefined) return undefined;
  if (others.length > 0) {
    const grantsFor = (one: Path) => renameOf(one, name.text, context) ?? [];
    return { candidates: found.map((one) => ({ address: formatAddress(one), grants: grantsFor(one) })) };
  }
  const grants = renameOf(path, name.text, context);
  return grants && { grants };
}

function renameOf(path: Path, name: string, { document }: Context): Grant[] | undefined {
  const to = newPath(path, name);
  if (to === undefined || entityAt(document, to) !== undefined) return undefined;
  const [address, target] = [formatAddress(path), formatAddress(to)];
  if (path.length === 2) return [{ op: 'rename', address, to: target }];
  // A variable has no name apart from its key, so the old key goes and the new one comes.
  if (path[2] !== 'environment') return undefined;
  return [
    { op: 'remove', address },
    { op: 'add', address: target },
  ];
}

/** The new name beside the old one, also where it is typed as an address. */
function newPath(path: Path, text: string): Path | undefined {
  const typed = parseAddress(text) ?? [];
  const isAddress = typed.length > 1 && topSections.has(typed[0] ?? '');
  const to = [...path.slice(0, -1), isAddress ? (typed.at(-1) ?? '') : text];
  return isAddress && !samePath(typed, to) ? undefined : to;
}

function serviceAndNetwork(item: Item, prepositions: readonly string[], context: Context) {
  const [group, ...tooMany] = item.groups;
  if (group === undefined || tooMany.length > 0 || !prepositions.includes(group.preposition))
    return undefined;
  const service = servicesFor(item.object, context).paths;
  const direct = pairs(service, networksNamed(group.words, context));
  if (direct.length > 0) return direct;
  // "add network backend to api" says it the other way round, and then must say that it is a network.
  const saysNetwork = nounsIn(item.object).some(({ kind }) => kind === 'network');
  if (!saysNetwork) return undefined;
  return pairs(servicesFor(group.words, context).paths, networksNamed(item.object, context));
}

function pairs(services: readonly Path[], networks: readonly Path[]) {
  return services.flatMap((service) => networks.map(([, network = '']) => ({ service, network })));
}

function networksNamed(words: readonly Word[], { document }: Context): readonly Path[] {
  const plain = withoutDeterminers(words);
  const noun = nounsIn(plain).find(({ kind }) => kind === 'network');
  const name = noun === undefined ? plain : [...plain.slice(0, noun.start), ...plain.slice(noun.end)];
  const { paths, isExact } = entitiesNamed(textsOf(name), ['networks'], document);
  // Without the word network only the very name will do.
  return isExact || noun !== undefined ? paths : [];
}

/** "add redis to api's depends_on", "add a dependency on redis to api". */
function readDependency(item: Item, context: Context): Outcome {
  const place = placed(item, ['to', 'for', 'of', 'in']);
  if (place?.owner === undefined) return undefined;
  const [on, ...tooMany] = place.groups;
  const object = withoutDeterminers(place.object);
  const [noun] = nounsIn(object).filter(({ kind }) => kind === 'dependency');
  const isField = place.field === 'depends_on' && on === undefined;
  const isNoun = noun !== undefined && on?.preposition === 'on' && object.length === noun.end - noun.start;
  if (tooMany.length > 0 || !(isField || isNoun)) return undefined;
  const targets = servicesFor(isNoun ? (on?.words ?? []) : object, context).paths;
  const all = servicesFor(place.owner, context).paths.flatMap((service) =>
    targets.map(([, target = '']) => [...service, 'depends_on', target]),
  );
  const free = all.filter((path) => entityAt(context.document, path) === undefined);
  return free.length === 1 ? granted('add', ...free) : candidates('add', free);
}

/**
 * "add a service cache", "add a redis container", "add a network called edge". All that follows the name describes
 * what comes and is within it, so it widens nothing.
 */
function readNewEntity(item: Item, context: Context): Outcome {
  const object = withoutDeterminers(item.object).filter((word) => word.quoted || !adjectives.has(word.lower));
  const noun = nounsIn(object).find(({ kind }) => kindSections.has(kind));
  const called = item.groups.find(({ preposition }) => preposition === 'called' || preposition === 'named');
  if (item.groups.some(({ preposition }) => !describing.has(preposition))) return undefined;
  const inner = noun === undefined ? object : [...object.slice(0, noun.start), ...object.slice(noun.end)];
  const [name, ...more] = called === undefined ? inner : called.words;
  if (name === undefined || more.length > 0 || (called !== undefined && noun === undefined)) return undefined;
  if (!isNewName(name) || (noun === undefined && !isSoftware(name.lower))) return undefined;
  const section = sectionFor(noun);
  const names = called === undefined ? namesFor(name, section) : [name.text];
  const paths = names.map((text) => [section, text]);
  if (paths.some((path) => entityAt(context.document, path) !== undefined)) return undefined;
  return paths.length === 1 ? granted('add', ...paths) : candidates('add', paths);
}

const describing: ReadonlySet<string> = new Set([
  'called',
  'named',
  'with',
  'using',
  'from',
  'on',
  'by',
  'at',
  'via',
]);

function sectionFor(noun: Noun | undefined): string {
  return (noun && kindSections.get(noun.kind)) ?? 'services';
}

/** Software in its proper spelling is written small in the file; where it has several names, any may be meant. */
function namesFor({ text, lower, quoted }: Word, section: string): string[] {
  if (quoted || section !== 'services' || !isSoftware(lower)) return [text];
  const canonical = canonicalWord(lower);
  return canonical === lower ? [lower] : [canonical, lower];
}

function isNewName({ text }: Word): boolean {
  return /^[a-zA-Z0-9][\w.-]*$/.test(text);
}
