import { entityAt, type InfraDocument } from '../model/document.ts';
import type { Change } from './change.ts';
import type { Affected, AffectedReason } from './reasons.ts';
import { volumeOf } from './references.ts';
import {
  type Dependency,
  dependenciesIn,
  networksOf,
  publicationsIn,
  servicesIn,
  volumesOf,
} from './relations.ts';
import { projectOf } from './volumes.ts';

/**
 * Which services stop working, are stopped or made anew because of what happens to another, to a network or to a
 * volume. What was so before the edit is not its doing.
 */
export function cascadeBetween(
  before: InfraDocument,
  after: InfraDocument,
  changes: readonly Change[],
  recreated: readonly string[],
): Affected[] {
  const edit: Edit = { before, after, renamed: renamesIn(changes), recreated: new Set(recreated) };
  const known = new Set(failures(before).map(keyOf));
  const failing = [...failures(after), ...portsStillHeld(edit)].filter((one) => !known.has(keyOf(one)));
  const found = [
    ...failing,
    ...failingWith(after, failing),
    ...lostDependencies(edit),
    ...madeAnewWith(edit),
    ...restartedWith(edit),
    ...onRecreatedNetworks(edit),
    ...onReplacedVolumes(edit),
    ...unsharedVolumes(edit),
    ...isolated(edit),
  ];
  return [...new Map(found.map((one) => [keyOf(one), one])).values()];
}

