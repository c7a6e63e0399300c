import type { Entity, EntityKind, Json } from '../document.ts';
import { isNull, type YamlEntry } from '../yaml/node.ts';
import { canonicalText, hasVariable, literalText, splitOutside } from './interpolation.ts';
import { entriesOf, inside, itemsOf, leaf, type Place, type Shape, section } from './place.ts';
import { resolvedText } from './resolve.ts';
import { data, jsonData, unfilled } from './shapes.ts';

/**
 * Names with texts, as a list of `NAME=text` or as a mapping. A name alone takes its value from the caller's
 * environment, which is not the same as an empty text (compose-go types/mapping.go MappingWithEquals).
 */
export function variables(kind: EntityKind = 'field'): Shape {
  return mapping((place, value, label) => leaf(place, value, label, kind), null);
}

/** Names with texts where a name alone means an empty text (compose-go types/labels.go, types/options.go). */
export const labels: Shape = mapping((place, value, label) => leaf(place, value ?? '', label), '');

type MakePair = (place: Place, value: string | null, label: string) => Entity;

function mapping(pair: MakePair, bare: string | null): Shape {
  return (node, place) => {
    if (node.type === 'scalar') return unfilled(node, place);
    const children = new Map<string, Entity>();
    const put = (name: string, span: YamlEntry['span'], value: string | undefined, make: MakePair = pair) => {
      const label = value ?? (bare === null ? '(passed through)' : '');
      children.set(
        name,
        make(inside(place, name, span), value === undefined ? bare : canonicalText(value), label),
      );
    };
    for (const { node: item, span } of itemsOf(node)) {
      const [name = '', ...rest] = item.type === 'scalar' ? splitOutside(item.text, '=') : [];
      if (item.type === 'scalar')
        put(nameIn(name, place), span, rest.length === 0 ? undefined : rest.join('='));
      else children.set(JSON.stringify(jsonData(item, place)), data(item, { ...place, span }) as Entity);
    }
    for (const [name, { node: value, span }] of entriesOf(node)) {
      if (value.type === 'scalar') put(literalText(name), span, isNull(value) ? undefined : value.text);
      else children.set(name, data(value, inside(place, name, span)) as Entity);
    }
    return section(place, children);
  };
}

/**
 * A list's `$NAME=text` names whatever the variable holds, which a mapping's key does not. One that is not known stays
 * as it is written.
 */
function nameIn(text: string, { reading: { env = {} } }: Place): string {
  const name = canonicalText(text);
  const isKnown = [...name.matchAll(/\$\{(\w+)/g)].every(([, variable = '']) => Object.hasOwn(env, variable));
  return hasVariable(name) && isKnown ? literalText(resolvedText(text, env)) : name;
}

/**
 * Hosts with their addresses: `host:address`, `host=address` or a mapping, to one address or several; an IPv6 address
 * may stand in brackets (compose-go types/hostList.go).
 */
export const hosts: Shape = (node, place) => {
  if (node.type === 'scalar') return unfilled(node, place);
  const found = new Map<string, { addresses: string[]; span: YamlEntry['span'] }>();
  const put = (name: string, address: string, span: YamlEntry['span']) => {
    const known = found.get(name) ?? { addresses: [], span };
    known.addresses.push(address.replace(/^\[(.*)\]$/, '$1'));
    found.set(name, known);
  };
  for (const { node: item, span } of itemsOf(node)) {
    const written = item.type === 'scalar' ? canonicalText(item.text) : JSON.stringify(jsonData(item, place));
    const separator = splitOutside(written, '=').length > 1 ? '=' : ':';
    const [name = '', ...rest] = splitOutside(written, separator);
    put(name, rest.join(separator), span);
  }
  for (const [name, { node: value, span }] of entriesOf(node)) {
    for (const { node: address } of value.type === 'list' ? itemsOf(value) : [{ node: value }]) {
      put(literalText(name), address.type === 'scalar' ? canonicalText(address.text) : '', span);
    }
  }
  const children = [...found].map(([name, { addresses, span }]): [string, Entity] => {
    const value: Json = [...new Set(addresses)].sort();
    return [name, leaf(inside(place, name, span), value, value.join(', '))];
  });
  return section(place, new Map(children));
};
