import { isMap, isScalar } from 'yaml';
import { fits, type Operator, removal, wordOf } from '../mutation.ts';
import type { Place } from '../places.ts';
import { itemName, listPatterns, serviceSays, within } from './names.ts';

/** Fields that mean something wherever they stand, so that their going is a change. */
const fields = [
  ...[
    'image',
    'command',
    'entrypoint',
    'container_name',
    'hostname',
    'user',
    'working_dir',
    'healthcheck',
    'logging',
  ],
  ...[
    'env_file',
    'platform',
    'stop_signal',
    'stop_grace_period',
    'network_mode',
    'ipc',
    'pid',
    'runtime',
    'dns',
  ],
].map((name) => `services.*.${name}`);

const parts = [
  ...['interval', 'timeout', 'retries', 'start_period', 'test'].map(
    (name) => `services.*.healthcheck.${name}`,
  ),
  ...['services.*.logging.driver', 'services.*.build.dockerfile', 'services.*.build.target'],
  ...[
    'volumes.*.driver',
    'volumes.*.name',
    'networks.*.driver',
    'networks.*.name',
    'secrets.*.file',
    'configs.*.file',
  ],
];

/** What a section holds: with its last part it goes itself. */
const named = [
  ...[
    'environment',
    'labels',
    'depends_on',
    'networks',
    'sysctls',
    'ulimits',
    'extra_hosts',
    'build.args',
  ].map((name) => `services.*.${name}.*`),
  ...[
    'volumes.*',
    'networks.*',
    'configs.*',
    'secrets.*',
    'volumes.*.driver_opts.*',
    'services.*.logging.options.*',
  ],
];

export const removals: readonly Operator[] = [
  ...[...fields, ...parts].map((pattern) => row(pattern, (place) => isTold(place))),
  ...named.map((pattern) => row(pattern, (place) => isTold(place, true))),
  row('services.*', (place, text) => place.siblings.length > 1 && !lendsAnchor(place, text)),
  row('services.*.restart', (place) => !/^(?:no)?$/.test(wordOf(place) ?? '')),
  ...listPatterns.map(
    (pattern): Operator => ({
      name: `remove ${pattern}`,
      mutate: (place, text) => {
        const name = place.inherits ? undefined : itemName(pattern, place);
        if (name === undefined || leavesNothing(place) || isQuiet(place, name)) return undefined;
        return { edit: removal(place, text), expected: { op: 'removed', path: within(place, name) } };
      },
    }),
  ),
];

function row(pattern: string, told: (place: Place, text: string) => boolean): Operator {
  return {
    name: `remove ${pattern}`,
    mutate: (place, text) =>
      fits(pattern, place.path) && !place.inherits && told(place, text)
        ? { edit: removal(place, text), expected: { op: 'removed', path: place.path } }
        : undefined,
  };
}

function isTold(place: Place, last = false): boolean {
  const { path, value, siblings } = place;
  const name = path.at(-1) ?? '';
  // What takes its holder along is the holder's going; a service that says nothing is refused.
  if (siblings.length === 1 && !last) return false;
  if (leavesNothing(place)) return false;
  if (['driver_opts', 'options'].includes(path.at(-2) ?? '') && siblings.length === 1) return false;
  if (isQuiet(place, name) || name.startsWith('<<')) return false;
  // A health check that is only said not to be switched off is what there is anyway.
  if (name === 'healthcheck' && isMap(value) && value.items.length === 1 && value.has('disable'))
    return false;
  // What is empty means as much as what is absent.
  const isEmpty = value === null || (isScalar(value) && value.source === '');
  if (
    isEmpty &&
    !['volumes', 'networks', 'configs', 'secrets', 'environment', 'labels'].includes(path.at(-2) ?? '')
  )
    return false;
  return (
    !(name === 'name' && path.length === 3) && !(name === 'dockerfile' && wordOf(place) === 'Dockerfile')
  );
}

/** What others repeat from a service cannot go without them. */
function lendsAnchor({ start, end }: Place, text: string): boolean {
  return [...text.slice(start, end).matchAll(/&([\w-]+)/g)].some(([, name]) =>
    text.slice(end).includes(`*${name}`),
  );
}

function leavesNothing({ siblings, parent }: Place): boolean {
  return siblings.length === 1 && parent?.siblings.length === 1;
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
