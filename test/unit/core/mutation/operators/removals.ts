import { isScalar } from 'yaml';
import { fits, type Operator, removal, wordOf } from '../mutation.ts';
import type { Place } from '../places.ts';
import { itemName, listPatterns, serviceSays, within } from './names.ts';

/** Fields that mean something wherever they stand, so that their going is a change. */
const fields = [
  ...['image', 'command', 'entrypoint', 'container_name', 'hostname', 'user', 'working_dir', 'healthcheck', 'logging'],
  ...['env_file', 'platform', 'stop_signal', 'stop_grace_period', 'network_mode', 'ipc', 'pid', 'runtime', 'dns'],
].map((name) => `services.*.${name}`);

const parts = [
  ...['interval', 'timeout', 'retries', 'start_period', 'test'].map((name) => `services.*.healthcheck.${name}`),
  ...['services.*.logging.driver', 'services.*.build.dockerfile', 'services.*.build.target'],
  ...['volumes.*.driver', 'volumes.*.name', 'networks.*.driver', 'networks.*.name', 'secrets.*.file', 'configs.*.file'],
];

/** What a section holds: with its last part it goes itself. */
const named = [
  ...['environment', 'labels', 'depends_on', 'networks', 'sysctls', 'ulimits', 'extra_hosts', 'build.args'].map(
    (name) => `services.*.${name}.*`,
  ),
  ...['volumes.*', 'networks.*', 'configs.*', 'secrets.*', 'volumes.*.driver_opts.*', 'services.*.logging.options.*'],
];

export const removals: readonly Operator[] = [
  ...[...fields, ...parts].map((pattern) => row(pattern, isTold)),
  ...named.map((pattern) => row(pattern, (place) => isTold(place, true))),
  row('services.*', ({ siblings }) => siblings.length > 1),
  row('services.*.restart', (place) => !/^(?:no)?$/.test(wordOf(place) ?? '')),
  ...listPatterns.map((pattern): Operator => ({
    name: `remove ${pattern}`,
    mutate: (place, text) => {
      const name = place.inherits ? undefined : itemName(pattern, place);
      if (name === undefined || isQuiet(place, name)) return undefined;
      return { edit: removal(place, text), expected: { op: 'removed', path: within(place, name) } };
    },
  })),
];

function row(pattern: string, told: (place: Place) => boolean): Operator {
  return {
    name: `remove ${pattern}`,
    mutate: (place, text) =>
      fits(pattern, place.path) && !place.inherits && told(place)
        ? { edit: removal(place, text), expected: { op: 'removed', path: place.path } }
        : undefined,
  };
}

function isTold(place: Place, last = false): boolean {
  const { path, value, siblings } = place;
  const name = path.at(-1) ?? '';
  const isWhole = path.length > 3 || path[0] !== 'services';
  if (siblings.length === 1 && isWhole && !last) return false;
  if (['driver_opts', 'options'].includes(path.at(-2) ?? '') && siblings.length === 1) return false;
  if (isQuiet(place, name) || name.startsWith('<<')) return false;
  // What is empty means as much as what is absent.
  const isEmpty = value === null || (isScalar(value) && value.source === '');
  if (isEmpty && !['volumes', 'networks', 'configs', 'secrets', 'environment', 'labels'].includes(path.at(-2) ?? ''))
    return false;
  return !(name === 'name' && path.length === 3) && !(name === 'dockerfile' && wordOf(place) === 'Dockerfile');
}

/** The default network is there unless another is named, and links imply what they link to. */
function isQuiet(place: Place, name: string): boolean {
  const holder = place.path.at(-2);
  if (holder === 'networks') return place.siblings.length < 3 && (name === 'default' || hasDefault(place));
  return holder === 'depends_on' && serviceSays(place, 'links', 'network_mode', 'volumes_from', 'ipc', 'pid');
}

function hasDefault({ siblings }: Place): boolean {
  return siblings.some((one) => one.key?.name === 'default' || wordOf(one) === 'default');
}
