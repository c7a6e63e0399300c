import type { Entity, EntityKind } from '../document.ts';
import { isNull, mostParts, type PlacedProblem, type YamlEntry, type YamlMap } from '../yaml/node.ts';
import { pathText } from './build.ts';
import { entriesOf, inside, leaf, type Place, type Reading, type Shape, whole } from './place.ts';
import { resource } from './resources.ts';
import { service } from './service.ts';
import { data, ordered, record, text, unfilled } from './shapes.ts';
import { sharedEntity } from './shared.ts';
import type { Sources } from './sources.ts';
import { variableSections } from './variables.ts';

/** The entity of a whole file. */
export function documentOf(
  root: YamlMap,
  source: string,
  sources: Sources,
  problems: PlacedProblem[],
): Entity {
  const reading: Reading = {
    budget: mostParts,
    project: projectOf(root, sources),
    env: sources.env,
  };
  const place: Place = { path: [], span: { start: 0, end: source.length }, reading };
  const children = new Map<string, Entity>();
  for (const [name, entry] of entriesOf(root)) {
    const child = topLevel(name, entry, inside(place, name, entry.span), problems);
    if (child) children.set(name, child);
  }
  dropDefaultNetwork(children, place);
  for (const [name, found] of variableSections(root, sources, place)) children.set(name, found);
  return whole(place, children, 'document', '');
}

/** Only a name in plain words can be compared; one that depends on a variable is another for each environment. */
function projectOf(root: YamlMap, { env }: Sources): string | undefined {
  const given = env?.COMPOSE_PROJECT_NAME;
  if (given) return given;
  const name = root.entries.get('name')?.node;
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

/** An include that could not be followed; a text is its path (compose-go transform/include.go). */
const longInclude = record({
  path: ordered(pathText),
  project_directory: pathText,
  env_file: ordered(pathText),
});

const include: Shape = (node, place) => {
  if (node.type !== 'scalar') return longInclude(node, place);
  const path = pathText(node, place);
  return path && leaf(place, { path: [path.value ?? null] }, path.label);
};

const topShapes: ReadonlyMap<string, Shape> = new Map([
  ['name', text],
  ['include', ordered(include)],
]);

/** Below these every key is a name, `x-` or not (compose-go loader/loader.go userDefinedKeys). */
function sectionOf(
  section: string,
  { node, span }: YamlEntry,
  place: Place,
  shape: Shape,
  problems: PlacedProblem[],
): Entity | undefined {
  if (isNull(node) && section !== 'services') return unfilled(node, place);
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
    const child = sharedEntity(shape, entry, inside(place, name, entry.span));
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
