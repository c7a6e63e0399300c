import type { Entity, Json } from '../document.ts';
import { isNull, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { canonicalText } from './interpolation.ts';
import {
  entriesOf,
  inside,
  itemsOf,
  jsonOf,
  leaf,
  type Place,
  type Shape,
  section,
  spend,
  whole,
} from './place.ts';
import { booleanOf, bytesOf, secondsOf } from './units.ts';

/** Whatever nobody has described: mappings part by part, everything else as one value, in its order. */
export const data: Shape = (node, place) => {
  if (node.type !== 'map' || node.entries.size === 0) return leaf(place, jsonData(node, place), textOf(node));
  const children = new Map<string, Entity>();
  for (const [name, entry] of entriesOf(node)) {
    const child = data(entry.node, inside(place, name, entry.span));
    if (child) children.set(name, child);
  }
  return whole(place, children);
};

/**
 * A section in which nothing is written behind the colon. Compose refuses it, so it is not the same as none; but it is
 * still a section, so that what it held before is told piece by piece.
 */
export const unfilled: Shape = (node, place) =>
  isNull(node) ? leaf(place, null, 'null', 'section') : data(node, place);

/** A text. A number or a boolean in its place is another thing, which Compose refuses. */
export const text: Shape = (node, place) => {
  if (node.type !== 'scalar') return data(node, place);
  return node.value === '' ? undefined : leaf(place, scalarData(node), textOf(node));
};

/** A text that may be written as a number or boolean too. */
export const printed: Shape = (node, place) => {
  if (node.type !== 'scalar' || isNull(node)) return data(node, place);
  return leaf(place, canonicalText(node.text), node.text);
};

/** A text with a canonical form of its own. The label stays as it is written. */
export function textAs(canonical: (text: string, place: Place) => Json | undefined): Shape {
  return (node, place) => {
    if (node.type !== 'scalar' || typeof node.value !== 'string') return data(node, place);
    const value = canonical(canonicalText(node.value), place);
    return value === undefined ? undefined : leaf(place, value, node.text);
  };
}

/** A scalar that is parsed, and kept as text where it depends on a variable. */
function parsed(parse: (text: string) => Json | undefined, absent?: Json): Shape {
  return (node, place) => {
    if (node.type !== 'scalar' || isNull(node)) return data(node, place);
    const value = parse(node.text) ?? scalarData(node);
    return value === absent ? undefined : leaf(place, value, node.text);
  };
}

export const number: Shape = parsed(numberOf);
/** A number whose zero is as good as none, because Go leaves it out of the model. */
export const amount: Shape = parsed(numberOf, 0);
export const bytes: Shape = parsed(bytesOf, 0);
/** Seconds with their unit, which keeps them apart from a bare number. */
export const duration: Shape = parsed((written) => {
  const seconds = secondsOf(written);
  return seconds === undefined ? undefined : `${seconds}s`;
});
/** A switch that is off unless it is turned on. */
export const flag: Shape = parsed(booleanOf, false);
/** A switch that is on unless it is turned off. */
export const flagOn: Shape = parsed(booleanOf, true);
/** A switch that an absent key leaves to someone else. */
export const choice: Shape = parsed(booleanOf);

/** File modes: digits in a text are octal, a number has been read by YAML already (compose-go types/types.go FileMode). */
export const mode: Shape = (node, place) => {
  const isOctal = node.type === 'scalar' && typeof node.value === 'string' && /^[0-7]+$/.test(node.value);
  return isOctal ? leaf(place, Number.parseInt(node.text, 8), node.text) : data(node, place);
};

/** A list in which order matters, or the one item of such a list. It is one value. */
export function ordered(item: Shape = text): Shape {
  return (node, place) => {
    const nodes = node.type === 'list' ? itemsOf(node) : [{ node, span: place.span }];
    if (node.type === 'map' || isNull(node)) return data(node, place);
    const items = nodes.flatMap((entry) => item(entry.node, { ...place, span: entry.span }) ?? []);
    return items.length === 0
      ? undefined
      : leaf(place, items.map(jsonOf), items.map(({ label }) => label).join(', '));
  };
}

/** A list whose order does not matter and whose items have no names: one value, sorted. */
export function unordered(item: Shape): Shape {
  const list = ordered(item);
  return (node, place) => {
    const found = list(node, place);
    if (found === undefined || !Array.isArray(found.value)) return found;
    const keyed = found.value.map((part: Json) => [JSON.stringify(sorted(part)), part] as const);
    return {
      ...found,
      value: keyed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part),
    };
  };
}

