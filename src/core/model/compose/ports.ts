import type { Entity, Json } from '../document.ts';
import { isNull, type YamlEntry } from '../yaml/node.ts';
import { canonicalText, hasVariable, splitOutside } from './interpolation.ts';
import { entriesOf, inside, itemsOf, leaf, type Place, type Shape, section, spend } from './place.ts';
import { jsonData, unfilled } from './shapes.ts';

/** One port as the long form says it. What is published is a text: it may be a range of which the engine takes one. */
type Port = Readonly<Record<string, Json>>;

/**
 * A service's ports, short or long, each known by `127.0.0.1:8080:80/tcp`. What is spelled twice is one port, and no
 * address is the same place as 0.0.0.0, where the later stays (compose-go override/uncity.go portIndexer).
 */
export const ports: Shape = (node, place) => {
  if (node.type !== 'list') return unfilled(node, place);
  const found = new Map<string, Entity>();
  for (const item of itemsOf(node)) {
    for (const entity of portEntities(item, place)) {
      found.set((entity.path.at(-1) ?? '').replace(/^0\.0\.0\.0:(?=.*:)/, ''), entity);
    }
  }
  return section(place, new Map([...found.values()].map((entity) => [entity.path.at(-1) ?? '', entity])));
};

function portEntities(item: YamlEntry, place: Place): Entity[] {
  const { node, span } = item;
  const here = { ...place, span };
  const read = node.type === 'map' ? longPort(item, here) : isNull(node) ? undefined : shortPorts(item, here);
  if (read !== undefined) return read.map((port) => portEntity(port, here));
  // What Compose would refuse is kept under what it says.
  const value = jsonData(node, here);
  const name = typeof value === 'string' ? value : JSON.stringify(value);
  return [leaf(inside(place, name, span), value, name, 'port')];
}

function portEntity(port: Port, place: Place): Entity {
  const { host_ip, published, target, protocol } = port;
  const host = host_ip === undefined ? '' : `${host_ip}`.includes(':') ? `[${host_ip}]:` : `${host_ip}:`;
  const front = host === '' && published === undefined ? '' : `${host}${published ?? ''}:`;
  const name = `${front}${target}${protocol === undefined ? '' : `/${protocol}`}`;
  return leaf(inside(place, name), port, name, 'port');
}

/** `[[IP:][HOST[-HOST]]:]CONTAINER[-CONTAINER][/PROTOCOL]` (docker/go-connections nat.ParsePortSpec). */
function shortPorts({ node }: YamlEntry, place: Place): Port[] | undefined {
  if (node.type !== 'scalar') return undefined;
  const [address = '', written, ...more] = splitOutside(canonicalText(node.text), '/');
  const protocol = written?.toLowerCase() ?? (hasVariable(lastOf(address)) ? undefined : 'tcp');
  if (more.length > 0 || (protocol !== undefined && !isProtocol(protocol))) return undefined;
  const parts = splitAddress(address);
  if (parts === undefined) return undefined;
  const [container, published, host] = parts;
  const base = { ...(host && { host_ip: host }), ...(protocol !== undefined && { protocol }) };
  const targets = rangeOf(container);
  const sources = published === undefined || published === '' ? undefined : rangeOf(published);
  if (targets === undefined || (published && sources === undefined)) return undefined;
  return expand(targets, sources, base, place);
}

function lastOf(address: string): string {
  return splitOutside(address, ':').at(-1) ?? '';
}

/** Container, published and address; an IPv6 address stands in brackets. */
function splitAddress(address: string): [string, string | undefined, string | undefined] | undefined {
  const bracketed = /^\[([0-9a-fA-F:.]+)\]:(.*)$/.exec(address);
  if (bracketed !== null) {
    const [published, container, ...more] = splitOutside(bracketed[2] ?? '', ':');
    if (container === undefined || more.length > 0) return undefined;
    return [container, published, bracketed[1]];
  }
  const parts = splitOutside(address, ':');
  if (parts.length > 3) return undefined;
  const [container = '', published, host] = parts.reverse();
  // A name is no address, and a lone address no port.
  if (host !== undefined && host !== '' && !hasVariable(host) && !/^[\d.]+$/.test(host)) return undefined;
  return [container, published, host];
}

type Range = string | readonly [from: number, to: number];

/** A number, a range, or what variables will say. */
function rangeOf(text: string): Range | undefined {
  if (hasVariable(text)) return text;
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from <= to && to <= 65_535 ? [from, to] : undefined;
}

/** Two ranges of one length are as many ports; a range before a single port is one port with a choice. */
function expand(
  targets: Range,
  sources: Range | undefined,
  base: { readonly host_ip?: string; readonly protocol?: string },
  place: Place,
): Port[] | undefined {
  if (typeof targets === 'string' || typeof sources === 'string') {
    return [
      {
        target: inText(targets),
        ...base,
        ...(sources !== undefined && { published: String(inText(sources)) }),
      },
    ];
  }
  const [from, to] = targets;
  if (sources !== undefined && from === to)
    return [{ target: from, ...base, published: String(inText(sources)) }];
  const count = to - from + 1;
  if (sources !== undefined && sources[1] - sources[0] + 1 !== count) return undefined;
  return Array.from({ length: count }, (_, index) => {
    spend(place);
    return { target: from + index, ...base, ...(sources && { published: String(sources[0] + index) }) };
  });
}

function inText(range: Range): Json {
  if (typeof range === 'string') return range;
  return range[0] === range[1] ? range[0] : `${range[0]}-${range[1]}`;
}

function longPort({ node }: YamlEntry, place: Place): Port[] | undefined {
  const port: Record<string, Json> = {};
  for (const [name, { node: value }] of entriesOf(node)) {
    if (name.startsWith('x-')) continue;
    const text = value.type === 'scalar' && !isNull(value) ? canonicalText(value.text) : undefined;
    if (text === undefined) port[name] = jsonData(value, place);
    // An empty text is Go's way to say nothing.
    else if (text !== '') port[name] = name === 'target' && /^\d+$/.test(text) ? Number(text) : text;
  }
  if (port.target === undefined) return undefined;
  if (port.mode === 'ingress') delete port.mode;
  port.protocol ??= 'tcp';
  return isPort(port) ? [port] : undefined;
}

function isPort(port: Readonly<Record<string, Json>>): port is Port {
  const texts = [port.published, port.host_ip, port.protocol];
  return port.target !== undefined && texts.every((part) => part === undefined || typeof part === 'string');
}

function isProtocol(protocol: string): boolean {
  return hasVariable(protocol) || /^(?:tcp|udp|sctp)$/.test(protocol);
}
