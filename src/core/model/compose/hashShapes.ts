import type { Entity, Json } from '../document.ts';
import { isNull, type YamlNode } from '../yaml/node.ts';
import { canonicalText } from './interpolation.ts';
import { labels } from './mappings.ts';
import { longMount, type Mount, mountFields, mounts, shortMount } from './mounts.ts';
import { entriesOf, inside, itemsOf, jsonOf, leaf, type Place, type Shape } from './place.ts';
import {
  amount,
  data,
  jsonData,
  mode,
  number,
  ordered,
  partsOf,
  printed,
  record,
  setOf,
  text,
} from './shapes.ts';

/** What is a set to the engine is a list to the hash, in which the later of two stands where the first stood. */
export function inOrder(shape: Shape): Shape {
  return (node, place) => {
    const found = shape(node, place);
    if (found?.kind !== 'section' || found.value !== undefined) return found;
    return leaf(place, [...found.children.values()].map(jsonOf), '');
  };
}

/** A part that is there even when it says nothing: Go marshals a pointer to an empty struct as `{}`. */
export function kept(fields: Readonly<Record<string, Shape>>): Shape {
  return record(fields, { keepsEmpty: true });
}

/** Names in a list, or a mapping of names to parts, where nothing said and an empty mapping are not the same. */
export function namedOrNull(fields: Readonly<Record<string, Shape>>): Shape {
  const parts = kept(fields);
  return (node, place) => {
    const said: Record<string, Json> = {};
    for (const { node: item } of itemsOf(node)) said[String(jsonData(item, place))] = null;
    for (const [name, { node: value }] of entriesOf(node)) {
      const found = isNull(value) ? undefined : parts(value, inside(place, name));
      said[name] = found === undefined ? null : jsonOf(found);
    }
    if (node.type === 'scalar') return data(node, place);
    return Object.keys(said).length === 0 ? undefined : leaf(place, said, '');
  };
}

export const uniqueTexts = inOrder(setOf());
export const printedTexts = inOrder(setOf(printed));

/** Secrets or configs in their order; only a secret is given a target (compose-go transform/defaults.go). */
export function grants(defaultFolder: string | undefined): Shape {
  const fields = { source: text, target: text, uid: text, gid: text, mode };
  return (node, place) => {
    if (node.type !== 'list') return data(node, place);
    const byTarget = new Map<string, Json>();
    for (const { node: item } of itemsOf(node)) {
      const parts = item.type === 'map' ? partsOf(item, place, fields) : undefined;
      const said: Record<string, Json> =
        parts === undefined
          ? { source: jsonData(item, place) }
          : Object.fromEntries([...parts].map(([name, part]) => [name, jsonOf(part)]));
      if (defaultFolder !== undefined) said.target ??= `${defaultFolder}${said.source}`;
      byTarget.set(String(said.target ?? said.source), said);
    }
    return listOf(byTarget, place);
  };
}

/** Mounts in their order. The short form states empty options, the long one only those that are written. */
export const hashedMounts: Shape = (node, place) => {
  if (node.type !== 'list') return mounts(node, place);
  const byTarget = new Map<string, Json>();
  for (const { node: item } of itemsOf(node)) {
    const mount = mountOf(item, place);
    byTarget.set(String(mount?.target ?? JSON.stringify(jsonData(item, place))), mount ?? null);
  }
  return listOf(byTarget, place);
};

/** Go leaves an empty list out. */
function listOf(items: ReadonlyMap<string, Json>, place: Place): Entity | undefined {
  return items.size === 0 ? undefined : leaf(place, [...items.values()], '');
}

function mountOf(item: YamlNode, place: Place): Mount | undefined {
  if (item.type === 'map') return longMount(item, place, longFields);
  const mount = item.type === 'scalar' ? shortMount(canonicalText(item.text)) : undefined;
  if (mount === undefined) return undefined;
  return mount.type === 'bind' ? { bind: {}, ...mount } : { volume: {}, ...mount };
}

const longFields = mountFields(kept);

/** One limit stays one number, which is other JSON than both limits. */
export const limits: Shape = (node, place) => {
  if (node.type !== 'map') return data(node, place);
  const found: [string, Json][] = entriesOf(node).flatMap(([name, { node: limit }]) => {
    const shape = limit.type === 'scalar' ? number : record({ soft: amount, hard: amount });
    const said = shape(limit, inside(place, name));
    return said === undefined ? [] : [[name, jsonOf(said)] as [string, Json]];
  });
  return found.length === 0 ? undefined : leaf(place, Object.fromEntries(found), '');
};

const request = record(
  {
    count: (node, place) =>
      node.type === 'scalar' && node.value === 'all' ? leaf(place, -1, '') : number(node, place),
    capabilities: ordered(),
    device_ids: ordered(),
    driver: text,
    options: labels,
  },
  {
    // Compose counts all devices where neither a count nor names are given (compose-go transform/gpus.go).
    settle: (children, place) => {
      if (!children.has('count') && !children.has('device_ids')) children.set('count', leaf(place, -1, ''));
    },
  },
);

export const requests: Shape = (node, place) =>
  node.type === 'scalar' && node.value === 'all'
    ? leaf(place, [{ count: -1 }], '')
    : ordered(request)(node, place);
