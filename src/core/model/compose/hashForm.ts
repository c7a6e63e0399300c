import type { HashForm, HashForms, Json, Span } from '../document.ts';
import { isNull, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { withEnvFiles } from './envFiles.ts';
import { hashedFields, hashedNetwork, hashedVolume } from './hashFields.ts';
import { canonicalText } from './interpolation.ts';
import { entriesOf, inside, jsonOf, type Place, type Shape } from './place.ts';
import type { Environment } from './resolve.ts';
import { resolvedNode } from './resolveNodes.ts';
import { partsOf } from './shapes.ts';
import type { Sources } from './sources.ts';
import { booleanOf } from './units.ts';

/**
 * The services, networks and volumes of a project as Compose hashes them. Variables stay named, because the caller's
 * own environment may hold any value; where some of them are known, the form with their values stands beside it.
 */
export function hashFormsOf(root: YamlMap, sources: Sources): HashForms {
  const { env } = sources;
  const resolved = env && resolvedNode(root, env);
  return {
    named: hashFormOf(root, sources, undefined),
    resolved: resolved?.type === 'map' ? hashFormOf(resolved, sources, env) : undefined,
  };
}

function hashFormOf(root: YamlMap, sources: Sources, env: Environment | undefined): HashForm {
  // What the first reading let pass is not counted again.
  const reading = { budget: Number.POSITIVE_INFINITY, project: undefined, env: sources.env };
  const place: Place = { path: [], span: nowhere, reading };
  const services = new Map<string, Json>();
  let usesDefault = false;
  for (const [name, { node }] of namedIn(root, 'services')) {
    if (node.type !== 'map') continue;
    const said = partsIn(withEnvFiles(node, sources, env), inside(place, name), hashedFields);
    if (isOnDefault(said)) said.networks = { default: null };
    usesDefault ||= hasDefault(said.networks);
    services.set(name, said);
  }
  const project = projectOf(root, sources);
  const resources = (section: string, fields: Readonly<Record<string, Shape>>) =>
    new Map(
      namedIn(root, section).map(([name, { node }]) => [
        name,
        resourceOf(name, node, place, fields, project),
      ]),
    );
  const networks = resources('networks', hashedNetwork);
  // The network that services without any are on is there only if one is (compose-go loader/normalize.go).
  if (usesDefault && !networks.has('default')) networks.set('default', { name: `${project}_default` });
  return { services, networks, volumes: resources('volumes', hashedVolume) };
}

const nowhere: Span = { start: 0, end: 0 };

function namedIn(root: YamlMap, section: string): [string, YamlEntry][] {
  const node = root.entries.get(section)?.node;
  return node === undefined ? [] : entriesOf(node);
}

function partsIn(
  node: YamlNode,
  place: Place,
  fields: Readonly<Record<string, Shape>>,
): Record<string, Json> {
  const parts = partsOf(node, place, fields);
  return Object.fromEntries([...parts].map(([name, part]) => [name, jsonOf(part)]));
}

function isOnDefault(said: Readonly<Record<string, Json>>): boolean {
  if (said.network_mode !== undefined || said.provider !== undefined) return false;
  return said.networks === undefined || Object.keys(said.networks ?? {}).length === 0;
}

function hasDefault(networks: Json | undefined): boolean {
  return typeof networks === 'object' && networks !== null && Object.hasOwn(networks, 'default');
}

const unknownProject = canonicalText('$COMPOSE_PROJECT_NAME');

/** A project without a name has that of its folder, or of the command line, which are not known here. */
function projectOf(root: YamlMap, { env }: Sources): string {
  if (env?.COMPOSE_PROJECT_NAME) return env.COMPOSE_PROJECT_NAME;
  const name = root.entries.get('name')?.node;
  return name?.type === 'scalar' && !isNull(name) ? canonicalText(name.text) : unknownProject;
}

/** The real name is the key of what is external, `PROJECT_KEY` of everything else (normalize.go setNameFromKey). */
function resourceOf(
  key: string,
  node: YamlNode,
  place: Place,
  fields: Readonly<Record<string, Shape>>,
  project: string,
): Json {
  const said = partsIn(node, inside(place, key), fields);
  const entries = node.type === 'map' ? node.entries : new Map<string, YamlEntry>();
  const external = entries.get('external')?.node;
  const isExternal =
    external !== undefined && (external.type === 'map' || booleanOf(textOf(external) ?? '') === true);
  const givenName = external?.type === 'map' ? textOf(external.entries.get('name')?.node) : undefined;
  const name = textOf(entries.get('name')?.node) ?? givenName ?? (isExternal ? key : `${project}_${key}`);
  return { ...said, name, ...(isExternal && { external: true }) };
}

function textOf(node: YamlNode | undefined): string | undefined {
  return node?.type === 'scalar' && !isNull(node) && node.text !== '' ? canonicalText(node.text) : undefined;
}
