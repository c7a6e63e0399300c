import type { Entity, Json } from '../document.ts';
import { isNull, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { canonicalText, hasVariable, splitOutside } from './interpolation.ts';
import { labels } from './mappings.ts';
import { bindPath, cleanPath } from './paths.ts';
import { inside, itemsOf, jsonOf, leaf, type Place, type Shape, section } from './place.ts';
import { bytes, data, flag, flagOn, jsonData, mode, partsOf, record, text, unfilled } from './shapes.ts';

export type Mount = Readonly<Record<string, Json>>;

/**
 * A service's mounts, short or long, each known by its target; of two on one target the later counts
 * (compose-go override/uncity.go volumeIndexer).
 */
export const mounts: Shape = (node, place) => {
  if (node.type !== 'list') return unfilled(node, place);
  const children = new Map<string, Entity>();
  for (const item of itemsOf(node)) {
    const here = { ...place, span: item.span };
    const mount = mountOf(item, here);
    const value = mount ?? jsonData(item.node, here);
    const name = mount ? String(mount.target) : typeof value === 'string' ? value : JSON.stringify(value);
    children.set(name, leaf(inside(here, name), value, mount ? labelOf(mount, item) : name, 'mount'));
  }
  return section(place, children);
};

function mountOf(item: YamlEntry, place: Place): Mount | undefined {
  const { node } = item;
  if (node.type === 'map') return longMount(node, place, longFields);
  return node.type === 'scalar' && !isNull(node) ? shortMount(canonicalText(node.text)) : undefined;
}

/** A long form is shown as the short one it stands for. */
function labelOf({ type, source, target, read_only }: Mount, { node }: YamlEntry): string {
  if (node.type === 'scalar') return node.text;
  const name = type === 'bind' || type === 'volume' ? '' : `${type} `;
  return `${name}${source === undefined ? '' : `${source}:`}${target}${read_only === true ? ':ro' : ''}`;
}

/** `[SOURCE:]TARGET[:OPTION,…]` (compose-go format/volume.go ParseVolume). */
export function shortMount(written: string): Mount | undefined {
  const parts = sections(written);
  if (parts.length > 3 || parts.some((part) => part === '')) return undefined;
  if (parts.length === 1) return { type: 'volume', target: targetOf(written) };
  const [source = '', target = '', options = ''] = parts;
  const type = typeOf(source);
  const isPath = type === 'bind';
  const mount: Record<string, Json> = {
    type,
    source: isPath ? bindPath(source) : source,
    target: targetOf(target),
  };
  const bind: Record<string, Json> = {};
  for (const option of options.split(',')) {
    if (option === 'ro') mount.read_only = true;
    else if (option === 'nocopy' && !isPath) mount.volume = { nocopy: true };
    else if (/^z$/i.test(option)) bind.selinux = option;
    else if (/^r?(?:private|shared|slave)$/.test(option)) bind.propagation = option;
    // Compose drops what it does not know, `cached` and misspelled words alike.
    else if (hasVariable(option)) mount.options = option;
  }
  if (Object.keys(bind).length > 0) mount.bind = bind;
  return mount;
}

/** A letter before a colon is a Windows drive and not a section of its own. */
function sections(written: string): string[] {
  const parts: string[] = [];
  for (const part of splitOutside(written, ':')) {
    const previous = parts.at(-1);
    if (previous !== undefined && /^[A-Za-z]$/.test(previous))
      parts[parts.length - 1] = `${previous}:${part}`;
    else parts.push(part);
  }
  return parts;
}

/**
 * A path is bound, anything else is the name of a volume. A variable may turn out to be either, unless its default or
 * a slash tells: then it is called neither, so that nobody looks for a volume of that name.
 */
function typeOf(source: string): string {
  const shown = source.replace(/^\$\{[A-Za-z_]\w*:?-?/, '');
  if (/^(?:[./~\\]|[A-Za-z]:)/.test(source)) return 'bind';
  if (!hasVariable(source)) return 'volume';
  return /^[./~\\]/.test(shown) || source.includes('/') ? 'bind' : 'unknown';
}

function targetOf(target: string): string {
  return target.startsWith('/') ? cleanPath(target) : target;
}

export function longMount(
  node: YamlNode,
  place: Place,
  fields: Readonly<Record<string, Shape>>,
): Mount | undefined {
  const parts = partsOf(node, place, fields);
  const mount: Record<string, Json> = {};
  for (const [name, part] of parts) mount[name] = jsonOf(part);
  const { type, source, target } = mount;
  if (typeof target !== 'string') return undefined;
  mount.target = targetOf(target);
  if (type === 'bind' && typeof source === 'string') mount.source = bindPath(source);
  return mount;
}

/** The fields of the long form. Whether a part that says nothing is there is for the reader to tell. */
export function mountFields(part: (fields: Readonly<Record<string, Shape>>) => Shape) {
  return {
    type: text,
    source: text,
    target: text,
    read_only: flag,
    consistency: text,
    // The host's folder is made unless that is refused (compose-go transform/defaults.go).
    bind: part({ propagation: text, create_host_path: flagOn, selinux: text, recursive: text }),
    volume: part({ labels, nocopy: flag, subpath: text }),
    tmpfs: part({ size: bytes, mode }),
    image: part({ subpath: text }),
    cluster: data,
  };
}

const longFields = mountFields((fields) => record(fields));
