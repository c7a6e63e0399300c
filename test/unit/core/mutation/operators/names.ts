import { fits, wordOf } from '../mutation.ts';
import type { Place } from '../places.ts';

/** The name by which an item of a list is known, by the list it is in; said here anew, to be compared with the reader. */
const namesOf: Readonly<Record<string, (written: string) => string | undefined>> = {
  'services.*.ports.#': (port) => {
    const [, published, target, protocol = 'tcp'] = /^(\d+):(\d+)(?:\/(tcp|udp))?$/.exec(port) ?? [];
    return target && `${published}:${target}/${protocol}`;
  },
  'services.*.volumes.#': (mount) =>
    /^[^:]{2,}:(\/[\w./-]*\w)(?::r[ow])?$/.exec(mount)?.[1]?.replace(/\/+/g, '/'),
  'services.*.environment.#': (pair) => /^([A-Za-z_]\w*)=/.exec(pair)?.[1],
  'services.*.labels.#': (pair) => /^([\w.-]+)=/.exec(pair)?.[1],
  'services.*.build.args.#': (pair) => /^(\w+)=/.exec(pair)?.[1],
  'services.*.extra_hosts.#': (pair) => /^([\w.-]+):[\w.-]+$/.exec(pair)?.[1],
  'services.*.expose.#': (port) => /^\d+$/.exec(port)?.[0],
  ...Object.fromEntries(
    [
      'depends_on',
      'networks',
      'cap_add',
      'cap_drop',
      'profiles',
      'tmpfs',
      'secrets',
      'configs',
      'security_opt',
      'links',
    ].map((list) => [`services.*.${list}.#`, (word: string) => word]),
  ),
  'services.*.devices.#': (device) => /^([^:]+)(?::([^:]+))?$/.exec(device)?.slice(1).findLast(Boolean),
};

export const listPatterns = Object.keys(namesOf);

/** The name of an item that no other item shares. */
export function itemName(pattern: string, place: Place): string | undefined {
  const read = namesOf[pattern];
  const nameOf = (one: Place) => {
    const word = wordOf(one);
    return word === undefined ? undefined : read?.(word);
  };
  const name = fits(pattern, place.path) ? nameOf(place) : undefined;
  if (name === undefined || place.siblings.some((one) => one !== place && nameOf(one) === name))
    return undefined;
  // What cannot be named here may have the same name.
  return place.siblings.some((one) => nameOf(one) === undefined) ? undefined : name;
}

export function within(place: Place, name: string): readonly string[] {
  return [...place.path.slice(0, -1), name];
}

/** Whether a service says one of these things itself. */
export function serviceSays(place: Place, ...names: readonly string[]): boolean {
  let at: Place | undefined = place;
  while (at && at.path.length > 3) at = at.parent;
  return at?.siblings.some(({ key }) => key && names.includes(key.name)) ?? false;
}
