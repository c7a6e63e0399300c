import type { HashForm, HashForms, InfraDocument, Json } from '../model/document.ts';
import { deepEqual } from './equal.ts';

/**
 * What `up` would make anew (`service:app`), for the first time (`+volume:data`) or no longer know (`-volume:data`).
 * That is not what changes in meaning: another order of ports makes a container anew, another build does not
 * (docker/compose pkg/compose/hash.go ServiceHash, NetworkHash, VolumeHash).
 */
export async function recreatedBetween(before: InfraDocument, after: InfraDocument): Promise<string[]> {
  const [old, fresh] = [await formsOf(before), await formsOf(after)];
  const names = new Set(between(old.named, fresh.named));
  // Where variables changed and the texts did not, only the values tell.
  for (const name of between(old.resolved ?? old.named, fresh.resolved ?? fresh.named)) names.add(name);
  return [...names].sort();
}

const nothing: HashForm = { services: new Map(), networks: new Map(), volumes: new Map() };

async function formsOf({ hashForms }: InfraDocument): Promise<HashForms> {
  return (await hashForms?.()) ?? { named: nothing, resolved: undefined };
}

function between(before: HashForm, after: HashForm): string[] {
  return [
    ...compared('service', before.services, after.services),
    ...compared('network', before.networks, after.networks),
    ...compared('volume', before.volumes, after.volumes),
  ];
}

function compared(
  kind: string,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): string[] {
  const gone = [...before.keys()].filter((name) => !after.has(name)).map((name) => `-${kind}:${name}`);
  const others = [...after].flatMap(([name, said]) => {
    if (!before.has(name)) return [`+${kind}:${name}`];
    return deepEqual(before.get(name), said) ? [] : [`${kind}:${name}`];
  });
  return [...gone, ...others];
}
