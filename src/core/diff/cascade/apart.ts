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
export function isolated(edit: Edit): Affected[] {
  const { before, after } = edit;
  const relied = new Set(
    [...dependenciesIn(before), ...dependenciesIn(after)].map(({ from, to }) => JSON.stringify([from, to])),
  );
  const groups = groupsIn(edit);
  return groups.flatMap((one, index) =>
    groups.slice(index).flatMap((other) => {
      if (!meet(one.old, other.old) || meet(one.fresh, other.fresh)) return [];
      // Of so many strangers only those who rely on one another are told of.
      const isMany = one.names.length * other.names.length > 10_000;
      const [mover, peers] = one.isMoved ? [one, other] : [other, one];
      return mover.names.flatMap((name) =>
        peers.names.flatMap((peer) => {
          const relies = relied.has(JSON.stringify([name, peer]));
          const isReliedOn = !relies && relied.has(JSON.stringify([peer, name]));
          if (name === peer || (one === other && peer < name) || (isMany && !relies && !isReliedOn))
            return [];
          const [from, to] = isReliedOn ? [peer, name] : [name, peer];
          return [affected(nameIn(edit, from), `service:${nameIn(edit, to)}`, 'network-isolated')];
        }),
      );
    }),
  );
}

/** Services that were on the same networks and are on the same networks now. */
interface Group {
  readonly names: string[];
  readonly old: ReadonlySet<string>;
  readonly fresh: ReadonlySet<string>;
  readonly isMoved: boolean;
}

function groupsIn(edit: Edit): Group[] {
  const groups = new Map<string, Group>();
  for (const name of servicesIn(edit.before).keys()) {
    if (!servicesIn(edit.after).has(nameIn(edit, name))) continue;
    const [old, fresh] = [networksOf(edit.before, name), networksOf(edit.after, nameIn(edit, name))];
    const [was, is] = [old, fresh].map((networks) => JSON.stringify([...networks].sort()));
    const key = `${was} ${is}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { names: [name], old, fresh, isMoved: was !== is });
    else known.names.push(name);
  }
  return [...groups.values()];
}

function nameIn({ renamed }: Edit, name: string): string {
  return renamed.get(name) ?? name;
}

function meet(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  return one !== undefined && other !== undefined && [...one].some((name) => other.has(name));
}
