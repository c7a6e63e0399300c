import { fieldOf } from '../../diff/references.ts';
import { type Path, parseAddress } from '../../model/address.ts';
import { type Entity, entityAt } from '../../model/document.ts';
import { itemSections, kindSections } from '../sections.ts';
import { canonicalPath } from '../spellings.ts';
import { entitiesNamed } from './names.ts';
import { type Noun, nounsIn } from './nouns.ts';
import type { Context, Found } from './outcome.ts';
import { type Placed, servicesFor, textsOf, usedBy, withoutDeterminers } from './owners.ts';
import { portsOf } from './portSpecs.ts';
import { is, type Word } from './words.ts';

/** The entities of the document that an item may mean; `undefined` where nothing in it is meant. */
export function findExisting(item: Placed, context: Context): Found | undefined {
  const words = withoutDeterminers(item.object);
  const quantified = /^(all|every|each)$/.test(words[0]?.lower ?? '') && words[0]?.quoted === false;
  const object = quantified ? withoutDeterminers(words.slice(1)) : words;
  const [only, ...more] = object;
  // A service may bear such a name, and then it has to be said that it is a service.
  if (
    only === undefined ||
    (more.length === 0 && is(only, 'nothing', 'none', 'everything', 'anything', 'else'))
  )
    return undefined;
  if (item.field !== undefined) return found(partsNamed(item, object, [item.field], context));
  const nouns = nounsIn(object);
  const isService = nouns.some(
    ({ kind, start, end }) => kind === 'service' && (start === 0 || end === object.length),
  );
  if (isService && !quantified && item.owner === undefined) {
    const { paths } = servicesFor(object, context);
    if (paths.length > 0) return { paths, isEach: false };
  }
  for (const noun of nouns.filter(({ kind }) => kind !== 'service').reverse()) {
    const meant = byNoun(noun, { ...item, object }, context);
    // "All" asks for a whole kind of thing, and only of one service that is named.
    if (meant !== undefined && meant.paths.length > 0 && (!quantified || noun.isPlural)) return meant;
  }
  if (quantified) return undefined;
  return item.owner === undefined
    ? byBareName(object, context)
    : found(partsNamed(item, object, undefined, context));
}

function byNoun(noun: Noun, item: Placed, context: Context): Found | undefined {
  const before = item.object.slice(0, noun.start);
  const after = item.object.slice(noun.end);
  if (before.length > 0 && after.length > 0 && item.owner !== undefined) return undefined;
  if (kindSections.has(noun.kind)) return byKind(noun, [...before, ...after], item, context);
  if (noun.kind === 'field' || noun.kind === 'image') {
    const owner = item.owner ?? before;
    if (after.length > 0 || (item.owner !== undefined && before.length > 0)) return undefined;
    return found(existingPaths(owner, [noun.field], context));
  }
  const { owner, name } = ownerAndName(before, after, item);
  if (name.length === 0) {
    if (owner === undefined) return undefined;
    const sections = existingPaths(owner, [noun.field], context);
    return noun.isPlural ? found(sections) : found(sections.flatMap((path) => childrenOf(path, context)));
  }
  return found(partsNamed({ ...item, owner }, name, [noun.field], context));
}

/** "api port 80" has its owner in front; with "port 80 of api" all that is left is the name. */
function ownerAndName(before: readonly Word[], after: readonly Word[], { owner }: Placed) {
  if (owner !== undefined) return { owner, name: after.length > 0 ? after : before };
  if (after.length > 0) return { owner: before.length > 0 ? before : undefined, name: after };
  return before.length > 1
    ? { owner: before.slice(0, -1), name: before.slice(-1) }
    : { owner: undefined, name: before };
}

/** A volume, network, secret or config: one of the file's, or where it is taken from a service, that service's use. */
function byKind(noun: Noun, name: readonly Word[], item: Placed, context: Context): Found | undefined {
  const section = kindSections.get(noun.kind) ?? '';
  if (item.owner !== undefined) {
    const services = servicesFor(item.owner, context).paths;
    const used = services.flatMap((service) => usedBy(service, section, context.document));
    const named =
      name.length === 0
        ? used
        : intersect(used, entitiesNamed(textsOf(name), [section], context.document).paths);
    if (item.by !== 'from') return { paths: named, isEach: noun.isPlural && services.length === 1 };
    const parts = named.flatMap((path) => services.flatMap((service) => usesOf(path, service, context)));
    // Taking a network from a service is plain; a volume may be meant as the mount or as the data.
    return { paths: section === 'volumes' ? [...parts, ...named] : parts, isEach: false };
  }
  if (name.length === 0) return undefined;
  const { paths, isExact } = entitiesNamed(textsOf(name), [section], context.document);
  if (isExact) return { paths, isEach: false };
  const owners = servicesFor(name, context).paths;
  const used = owners.length === 1 ? owners.flatMap((owner) => usedBy(owner, section, context.document)) : [];
  const agree = used.length === 0 || paths.length === 0 || sameSet(used, paths);
  return { paths: union(paths, used), isEach: noun.isPlural && agree };
}

