import type { Entity, EntityKind, Json } from '../document.ts';
import { isNull } from '../yaml/node.ts';
import { pathText } from './build.ts';
import { labels } from './mappings.ts';
import { leaf, type Place, type Shape, whole } from './place.ts';
import { choice, data, flag, number, ordered, partsOf, record, text } from './shapes.ts';

/** A network, volume, config, secret or model at the top of the file. Null and an empty mapping are the same. */
export function resource(kind: EntityKind): Shape {
  return (node, place) => {
    if (node.type !== 'map' && !isNull(node)) return leaf(place, data(node, place)?.value ?? null, '', kind);
    const children = partsOf(node, place, fields[kind] ?? {});
    settleExternal(children, place);
    settleName(children, place);
    return whole(place, children, kind);
  };
}

const common = { name: text, labels, driver: text, driver_opts: labels, external: externalName };

/** `external: {name: x}` is the old way to write `external: true` with a name (compose-go transform/external.go). */
function externalName(...[node, place]: Parameters<Shape>): Entity | undefined {
  return node.type === 'map' ? data(node, place) : flag(node, place);
}

const fileFields = { ...common, file: pathText, environment: text, content: text, template_driver: text };

const fields: { readonly [kind in EntityKind]?: Readonly<Record<string, Shape>> } = {
  network: {
    ...common,
    ipam: record({
      driver: text,
      config: ordered(record({ subnet: text, ip_range: text, gateway: text, aux_addresses: labels })),
      options: labels,
    }),
    internal: flag,
    attachable: flag,
    enable_ipv4: choice,
    enable_ipv6: choice,
  },
  volume: common,
  config: fileFields,
  secret: fileFields,
  model: { name: text, model: text, context_size: number, runtime_flags: ordered() },
};

function settleExternal(children: Map<string, Entity>, place: Place): void {
  const external = children.get('external');
  if (external === undefined || external.value !== undefined) return;
  const name = external.children.get('name');
  if (name === undefined || external.children.size > 1 || children.has('name')) return;
  children.set('external', leaf({ ...place, ...external }, true, 'true'));
  children.set('name', { ...name, path: [...place.path, 'name'] });
}

/**
 * The real name is `PROJECT_KEY`, or the key where the resource is external; saying just that adds nothing
 * (compose-go loader/normalize.go setNameFromKey).
 */
function settleName(children: Map<string, Entity>, { path, reading }: Place): void {
  const key = path.at(-1) ?? '';
  const isExternal = children.get('external')?.value === true;
  const usual = isExternal ? key : reading.project === undefined ? undefined : `${reading.project}_${key}`;
  const name: Json | undefined = children.get('name')?.value;
  if (name !== undefined && name === usual) children.delete('name');
}
