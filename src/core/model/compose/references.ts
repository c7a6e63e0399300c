import type { Entity, EntityKind, Json } from '../document.ts';
import { isNull, type YamlNode } from '../yaml/node.ts';
import { labels } from './mappings.ts';
import { entriesOf, inside, itemsOf, jsonOf, leaf, type Place, type Shape, section } from './place.ts';
import { amount, choice, data, flag, jsonData, mode, partsOf, setOf, text, unfilled } from './shapes.ts';

/** Names in a list, or a mapping of names to what is said of each. */
function byName(read: (node: YamlNode | undefined, place: Place) => Entity | undefined): Shape {
  return (node, place) => {
    if (node.type === 'scalar') return unfilled(node, place);
    const children = new Map<string, Entity>();
    for (const { node: item, span } of itemsOf(node)) {
      const value = jsonData(item, place);
      const name = typeof value === 'string' ? value : JSON.stringify(value);
      const here = inside(place, name, span);
      const child = typeof value === 'string' ? read(undefined, here) : leaf(here, value, name);
      if (child) children.set(name, child);
    }
    for (const [name, { node: value, span }] of entriesOf(node)) {
      const child = read(isNull(value) ? undefined : value, inside(place, name, span));
      if (child) children.set(name, child);
    }
    return section(place, children);
  };
}

/** Services to wait for (compose-go transform/dependson.go). */
export const dependencies: Shape = byName((node, place) => {
  if (node !== undefined && node.type !== 'map') return data(node, place);
  const said =
    node === undefined ? { condition: 'service_started' } : fieldsOf(node, place, dependencyFields);
  const value = { condition: null, required: true, restart: false, ...said };
  const label = [value.condition ?? '', value.required ? '' : 'not required', value.restart ? 'restart' : ''];
  return leaf(place, value, label.filter((part) => part !== '').join(', '), 'dependency');
});

const dependencyFields = { condition: text, required: choice, restart: flag };

/** Networks a service is on (compose-go transform/services.go). */
export const attachments: Shape = byName((node, place) => {
  if (node !== undefined && node.type !== 'map') return data(node, place);
  const parts = node === undefined ? new Map<string, Entity>() : partsOf(node, place, attachmentFields);
  const said = [...parts].map(
    ([name, part]) => `${name}: ${[...part.children.keys()].join(', ') || part.label}`,
  );
  const label = [place.path.at(-1) ?? '', ...said].join(', ');
  return leaf(place, jsonOfAll(parts), label, 'attachment');
});

const attachmentFields = {
  aliases: setOf(),
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: setOf(),
  mac_address: text,
  interface_name: text,
  driver_opts: labels,
  priority: amount,
  gw_priority: amount,
};

/** Models a service uses. */
export const modelUses: Shape = byName((node, place) => {
  if (node !== undefined && node.type !== 'map') return data(node, place);
  const value = node === undefined ? {} : fieldsOf(node, place, { endpoint_var: text, model_var: text });
  return leaf(place, value, Object.values(value).join(', '));
});

/**
 * Secrets and configs of a service, short or long. Without a target a secret lies under /run/secrets, which is also
 * where a relative one begins, and a config under / (docker/compose pkg/compose/secrets.go).
 */
export function filesFrom(kind: EntityKind, folder: string): Shape {
  return (node, place) => {
    if (node.type !== 'list') return unfilled(node, place);
    const byTarget = new Map<string, Entity>();
    for (const { node: item, span } of itemsOf(node)) {
      const here = { ...place, span };
      const said: Record<string, Json> =
        item.type === 'map' ? { ...fieldsOf(item, here, grantFields) } : { source: jsonData(item, here) };
      const { source, target = source, ...rest } = said;
      if (typeof source !== 'string' || typeof target !== 'string') {
        const value = jsonData(item, here);
        byTarget.set(JSON.stringify(value), leaf(inside(here, JSON.stringify(value)), value, '', kind));
        continue;
      }
      const absolute = target.startsWith('/') ? target : `${folder}${target}`;
      const isUsual = absolute === `${folder}${source}`;
      const name = isUsual ? source : `${source}:${absolute}`;
      byTarget.set(absolute, leaf(inside(here, name), { source, target: absolute, ...rest }, name, kind));
    }
    return section(place, new Map([...byTarget.values()].map((child) => [child.path.at(-1) ?? '', child])));
  };
}

const grantFields = { source: text, target: text, uid: text, gid: text, mode };

/** Devices, `SOURCE[:TARGET[:PERMISSIONS]]` or long, known by their target (compose-go transform/devices.go). */
export const devices: Shape = (node, place) => {
  if (node.type !== 'list') return unfilled(node, place);
  const children = new Map<string, Entity>();
  for (const { node: item, span } of itemsOf(node)) {
    const here = { ...place, span };
    const said: Record<string, Json> =
      item.type === 'map' ? { ...fieldsOf(item, here, {}) } : shortDevice(jsonData(item, here));
    const value: Record<string, Json> = { permissions: 'rwm', ...said };
    value.target ??= value.source ?? null;
    const name = typeof value.target === 'string' ? value.target : JSON.stringify(value);
    children.set(name, leaf(inside(here, name), value, labelOfDevice(value)));
  }
  return section(place, children);
};

function shortDevice(written: Json): Record<string, Json> {
  if (typeof written !== 'string') return { source: written };
  const [source = '', target, permissions, ...more] = written.split(':');
  if (more.length > 0) return { source: written };
  return { source, ...(target && { target }), ...(permissions && { permissions }) };
}

function labelOfDevice({ source, target, permissions }: Readonly<Record<string, Json>>): string {
  return `${source}${target === source && permissions === 'rwm' ? '' : `:${target}`}${permissions === 'rwm' ? '' : `:${permissions}`}`;
}

function fieldsOf(
  node: YamlNode,
  place: Place,
  fields: Readonly<Record<string, Shape>>,
): Record<string, Json> {
  return jsonOfAll(partsOf(node, place, fields));
}

function jsonOfAll(parts: ReadonlyMap<string, Entity>): Record<string, Json> {
  return Object.fromEntries([...parts].map(([name, part]) => [name, jsonOf(part)]));
}