/** A name alone is a service's, unless only something else bears it. */
function byBareName(words: readonly Word[], context: Context): Found | undefined {
  const address = words.length === 1 ? parseAddress(words[0]?.text ?? '') : undefined;
  if (address !== undefined && address.length > 1 && entityAt(context.document, address))
    return found([address]);
  const services = servicesFor(words, context);
  if (services.isExact && services.paths.length > 0) return { paths: services.paths, isEach: false };
  const texts = textsOf(words);
  const others = [...kindSections.values()]
    .filter((section) => section !== 'services')
    .map((section) => entitiesNamed(texts, [section], context.document))
    .flatMap(({ paths, isExact }) => (isExact ? paths : []));
  const all = [...services.paths, ...others];
  if (all.length > 0) return { paths: all, isEach: false };
  const key = words.at(-1);
  if (key === undefined || !isVariable(key)) return undefined;
  const owner = words.length > 1 ? words.slice(0, -1) : undefined;
  const item = { object: words, owner, by: undefined, field: undefined, groups: [] };
  return found(partsNamed(item, [key], ['environment'], context));
}

/** Variables are told from names by their capitals or by standing in quotes. */
function isVariable({ text, quoted }: Word): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(text) || (quoted && /^\w+$/.test(text));
}

/** The parts of the owner, or of any service, that bear a name. */
function partsNamed(
  { owner }: Pick<Placed, 'owner'>,
  name: readonly Word[],
  fields: readonly string[] | undefined,
  context: Context,
): Path[] {
  const plain = withoutDeterminers(name);
  const all = [...(entityAt(context.document, ['services'])?.children.values() ?? [])].map(
    ({ path }) => path,
  );
  const services = owner === undefined ? all : servicesFor(owner, context).paths;
  return services.flatMap((path) => {
    const service = entityAt(context.document, path);
    return service === undefined ? [] : partsOf(service, plain, fields, context);
  });
}

function partsOf(
  service: Entity,
  name: readonly Word[],
  fields: readonly string[] | undefined,
  context: Context,
): Path[] {
  const [word] = name;
  const text = name.length === 1 ? (word?.text ?? '') : '';
  const found: Path[] = [];
  for (const part of service.children.values()) {
    const field = part.path.at(-1) ?? '';
    if (fields !== undefined && !fields.includes(field)) continue;
    if (fields === undefined && text !== '' && field === text) found.push(part.path);
    if (!itemSections.has(field)) continue;
    if (field === 'ports') found.push(...portsOf(service.path, text, context.document));
    else if (field === 'depends_on' && fields !== undefined) found.push(...dependencies(part, name, context));
    else
      found.push(...[...part.children.values()].filter((item) => bears(item, text)).map(({ path }) => path));
  }
  return found;
}

function bears(item: Entity, text: string): boolean {
  return (
    text !== '' && (item.path.at(-1) === text || (item.kind === 'mount' && fieldOf(item, 'source') === text))
  );
}

/** Of a dependency that is plainly one, the service may be named in any way. */
function dependencies(section: Entity, name: readonly Word[], context: Context): Path[] {
  return servicesFor(name, context)
    .paths.map((path) => section.children.get(path[1] ?? ''))
    .flatMap((item) => (item === undefined ? [] : [item.path]));
}

function existingPaths(owner: readonly Word[], rest: Path, context: Context): Path[] {
  return servicesFor(owner, context)
    .paths.map((path) => [...path, ...rest])
    .map((path) => (entityAt(context.document, path) === undefined ? canonicalPath(path) : path))
    .filter((path) => entityAt(context.document, path) !== undefined);
}

function childrenOf(path: Path, { document }: Context): Path[] {
  return [...(entityAt(document, path)?.children.values() ?? [])].map((child) => child.path);
}

function usesOf([section = '', name = '']: Path, service: Path, context: Context): Path[] {
  return childrenOf([...service, section], context).filter((path) => {
    const item = entityAt(context.document, path);
    return path.at(-1) === name || (item !== undefined && fieldOf(item, 'source') === name);
  });
}

function found(paths: readonly Path[]): Found {
  return { paths, isEach: false };
}

function intersect(one: readonly Path[], other: readonly Path[]): Path[] {
  return one.filter((path) => other.some((candidate) => candidate.join() === path.join()));
}

function union(one: readonly Path[], other: readonly Path[]): Path[] {
  return [...one, ...other.filter((path) => !one.some((known) => known.join() === path.join()))];
}

function sameSet(one: readonly Path[], other: readonly Path[]): boolean {
  return one.length === other.length && intersect(one, other).length === one.length;
}
