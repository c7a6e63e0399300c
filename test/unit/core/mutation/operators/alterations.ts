import { fits, type Operator, replacement, wordOf } from '../mutation.ts';
import type { Place } from '../places.ts';
import { itemName, serviceSays, within } from './names.ts';

/** What a scalar is changed into, wherever it stands. */
const fields: Readonly<Record<string, string>> = {
  name: 'mutant-project',
  'services.*.image': 'mutant/image:1.2.3',
  'services.*.container_name': 'mutant-name',
  'services.*.hostname': 'mutant-host',
  'services.*.domainname': 'mutant.example',
  'services.*.user': '"4711:4712"',
  'services.*.working_dir': '/mutant',
  'services.*.restart': 'on-failure:17',
  'services.*.command': 'mutant --word',
  'services.*.entrypoint': '/mutant.sh',
  'services.*.env_file': './mutant.env',
  'services.*.platform': 'linux/riscv64',
  'services.*.stop_grace_period': '17m',
  'services.*.stop_signal': 'SIGWINCH',
  'services.*.pull_policy': 'daily',
  'services.*.privileged': "'17'",
  'services.*.environment.*': 'mutant',
  'services.*.labels.*': 'mutant',
  'services.*.sysctls.*': '4711',
  'services.*.ulimits.*': '4711',
  'services.*.extra_hosts.*': '10.47.1.1',
  'services.*.dns': '10.47.1.1',
  'services.*.healthcheck.test': 'mutant || exit 1',
  'services.*.healthcheck.interval': '4711s',
  'services.*.healthcheck.timeout': '4711s',
  'services.*.healthcheck.start_period': '4711s',
  'services.*.healthcheck.retries': '4711',
  'services.*.logging.driver': 'mutant',
  'services.*.logging.options.*': 'mutant',
  'services.*.build.context': './mutant',
  'services.*.build.dockerfile': 'Mutant.Dockerfile',
  'services.*.build.target': 'mutant',
  'services.*.build.args.*': 'mutant',
  'services.*.deploy.replicas': '17',
  'services.*.deploy.mode': 'global',
  'services.*.deploy.resources.limits.memory': '4711m',
  'services.*.deploy.resources.limits.cpus': "'0.4711'",
  'services.*.deploy.resources.reservations.memory': '4711m',
  'services.*.deploy.restart_policy.condition': 'mutant',
  'volumes.*.name': 'mutant-volume',
  'volumes.*.driver': 'mutant',
  'volumes.*.driver_opts.*': 'mutant',
  'networks.*.name': 'mutant-network',
  'networks.*.driver': 'mutant',
  'networks.*.driver_opts.*': 'mutant',
  'configs.*.file': './mutant.conf',
  'secrets.*.file': './mutant.secret',
  'secrets.*.environment': 'MUTANT',
};

/** Scalars that are a part of a larger value, with how many names the address of that value has. */
const parts: readonly (readonly [pattern: string, written: string, depth: number])[] = [
  ['services.*.command.#', 'mutant-word', 3],
  ['services.*.entrypoint.#', 'mutant-word', 3],
  ['services.*.env_file.#', './mutant.env', 3],
  ['services.*.dns.#', '10.47.1.1', 3],
  ['services.*.healthcheck.test.#', 'mutant-word', 4],
  ['services.*.depends_on.*.condition', 'service_completed_successfully', 4],
  ['services.*.ulimits.*.soft', '4711', 4],
  ['services.*.networks.*.ipv4_address', '10.47.1.1', 4],
  ['services.*.build', './mutant', 4],
];

export const alterations: readonly Operator[] = [
  ...Object.entries(fields).map(([pattern, written]) => row(pattern, written)),
  ...parts.map(([pattern, written, depth]) => row(pattern, written, depth)),
  pairItem('services.*.environment.#', (name) => `${name}=mutant`),
  pairItem('services.*.labels.#', (name) => `${name}=mutant`),
  pairItem('services.*.build.args.#', (name) => `${name}=mutant`),
  pairItem('services.*.extra_hosts.#', (name) => `'${name}:10.47.1.1'`),
  pairItem('services.*.volumes.#', (name) => `./mutant:${name}:ro`),
  {
    name: 'publish services.*.ports.# elsewhere',
    mutate: (place) => {
      const [published, target = ''] = itemName('services.*.ports.#', place)?.split(':') ?? [];
      const container = target.replace('/tcp', '');
      const edit = published ? replacement(place, `"64711:${container}"`) : undefined;
      return edit && { edit, expected: { op: 'changed', path: within(place, target) } };
    },
  },
  {
    name: 'quote a boolean of services.*.environment.*',
    mutate: (place) =>
      quoted('services.*.tty', place) ??
      quoted('services.*.stdin_open', place) ??
      quoted('services.*.init', place),
  },
];

/** A boolean turned round: `true` to `false`, in any spelling. */
function quoted(pattern: string, place: Place): ReturnType<Operator['mutate']> {
  const word = wordOf(place);
  if (!fits(pattern, place.path) || place.inherits || !/^(?:true|false)$/.test(word ?? '')) return undefined;
  const edit = replacement(place, word === 'true' ? 'false' : 'true');
  const isChoice = pattern.endsWith('init');
  const op = isChoice ? 'changed' : word === 'true' ? 'removed' : 'added';
  return edit && { edit, expected: { op, path: place.path } };
}

function row(pattern: string, written: string, depth = pattern.split('.').length): Operator {
  return {
    name: `alter ${pattern}`,
    mutate: (place) => {
      const edit = fits(pattern, place.path) && isTold(place) ? replacement(place, written) : undefined;
      if (edit === undefined || (wordOf(place) ?? '${') === written.replace(/["']/g, '')) return undefined;
      const path = pattern === 'services.*.build' ? [...place.path, 'context'] : place.path.slice(0, depth);
      return { edit, expected: { op: 'changed', path } };
    },
  };
}

/** Some values are moved or dropped because of what they are; what is absent cannot be changed. */
function isTold(place: Place): boolean {
  const word = wordOf(place);
  const name = place.path.at(-1) ?? '';
  if (name === '<<' || place.path.includes('<<')) return false;
  const usual: Readonly<Record<string, string>> = {
    restart: 'no',
    dockerfile: 'Dockerfile',
    replicas: '1',
    mode: 'replicated',
    privileged: 'false',
  };
  if (usual[name] === word || (name === 'name' && place.path.length === 3)) return false;
  return !(place.path.includes('depends_on') && serviceSays(place, 'links', 'volumes_from', 'network_mode'));
}

function pairItem(pattern: string, written: (name: string) => string): Operator {
  return {
    name: `alter ${pattern}`,
    mutate: (place) => {
      const name = itemName(pattern, place);
      const edit = name === undefined ? undefined : replacement(place, written(name));
      if (name === undefined || !edit || wordOf(place) === edit.text.replaceAll("'", '')) return undefined;
      return { edit, expected: { op: 'changed', path: within(place, name) } };
    },
  };
}
