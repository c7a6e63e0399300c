import type { Entity } from '../../document.ts';
import { isNull, type YamlEntry, type YamlNode } from '../../yaml/node.ts';
import { hasVariable } from '../interpolation.ts';
import { cleanPath } from '../paths.ts';
import { entityAt, partsOf, servicesIn } from './entities.ts';
import { type Finding, type Model, refused } from './finding.ts';
import { entryAt, itemsIn, says, textAt } from './yaml.ts';

/** Parts of one service that do not go together (compose-go loader/validate.go checkConsistency). */
export function consistencyFindings(model: Model): Finding[] {
  return servicesIn(model).flatMap(([name, service]) => {
    const entry = entryAt(model.whole, 'services', name);
    if (entry === undefined) return [];
    const about: About = { path: ['services', name], service, entry };
    return checks.flatMap((check) => check(about) ?? []);
  });
}

interface About {
  readonly path: readonly string[];
  readonly service: Entity;
  readonly entry: YamlEntry;
}

type Check = (about: About) => Finding | Finding[] | undefined;

const checks: readonly Check[] = [
  needsImage,
  excludes(['network_mode'], ['networks']),
  excludes(['build', 'dockerfile'], ['build', 'dockerfile_inline']),
  platformIsBuilt,
  healthTestBegins,
  distinctAmounts,
  nameOfMany,
  targetOnce,
];

/** What could not be followed may bring the image (compose-go loader/extends.go). */
function needsImage({ path, entry: { node, span } }: About): Finding | undefined {
  const comesFrom = ['image', 'build', 'provider', 'extends'].map((name) => entryAt(node, name));
  // An empty build is one: its context is where the file is.
  const builds = entryAt(node, 'build')?.node.type === 'map';
  if (builds || comesFrom.some(says)) return undefined;
  const message = `service ${path.at(-1)} has neither an image nor a build`;
  return refused('no-image', path, span, message);
}

function excludes(one: readonly string[], other: readonly string[]): Check {
  return ({ path, entry: { node } }) => {
    const [first, second] = [entryAt(node, ...one), entryAt(node, ...other)];
    if (!says(first) || !says(second)) return undefined;
    const message = `service ${path.at(-1)} has both ${one.join('.')} and ${other.join('.')}, which exclude each other`;
    const later = first.span.start > second.span.start ? first : second;
    return refused('contradiction', [...path, ...other], later.span, message);
  };
}

function platformIsBuilt({ path, entry: { node } }: About): Finding | undefined {
  const platform = entryAt(node, 'platform');
  const named = textAt(platform) ?? '';
  const built = itemsIn(entryAt(node, 'build', 'platforms')?.node).map((item) => textAt(item) ?? '');
  const isKnown = ![named, ...built].some(hasVariable);
  if (platform === undefined || named === '' || built.length === 0 || !isKnown || built.includes(named))
    return undefined;
  const message = `service ${path.at(-1)} runs on ${named}, which is not among its build.platforms`;
  return refused('contradiction', [...path, 'platform'], platform.span, message);
}

function healthTestBegins({ path, entry: { node } }: About): Finding | undefined {
  const [first] = itemsIn(entryAt(node, 'healthcheck', 'test')?.node);
  const word = textAt(first);
  if (first === undefined || word === undefined || hasVariable(word)) return undefined;
  if (['CMD', 'CMD-SHELL', 'NONE'].includes(word)) return undefined;
  const message = `the healthcheck.test of service ${path.at(-1)} must begin with CMD, CMD-SHELL or NONE`;
  return refused('wrong-value', [...path, 'healthcheck', 'test'], first.span, message);
}

const amounts = [
  ['scale', ['deploy', 'replicas']],
  ['cpus', ['deploy', 'resources', 'limits', 'cpus']],
  ['mem_limit', ['deploy', 'resources', 'limits', 'memory']],
  ['pids_limit', ['deploy', 'resources', 'limits', 'pids']],
  ['mem_reservation', ['deploy', 'resources', 'reservations', 'memory']],
] as const;

/** Where there are limits at all, one that is not among them counts as 0, and 0 is another amount. */
function distinctAmounts({ path, service }: About): Finding[] {
  return amounts.flatMap(([name, other]) => {
    const own = service.children.get(name);
    const group = entityAt(service, other.slice(0, -1));
    const set = entityAt(service, other);
    if (own === undefined || group === undefined || (set === undefined && name === 'scale')) return [];
    const values = [own.value, set === undefined ? 0 : set.value];
    if (values.some((value) => typeof value !== 'number') || values[0] === values[1]) return [];
    const missing = set === undefined ? ', which counts as 0 because other limits are set there' : '';
    const message = `service ${path.at(-1)} has ${name} and another ${other.join('.')}${missing}`;
    return [refused('contradiction', [...path, name], own.span, message)];
  });
}

function nameOfMany({ path, service, entry: { node } }: About): Finding | undefined {
  const own = entryAt(node, 'container_name');
  const count = (service.children.get('scale') ?? entityAt(service, ['deploy', 'replicas']))?.value;
  if (!says(own) || typeof count !== 'number' || count < 2) return undefined;
  const message = `service ${path.at(-1)} has a container_name, which only one container can have, and runs ${count}`;
  return refused('contradiction', [...path, 'container_name'], own.span, message);
}

/** Two volumes on one target are no mistake to Compose: the later wins before anybody looks. */
function targetOnce({ path, service, entry: { node } }: About): Finding[] {
  const taken = new Set(partsOf(service, 'volumes').map(([target]) => target));
  return tmpfsIn(entryAt(node, 'tmpfs')).flatMap(({ target, item }) => {
    const isTaken = taken.has(target);
    taken.add(target);
    if (!isTaken || hasVariable(target)) return [];
    const message = `service ${path.at(-1)} mounts two things on ${target}`;
    return [refused('contradiction', [...path, 'tmpfs', target], item.span, message)];
  });
}

function tmpfsIn(entry: YamlEntry | undefined): { target: string; item: YamlEntry }[] {
  if (entry === undefined || isNull(entry.node)) return [];
  const items: readonly YamlEntry[] =
    entry.node.type === 'scalar' ? [entry] : itemsIn(entry.node as YamlNode);
  const found = new Map<string, { target: string; item: YamlEntry }>();
  for (const item of items) {
    const text = textAt(item) ?? '';
    // Two that are equal up to `=` are one (compose-go override/uncity.go keyValueIndexer).
    found.set(text.split('=')[0] ?? '', { target: cleanPath(text.split(':')[0] ?? ''), item });
  }
  return [...found.values()];
}