interface Edit {
  readonly before: InfraDocument;
  readonly after: InfraDocument;
  /** The new names of renamed services by their old ones. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly recreated: ReadonlySet<string>;
}

function renamesIn(changes: readonly Change[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ kind, path, renamedTo }): [string, string][] =>
      kind === 'service' && renamedTo !== undefined ? [[path.at(-1) ?? '', renamedTo.at(-1) ?? '']] : [],
    ),
  );
}

function affected(service: string, cause: string, reason: AffectedReason): Affected {
  return { service, cause, reason };
}

function keyOf({ service, cause, reason }: Affected): string {
  return JSON.stringify([service, cause, reason]);
}

/** Services that cannot start as the text stands (compose-go loader/validate.go, docker/compose convergence.go). */
function failures(document: InfraDocument): Affected[] {
  const services = servicesIn(document);
  return dependenciesIn(document).flatMap(({ from, to, required, condition }) => {
    const target = services.get(to);
    // A service that is not there at all is refused, required or not.
    if (target === undefined) return [affected(from, `service:${to}`, 'undefined-dependency')];
    if (required && isDisabled(document, from, to))
      return [affected(from, `service:${to}`, 'disabled-dependency')];
    const isChecked = condition !== 'service_healthy' || canBeHealthy(document, to);
    return isChecked ? [] : [affected(from, `service:${to}`, 'never-healthy')];
  });
}

/** Whether there is a way to start the one without the other: a profile that only the other one waits for. */
function isDisabled(document: InfraDocument, from: string, to: string): boolean {
  const profiles = (name: string) => [
    ...(servicesIn(document).get(name)?.children.get('profiles')?.children.keys() ?? []),
  ];
  const needed = profiles(to);
  const own = profiles(from);
  if (needed.length === 0) return false;
  return own.length === 0 || own.some((profile) => !needed.includes(profile));
}

/** An image may bring a check of its own, which the file does not tell. One that is switched off is none. */
function canBeHealthy(document: InfraDocument, service: string): boolean {
  const check = entityAt(document, ['services', service, 'healthcheck']);
  if (check === undefined) return false;
  const test = check.children.get('test')?.value;
  const isOff = check.children.get('disable')?.value === true || (Array.isArray(test) && test[0] === 'NONE');
  return !isOff;
}

/** What waits for a service that does not start does not start either, and so on. */
function failingWith(document: InfraDocument, failing: readonly Affected[]): Affected[] {
  const seen = new Set(failing.map(({ service }) => service));
  const found: Affected[] = [];
  const dependents = dependentsIn(document);
  const queue = [...seen];
  for (let at = 0; at < queue.length; at++) {
    const cause = queue[at] ?? '';
    for (const { from, required } of dependents.get(cause) ?? []) {
      if (!required || seen.has(from)) continue;
      seen.add(from);
      queue.push(from);
      found.push(affected(from, `service:${cause}`, 'dependency-fails'));
    }
  }
  return found;
}

function dependentsIn(document: InfraDocument): Map<string, Dependency[]> {
  const dependents = new Map<string, Dependency[]>();
  for (const dependency of dependenciesIn(document)) {
    const known = dependents.get(dependency.to);
    if (known === undefined) dependents.set(dependency.to, [dependency]);
    else known.push(dependency);
  }
  return dependents;
}

/**
 * The container of a service that left the file keeps running and keeps its ports, until it is removed by hand or
 * with `--remove-orphans` (docker/compose pkg/compose/create.go).
 */
function portsStillHeld({ before, after }: Edit): Affected[] {
  const still = servicesIn(after);
  const [old, fresh] = [projectOf(before), projectOf(after)];
  const held = publicationsIn(before)
    .filter(({ service }) => old !== fresh || !still.has(service))
    .map((one) => ({ ...one, cause: old === fresh ? `service:${one.service}` : `project:${old}` }));
  return publicationsIn(after).flatMap(({ service, published, everywhere }) =>
    held
      .filter(
        (one) =>
          one.published === published ||
          one.everywhere === published ||
          (one.published === everywhere && one.everywhere === everywhere),
      )
      .map((one) => affected(service, one.cause, 'port-still-held')),
  );
}

/** A service that is gone, with the reference to it: what relied on it starts, and does not find it. */
function lostDependencies({ before, after, renamed }: Edit): Affected[] {
  const services = servicesIn(after);
  const still = new Set(dependenciesIn(after).map(({ from, to }) => JSON.stringify([from, to])));
  return dependenciesIn(before).flatMap(({ from, to }) => {
    const name = renamed.get(from) ?? from;
    if (services.has(to) || renamed.has(to) || !services.has(name) || !servicesIn(before).has(to)) return [];
    return still.has(JSON.stringify([name, to])) ? [] : [affected(name, `service:${to}`, 'lost-dependency')];
  });
}

/** A container is made anew with the one whose namespace or volumes it shares (reconcile.go mustRecreate). */
function madeAnewWith({ after, recreated }: Edit): Affected[] {
  const dependents = dependentsIn(after);
  const found: Affected[] = [];
  const queue = namesIn(recreated, 'service');
  const seen = new Set(queue);
  for (let at = 0; at < queue.length; at++) {
    const cause = queue[at] ?? '';
    for (const { from, kind } of dependents.get(cause) ?? []) {
      if ((kind !== 'namespace' && kind !== 'volumes_from') || seen.has(from)) continue;
      seen.add(from);
      queue.push(from);
      found.push(affected(from, `service:${cause}`, 'recreated-with'));
    }
  }
  return found;
}

/** And one that restarts with another is stopped while that one is made anew (reconcile.go). */
function restartedWith(edit: Edit): Affected[] {
  const anew = new Set([
    ...namesIn(edit.recreated, 'service'),
    ...madeAnewWith(edit).map(({ service }) => service),
  ]);
  return dependenciesIn(edit.after).flatMap(({ from, to, restart }) =>
    restart && anew.has(to) && !anew.has(from) ? [affected(from, `service:${to}`, 'restarted-with')] : [],
  );
}

function namesIn(recreated: ReadonlySet<string>, kind: string): string[] {
  return [...recreated].flatMap((name) => (name.startsWith(`${kind}:`) ? [name.slice(kind.length + 1)] : []));
}

/** All containers of a network are stopped and taken off it before it is made anew (reconcile.go). */
function onRecreatedNetworks({ after, recreated }: Edit): Affected[] {
  return namesIn(recreated, 'network').flatMap((network) =>
    [...servicesIn(after).keys()]
      .filter((service) => !recreated.has(`+service:${service}`) && networksOf(after, service).has(network))
      .map((service) => affected(service, `network:${network}`, 'network-recreated')),
  );
}

/** A container that does not mount the volume it should is made anew (reconcile.go hasVolumeMismatch). */
function onReplacedVolumes({ after, recreated }: Edit): Affected[] {
  return namesIn(recreated, 'volume').flatMap((volume) =>
    [...servicesIn(after)]
      .filter(([name, service]) => !recreated.has(`+service:${name}`) && mountsVolume(service, volume))
      .map(([name]) => affected(name, `volume:${volume}`, 'volume-replaced')),
  );
}

function mountsVolume(
  service: { readonly children: InfraDocument['root']['children'] },
  volume: string,
): boolean {
  return [...(service.children.get('volumes')?.children.values() ?? [])].some(
    (mount) => volumeOf(mount) === volume,
  );
}

/** Two services that met in a volume no longer do: what one writes, the other no longer reads. */
function unsharedVolumes(edit: Edit): Affected[] {
  const { before, after, renamed } = edit;
  const old = mountersIn(before);
  const fresh = new Map([...servicesIn(after).keys()].map((name) => [name, volumesOf(after, name)]));
  return [...old].flatMap(([volume, mounters]) =>
    mounters.flatMap((one) => {
      const name = renamed.get(one) ?? one;
      const own = fresh.get(name);
      // Only who stays with the volume is left alone in it.
      if (own?.has(volume) !== true) return [];
      const partners = mounters.map((other) => renamed.get(other) ?? other);
      return partners
        .filter((partner) => partner !== name && !meet(own, fresh.get(partner)))
        .map((partner) => affected(name, `service:${partner}`, 'volume-unshared'));
    }),
  );
}

/** The services that mount each volume. */
function mountersIn(document: InfraDocument): Map<string, string[]> {
  const mounters = new Map<string, string[]>();
  for (const service of servicesIn(document).keys()) {
    for (const volume of volumesOf(document, service))
      mounters.set(volume, [...(mounters.get(volume) ?? []), service]);
  }
  return mounters;
}

function meet(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  return one !== undefined && other !== undefined && [...one].some((name) => other.has(name));
}

/** Two services that shared a network share none any more, and no longer find one another by name. */
function isolated({ before, after, renamed }: Edit): Affected[] {
  const names = [...servicesIn(before).keys()].filter((name) =>
    servicesIn(after).has(renamed.get(name) ?? name),
  );
  const old = new Map(names.map((name) => [name, networksOf(before, name)]));
  const fresh = new Map(names.map((name) => [name, networksOf(after, renamed.get(name) ?? name)]));
  const moved = names.filter((name) => !sameSet(old.get(name), fresh.get(name)));
  const relies = new Set(
    [...dependenciesIn(before), ...dependenciesIn(after)].map(({ from, to }) => JSON.stringify([from, to])),
  );
  return moved.flatMap((name) =>
    names.flatMap((other) => {
      if (name === other || !meet(old.get(name), old.get(other)) || meet(fresh.get(name), fresh.get(other)))
        return [];
      // Told once: of the one that relies on the other, or of the one that moved.
      const isReverse =
        relies.has(JSON.stringify([other, name])) && !relies.has(JSON.stringify([name, other]));
      if (moved.includes(other) && !isReverse && other < name && !relies.has(JSON.stringify([name, other])))
        return [];
      const [from, to] = (isReverse ? [other, name] : [name, other]).map((one) => renamed.get(one) ?? one);
      return [affected(from ?? '', `service:${to}`, 'network-isolated')];
    }),
  );
}

function sameSet(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  return one?.size === other?.size && [...(one ?? [])].every((name) => other?.has(name));
}
