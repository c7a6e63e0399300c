import type { Entity, InfraDocument, Json } from '../../model/document.ts';
import { hostPortsIn, isLoopback } from '../hosts.ts';
import type { Affected } from '../reasons.ts';
import { dependenciesIn, networksOf, publicationsIn, servicesIn, volumesOf } from '../relations.ts';
import { affected, type Edit } from './edit.ts';

/** A service that is gone, with the reference to it: what relied on it starts, and does not find it. */
export function lostDependencies({ before, after, renamed }: Edit): Affected[] {
  const services = servicesIn(after);
  const still = new Set(dependenciesIn(after).map(({ from, to }) => JSON.stringify([from, to])));
  return dependenciesIn(before).flatMap(({ from, to }) => {
    const name = renamed.get(from) ?? from;
    if (services.has(to) || renamed.has(to) || !services.has(name) || !servicesIn(before).has(to)) return [];
    return still.has(JSON.stringify([name, to])) ? [] : [affected(name, `service:${to}`, 'lost-dependency')];
  });
}

/** A service on the host's network, or one that goes by way of the host, reaches another by what that publishes. */
export function unpublishedPorts({ before, after, renamed }: Edit): Affected[] {
  const still = new Set(publicationsIn(after).map(({ everywhere }) => everywhere));
  const gone = publicationsIn(before).filter(({ everywhere }) => !still.has(everywhere));
  if (gone.length === 0) return [];
  return [...servicesIn(before)].flatMap(([name, service]) => {
    const user = renamed.get(name) ?? name;
    if (!servicesIn(after).has(user)) return [];
    const isOnHost = service.children.get('network_mode')?.value === 'host';
    const used = ['environment', 'command', 'entrypoint'].flatMap((field) =>
      valuesIn(service.children.get(field)).flatMap(hostPortsIn),
    );
    const ports = new Set(used.flatMap(({ host, port }) => (isOnHost || !isLoopback(host) ? [port] : [])));
    return gone
      .filter((one) => one.service !== name && ports.has(one.everywhere))
      .map((one) => affected(user, `service:${renamed.get(one.service) ?? one.service}`, 'unpublished-port'));
  });
}

function valuesIn(entity: Entity | undefined): Json[] {
  if (entity === undefined) return [];
  return entity.value === undefined ? [...entity.children.values()].flatMap(valuesIn) : [entity.value];
}

/** Two services that met in a volume no longer do: what one writes, the other no longer reads. */
export function unsharedVolumes(edit: Edit): Affected[] {
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

/** Two services that shared a network share none any more, and no longer find one another by name. */
export function isolated({ before, after, renamed }: Edit): Affected[] {
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

function meet(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  return one !== undefined && other !== undefined && [...one].some((name) => other.has(name));
}

function sameSet(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  return one?.size === other?.size && [...(one ?? [])].every((name) => other?.has(name));
}
