import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { attributes } from './attributes.ts';

/** Up to `each` texts made of one, each with the name of what was done. The same seed gives the same texts. */
export function generated(text: string, seed: string, each: number): [string, string][] {
  const random = chance(seed);
  const made: [string, string][] = [];
  for (let tries = 0; made.length < each && tries < each * 6; tries++) {
    const kind = pick(Object.keys(steps), random);
    const document = parseDocument(text, { keepSourceTokens: false });
    if (kind === undefined || document.errors.length > 0 || !isMap(document.contents)) return made;
    if (steps[kind]?.(document, random) !== true) continue;
    try {
      const after = document.toString({ lineWidth: 0 });
      if (parseDocument(after).errors.length === 0) made.push([kind, after]);
    } catch {
      // An alias may have lost its anchor; then this step makes no text.
    }
  }
  return made;
}

type Random = () => number;
type Step = (document: Document, random: Random) => boolean;

const steps: Readonly<Record<string, Step>> = {
  'keys in another order': on(maps, (map) => map.items.length > 1 && Boolean(map.items.reverse())),
  'items in another order': on(lists, (list) => list.items.length > 1 && Boolean(list.items.reverse())),
  'a key that is gone': on(maps, (map, random) => remove(map.items, random)),
  'an item that is gone': on(lists, (list, random) => remove(list.items, random)),
  'an item twice': on(lists, (list, random) => {
    const item = pick(list.items, random);
    if (!isScalar(item)) return false;
    list.items.push(new Scalar(item.value));
    return true;
  }),
  'another value': on(scalars, (scalar) => {
    scalar.value =
      typeof scalar.value === 'number'
        ? scalar.value + 1
        : typeof scalar.value === 'boolean'
          ? !scalar.value
          : `${scalar.value}x`;
    delete scalar.source;
    return true;
  }),
  'a value in quotes': on(scalars, (scalar) => {
    scalar.value = scalar.source ?? String(scalar.value);
    scalar.type = 'QUOTE_SINGLE';
    return true;
  }),
  'nothing as value': on(pairs, (pair) => {
    pair.value = null;
    return true;
  }),
  'a list as a mapping': on(named('environment', 'labels', 'args', 'sysctls', 'annotations'), (pair) => {
    if (!isSeq(pair.value)) return false;
    const texts = pair.value.items.map((item) => (isScalar(item) ? String(item.value) : ''));
    const fields = texts.map((item): [string, string | null] => {
      const at = item.indexOf('=');
      return at === -1 ? [item, null] : [item.slice(0, at), item.slice(at + 1)];
    });
    pair.value = new Map(fields);
    return true;
  }),
  'a mapping as a list': on(named('environment', 'labels', 'args', 'sysctls'), (pair) => {
    if (
      !isMap(pair.value) ||
      pair.value.items.some(({ key, value }) => !isScalar(key) || key.value === '<<' || !isScalar(value))
    )
      return false;
    pair.value = pair.value.items.map(({ key, value }) => {
      const said = isScalar(value) ? value : undefined;
      const name = isScalar(key) ? String(key.value) : '';
      return said?.value === null ? name : `${name}=${said?.source ?? said?.value}`;
    });
    return true;
  }),
  'dependencies with a condition': on(named('depends_on'), (pair) => {
    if (!isSeq(pair.value)) return false;
    const condition = { condition: 'service_started' };
    pair.value = Object.fromEntries(
      pair.value.items.map((item) => [isScalar(item) ? String(item.value) : '', condition]),
    );
    return true;
  }),
  'a long port': on(named('ports'), longPorts),
  'a long mount': on(named('volumes'), longMounts),
  'an attribute': attribute,
  'another spelling of variables': on(scalars, (scalar) => {
    if (typeof scalar.value !== 'string' || !/\$\{[A-Z_]+\}/.test(scalar.value)) return false;
    scalar.value = scalar.value.replace(/\$\{([A-Z_]+)\}(?![A-Za-z0-9_])/, '$$$1');
    return true;
  }),
};

/** Gives a service one more attribute, or another in place of its own. */
function attribute(document: Document, random: Random): boolean {
  const services = document.get('services');
  const service = isMap(services) ? pick(services.items, random)?.value : undefined;
  const [key, value] = pick(attributes, random) ?? [];
  if (!isMap(service) || key === undefined) return false;
  service.set(key, document.createNode(value));
  return true;
}

function longPorts(pair: Pair): boolean {
  if (!isSeq(pair.value)) return false;
  let done = false;
  pair.value.items = pair.value.items.map((item) => {
    const match = isScalar(item) ? /^(\d+):(\d+)$/.exec(String(item.value)) : null;
    if (match === null) return item;
    done = true;
    return { target: Number(match[2]), published: match[1] };
  });
  return done;
}

function longMounts(pair: Pair): boolean {
  if (!isSeq(pair.value)) return false;
  let done = false;
  pair.value.items = pair.value.items.map((item) => {
    const match = isScalar(item) ? /^([\w./~-]{2,}):(\/[^:]*)(:ro)?$/.exec(String(item.value)) : null;
    const [, source = '', target, read] = match ?? [];
    if (match === null) return item;
    done = true;
    return {
      type: /^[./~]/.test(source) ? 'bind' : 'volume',
      source,
      target,
      ...(read && { read_only: true }),
    };
  });
  return done;
}

/** Does a step on one of the nodes that are fit for it. */
function on<T>(find: (document: Document) => T[], step: (node: T, random: Random) => boolean): Step {
  return (document, random) => {
    const node = pick(find(document), random);
    return node !== undefined && step(node, random);
  };
}

function maps(document: Document): YAMLMap[] {
  const found: YAMLMap[] = [];
  visit(document, { Map: (_, map) => void found.push(map) });
  return found;
}

function lists(document: Document): YAMLSeq[] {
  const found: YAMLSeq[] = [];
  visit(document, { Seq: (_, list) => void found.push(list) });
  return found;
}

function scalars(document: Document): Scalar[] {
  const found: Scalar[] = [];
  visit(document, {
    Scalar: (key, scalar) => void (key !== 'key' && scalar.value !== null && found.push(scalar)),
  });
  return found;
}

function pairs(document: Document): Pair[] {
  const found: Pair[] = [];
  visit(document, { Pair: (_, pair) => void found.push(pair) });
  return found;
}

function named(...names: string[]): (document: Document) => Pair[] {
  return (document) =>
    pairs(document).filter(
      (pair) => isPair(pair) && isScalar(pair.key) && names.includes(String(pair.key.value)),
    );
}

function remove(items: unknown[], random: Random): boolean {
  if (items.length === 0) return false;
  items.splice(Math.floor(random() * items.length), 1);
  return true;
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Numbers from 0 to 1 that follow from a text. */
export function chance(seed: string): Random {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