/** A list in which order does not matter, or the one item of such a list. Each item is known by what it says. */
export function setOf(item: Shape = text, keyOf: (item: Entity) => string = keyByValue): Shape {
  return (node, place) => {
    if (node.type === 'map' || isNull(node)) return unfilled(node, place);
    const children = new Map<string, Entity>();
    for (const entry of node.type === 'list' ? itemsOf(node) : [{ node, span: place.span }]) {
      const found = item(entry.node, { ...place, span: entry.span });
      if (!found) continue;
      const name = keyOf(found);
      children.set(name, leaf(inside(place, name, entry.span), jsonOf(found), found.label));
    }
    return section(place, children);
  };
}

/** A mapping with keys that Compose gives a meaning. `x-` keys mean nothing to it; others are kept as data. */
export interface RecordRules {
  /** Sets what follows from the parts together. */
  readonly settle?: (children: Map<string, Entity>, place: Place) => void;
  /** Whether one without any parts is still there. */
  readonly keepsEmpty?: boolean;
}

export function record(
  fields: Readonly<Record<string, Shape>>,
  { settle, keepsEmpty = false }: RecordRules = {},
): Shape {
  return (node, place) => {
    if (node.type !== 'map') return data(node, place);
    const children = partsOf(node, place, fields);
    settle?.(children, place);
    return children.size === 0 && !keepsEmpty ? undefined : whole(place, children);
  };
}

/** The parts of a mapping, each read as its key wants it. */
export function partsOf(
  node: YamlNode,
  place: Place,
  fields: Readonly<Record<string, Shape>>,
): Map<string, Entity> {
  const children = new Map<string, Entity>();
  for (const [name, entry] of entriesOf(node)) {
    if (name.startsWith('x-')) continue;
    const shape = (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? data;
    const child = shape(entry.node, inside(place, name, entry.span));
    if (child) children.set(name, child);
  }
  return children;
}

/** A mapping of free names, each to the same shape. */
export function named(shape: Shape): Shape {
  return (node, place) => {
    if (node.type !== 'map') return unfilled(node, place);
    const children = new Map<string, Entity>();
    for (const [name, entry] of entriesOf(node)) {
      const child = shape(entry.node, inside(place, name, entry.span));
      if (child) children.set(name, child);
    }
    return section(place, children);
  };
}

/** The value of a node as it stands, with variables in canonical form. */
export function jsonData(node: YamlNode, place: Place): Json {
  spend(place);
  if (node.type === 'scalar') return scalarData(node);
  if (node.type === 'list') return itemsOf(node).map((item) => jsonData(item.node, place));
  return Object.fromEntries(entriesOf(node).map(([name, entry]) => [name, jsonData(entry.node, place)]));
}

function scalarData({ value }: YamlScalar): Json {
  return typeof value === 'string' ? canonicalText(value) : value;
}

/** With keys in one order, so that the text of a value can be compared. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}

/** As Go reads it, which takes no blanks around a number and no other base (strconv.ParseFloat). */
function numberOf(written: string): number | undefined {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(written) ? Number(written) : undefined;
}

function keyByValue(item: Entity): string {
  const value = jsonOf(item);
  return typeof value === 'string' ? value : JSON.stringify(sorted(value));
}

/** A node in one line, cut short where it is long: an alias may repeat it without end. */
function textOf(node: YamlNode): string {
  if (node.type === 'scalar') return isNull(node) ? 'null' : node.text;
  if (node.type === 'map') return node.entries.size === 0 ? '{}' : '{…}';
  const shown = node.items.slice(0, 8).map((item) => (item.node.type === 'list' ? '[…]' : textOf(item.node)));
  return `[${shown.join(', ')}${node.items.length > shown.length ? ', …' : ''}]`;
}
