import { parseAddress } from '../../src/core/model/address.ts';
import type { Grant } from '../../src/core/scope/grant.ts';
import { differences, isSame, type Tree } from './meaning.ts';

/**
 * Where two files mean different things outside of what the grants name, told by their trees alone. It knows little of
 * Compose, so that it can be seen to be right. `undefined` where it cannot tell.
 */
export function outOfScope(
  before: readonly Tree[] | undefined,
  after: readonly Tree[] | undefined,
  grants: readonly Grant[],
): readonly string[] | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [one, other] = [whole(before), whole(after)];
  return differences(one, other)
    .filter((path) => !grants.some((grant) => names(grant, path) || implies(grant, path, one, other)))
    .filter((path) => !path[2]?.startsWith('x-'))
    .filter((path) => isMoreThanNamed(grants, path, one, other))
    .map((path) => path.join(' › '));
}

/** Several documents are put one over the other. What begins with `x-` says nothing by itself, and no version does. */
function whole(documents: readonly Tree[]): Tree {
  const merged = documents.reduce<Tree>((under, over) => put(over, under), new Map());
  if (!(merged instanceof Map)) return merged;
  return new Map([...merged].filter(([name]) => !name.startsWith('x-') && name !== 'version'));
}

function put(over: Tree, under: Tree | undefined): Tree {
  if (over === null) return under ?? null;
  if (Array.isArray(over))
    return joined(
      Array.isArray(under) ? under : [],
      over.map((item) => put(item, undefined)),
    );
  if (!(over instanceof Map)) return said(over);
  if (over.size === 0) return under ?? over;
  const bare = overriding(over);
  if (bare !== undefined) return put(bare, undefined);
  const map = new Map<string, Tree>(under instanceof Map ? under : []);
  for (const [name, value] of over) {
    const bare = overriding(value);
    // Without one the folder of the file is what is built.
    if (name === 'context' && (bare ?? value) === '.') continue;
    const words = wordsIn(name, bare ?? value);
    if (value instanceof Map && value.has('!reset')) map.delete(name);
    else map.set(name, put(words, bare === undefined ? map.get(name) : undefined));
  }
  return map;
}

function overriding(tree: Tree): Tree | undefined {
  return tree instanceof Map && tree.size === 1 ? tree.get('!override') : undefined;
}

/** Why a variable must be set is told to people, and means nothing; of a truth there are several spellings. */
function said(tree: Tree): Tree {
  if (typeof tree !== 'string') return tree;
  return tree
    .replace(/(\$\{\w+:?\?)[^{}]*\}/g, '$1}')
    .replace(/^(?:y|yes|on)$/i, 'true')
    .replace(/^(?:n|no|off)$/i, 'false');
}

/**
 * A command in one text is taken apart at its blanks, without a shell, and ends where one would begin something else.
 * In no other list does a repetition count.
 */
function wordsIn(name: string, value: Tree): Tree {
  if (!/^(?:command|entrypoint|test)$/.test(name)) return value;
  if (Array.isArray(value)) return new Map(value.map((word: Tree, index) => [`${index}`, word]));
  return typeof value === 'string'
    ? value
        .replace(/[;&|<>].*$/s, '')
        .trim()
        .replace(/\s+/g, ' ')
    : value;
}

/** Of two mounts at one place, and of two values of one variable, the later counts. */
function joined(under: readonly Tree[], over: readonly Tree[]): readonly Tree[] {
  let items: Tree[] = [];
  for (const item of [...under, ...over]) {
    const target = targetOf(item);
    if (target !== undefined) items = items.filter((known) => targetOf(known) !== target);
    if (!items.some((known) => isSame(known, item))) items.push(item);
  }
  return items;
}

function targetOf(item: Tree): string | undefined {
  if (typeof item !== 'string') return undefined;
  return /^[^:]+:(\/[^:]*)(?::\w+)?$/.exec(item)?.[1] ?? /^\w+=/.exec(item)?.[0];
}

function names({ address, to }: Grant, path: readonly string[]): boolean {
  return [address, to].some((one) => {
    const granted = one === undefined ? undefined : parseAddress(one);
    return granted?.every((name, index) => name === path[index] || name === '*') === true;
  });
}

/** A grant for one item of a list lets that one come, go or be another, and the others stay. */
function isMoreThanNamed(grants: readonly Grant[], path: readonly string[], one: Tree, other: Tree): boolean {
  const items = grants.filter(({ address }) => {
    const granted = parseAddress(address) ?? [];
    return granted.length > path.length && path.every((name, index) => name === granted[index]);
  });
  const [mine = null, its = null] = [at(one, path), at(other, path)];
  const [before, after] = [listed(mine), listed(its)];
  const differing = [
    ...joined([], before).filter((item) => !after.some((known) => isSame(known, item))),
    ...after.filter((item) => !before.some((known) => isSame(known, item))),
  ];
  return differing.length > 2 * items.length || before.length + after.length === 0;
}

function listed(tree: Tree): readonly Tree[] {
  return Array.isArray(tree) ? tree : tree === null ? [] : [tree];
}

/** What a grant cannot be carried out without: a new volume is declared, and what names a service goes with its name. */
function implies({ op, address, to }: Grant, path: readonly string[], one: Tree, other: Tree): boolean {
  const [section = '', name = '', field = ''] = path;
  if (op === 'add' || op === 'change')
    return section !== 'services' && at(one, [section, name]) === undefined;
  const granted = parseAddress(address)?.[1] ?? '';
  if (section !== 'services' || !naming.test(field)) return false;
  const renamed = to === undefined ? granted : (parseAddress(to)?.[1] ?? '');
  const place = [section, name, field];
  return isSame(without(at(one, place), granted), without(at(other, place), renamed));
}

const naming =
  /^(?:depends_on|links|external_links|volumes_from|network_mode|ipc|pid|volumes|networks|secrets|configs|extends)$/;

function at(tree: Tree | undefined, path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>(
    (inner, name) => (inner instanceof Map ? inner.get(name) : undefined),
    tree,
  );
}

/** What a field says of everything but this name; nothing where it says no more. */
function without(tree: Tree | undefined, name: string): Tree | undefined {
  const isIt = (text: Tree) => typeof text === 'string' && text.split(':').includes(name);
  if (tree === undefined || tree === null || isIt(tree)) return undefined;
  if (Array.isArray(tree))
    return kept(
      tree.filter((item: Tree) => !isIt(item) && !(item instanceof Map && [...item.values()].some(isIt))),
    );
  return tree instanceof Map ? kept(new Map([...tree].filter(([key]) => key !== name))) : tree;
}

function kept<Part extends readonly Tree[] | ReadonlyMap<string, Tree>>(part: Part): Part | undefined {
  return ('size' in part ? part.size : part.length) === 0 ? undefined : part;
}
