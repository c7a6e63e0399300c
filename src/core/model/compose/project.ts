import type { Entity, EntityKind } from '../document.ts';
import { isNull, type PlacedProblem, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import {
  entriesOf,
  inside,
  leaf,
  mostEntities,
  type Place,
  type Reading,
  type Shape,
  whole,
} from './place.ts';
import { resource } from './resources.ts';
import { service } from './service.ts';
import { data, ordered, text } from './shapes.ts';
import type { Sources } from './sources.ts';

/** The entity of a whole file. */
export function documentOf(
  yaml: YamlNode,
  source: string,
  _sources: Sources,
  problems: PlacedProblem[],
): Entity {
  const reading: Reading = { budget: mostEntities, project: projectOf(yaml) };
  const place: Place = { path: [], span: { start: 0, end: source.length }, reading };
  const children = new Map<string, Entity>();
  if (yaml.type !== 'map') {
    problems.push({ code: 'not-a-mapping', message: notAMapping, offset: 0 });
    return whole(place, children, 'document', '');
  }
  for (const [name, entry] of entriesOf(yaml)) {
    const child = topLevel(name, entry, inside(place, name, entry.span), problems);
    if (child) children.set(name, child);
  }
  dropDefaultNetwork(children, place);
  return whole(place, children, 'document', '');
}

const notAMapping = 'a Compose file is a mapping; write `services:` and the services below it';

/** Only a name in plain words can be compared; one that depends on a variable is another for each environment. */
function projectOf(yaml: YamlNode): string | undefined {
  const name = yaml.type === 'map' ? yaml.entries.get('name')?.node : undefined;
  return name?.type === 'scalar' && typeof name.value === 'string' && !name.value.includes('$')
    ? name.value
    : undefined;
}

function topLevel(
  name: string,
  entry: YamlEntry,
  place: Place,
  problems: PlacedProblem[],
): Entity | undefined {
  const { node } = entry;
  const shape = sections.get(name);
  if (shape !== undefined) return sectionOf(name, entry, place, shape, problems);
  if (name.startsWith('x-')) return undefined;
  // Compose takes any text for a version and makes nothing of it, but it has to be a text.
  if (name === 'version' && node.type === 'scalar' && typeof node.value === 'string') return undefined;
  return (topShapes.get(name) ?? data)(node, place);
}

const sections: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['services', service],
  ...(['network', 'volume', 'config', 'secret', 'model'] satisfies EntityKind[]).map(
    (kind): [string, Shape] => [`${kind}s`, resource(kind)],
  ),
]);

const topShapes: ReadonlyMap<string, Shape> = new Map([
  ['name', text],
  ['include', ordered(data)],
]);

/** Below these every key is a name, `x-` or not (compose-go loader/loader.go userDefinedKeys). */
function sectionOf(
  section: string,
  { node, span }: YamlEntry,
  place: Place,
  shape: Shape,
  problems: PlacedProblem[],
): Entity | undefined {
  if (isNull(node)) return leaf(place, null, 'null');
  if (node.type !== 'map') {
    problems.push({
      code: 'wrong-shape',
      message: `${section} must be a mapping of names`,
      offset: span.start,
    });
    return undefined;
  }
  const children = new Map<string, Entity>();
  for (const [name, entry] of entriesOf(node)) {
    if (section === 'services' && entry.node.type !== 'map') {
      const message = `the service ${name} must be a mapping; give it at least an image`;
      problems.push({ code: 'wrong-shape', message, offset: entry.span.start });
      continue;
    }
    const child = shape(entry.node, inside(place, name, entry.span));
    if (child) children.set(name, child);
  }
  return children.size === 0 ? undefined : whole(place, children, 'section', '');
}

/** The default network is there anyway (compose-go loader/normalize.go normalizeNetworks). */
function dropDefaultNetwork(children: Map<string, Entity>, place: Place): void {
  const networks = children.get('networks');
  if (networks?.kind !== 'section' || networks.children.get('default')?.children.size !== 0) return;
  const others = new Map([...networks.children].filter(([name]) => name !== 'default'));
  if (others.size === 0) children.delete('networks');
  else children.set('networks', whole({ ...place, ...networks }, others, 'section', ''));
}
