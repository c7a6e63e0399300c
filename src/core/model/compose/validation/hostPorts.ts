import type { Entity } from '../../document.ts';
import { fieldOf, partsOf, servicesIn } from './entities.ts';
import { type Finding, type Model, refused, warned } from './finding.ts';

/**
 * Ports of the host that two services want. Compose loads that, and the second of them cannot start. Services that
 * share no profile may never run together, and are not compared.
 */
export function hostPortFindings(model: Model): Finding[] {
  const taken = new Map<string, Published[]>();
  return servicesIn(model)
    .flatMap(([name, service]) => publishedBy(name, service))
    .flatMap((port) => {
      const key = `${port.number}/${port.protocol}`;
      const others = taken.get(key) ?? [];
      taken.set(key, [...others, port]);
      const other = others.find((known) => meet(known, port));
      return other === undefined ? [] : [warned(twice(port, other))];
    });
}

interface Published {
  readonly service: string;
  readonly key: string;
  readonly entity: Entity;
  readonly number: string;
  readonly protocol: string;
  readonly host: string;
  readonly profiles: readonly string[];
}

function publishedBy(name: string, service: Entity): Published[] {
  const profiles = partsOf(service, 'profiles').map(([profile]) => profile);
  return partsOf(service, 'ports').flatMap(([key, entity]) => {
    const published = fieldOf(entity.value, 'published');
    const protocol = fieldOf(entity.value, 'protocol') ?? 'tcp';
    const host = fieldOf(entity.value, 'host_ip') ?? '';
    // A range is a choice, and a variable may be anything.
    if (typeof published !== 'string' || !/^\d+$/.test(published) || published === '0') return [];
    if (typeof protocol !== 'string' || typeof host !== 'string' || host.includes('$')) return [];
    return [{ service: name, key, entity, number: published, protocol, host, profiles }];
  });
}

function meet(one: Published, other: Published): boolean {
  const isEverywhere = ({ host }: Published) => ['', '0.0.0.0', '::'].includes(host);
  const isOneAddress = one.host === other.host || isEverywhere(one) || isEverywhere(other);
  return isOneAddress && runTogether(one.profiles, other.profiles);
}

function runTogether(one: readonly string[], other: readonly string[]): boolean {
  return one.length === 0 || other.length === 0 || one.some((name) => other.includes(name));
}

function twice({ service, key, entity, number, protocol }: Published, other: Published): Finding {
  const what = `port ${number}/${protocol} of the host`;
  const message =
    service === other.service
      ? `service ${service} publishes ${what} twice`
      : `service ${service} publishes ${what}, which service ${other.service} publishes too`;
  return refused('port-published-twice', ['services', service, 'ports', key], entity.span, message);
}
