import { fieldIn, finding, type Pair, type Rule, textOf } from './pair.ts';

/** What is moved out of the project's networks and onto the host. */
export const hostFindings: Rule = (pair) => {
  const field = fieldIn(pair)?.field;
  const { before, after } = pair;
  if (after === undefined || field === undefined) return [];
  if (field === 'network_mode' && pair.path.length === 3) {
    return textOf(after) === 'host' && textOf(before) !== 'host'
      ? finding(
          'host-network',
          'every port that it opens is one of the host, and other services no longer find it by name',
        )
      : [];
  }
  if (field === 'extra_hosts' && pair.path.length === 4) {
    const fresh = newHosts(pair);
    return fresh.length === 0 ? [] : finding('host-alias', `${pair.path[3]} leads to ${fresh.join(', ')}`);
  }
  if (!addressFields.has(field) || pair.after?.children.size !== 0) return [];
  // In a new value the loopback is the container's own; in one that led elsewhere it takes the place of a host.
  const moved = newHosts(pair).filter((host) => before !== undefined || !/^(?:localhost|127\.)/.test(host));
  return moved.length === 0
    ? []
    : finding('moved-to-host', `it names ${moved.join(', ')}, which is the host`);
};

/** A health check that asks `localhost` asks the container, and a label is not an address. */
const addressFields: ReadonlySet<string> = new Set(['environment', 'command', 'entrypoint']);

function newHosts({ before, after }: Pair): string[] {
  const known = new Set(hostsIn(before?.value));
  return [...new Set(hostsIn(after?.value))].filter((host) => !known.has(host));
}

/**
 * The names and addresses under which a container finds the host: what Docker and Podman call it, the bridges that
 * Docker makes, and the loopback, which is the host's own as soon as the service is on the host's network.
 */
function hostsIn(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return [...text.matchAll(hosts)].map(([, host = '']) => host.toLowerCase());
}

const hosts =
  /(?<![\w.-])(host\.docker\.internal|gateway\.docker\.internal|docker\.for\.(?:mac|win)\.(?:localhost|host\.internal)|host\.containers\.internal|host-gateway|localhost|127(?:\.\d{1,3}){3}|172\.(?:1[6-9]|2\d|3[01])\.0\.1|192\.168\.65\.(?:1|2|254)|10\.88\.0\.1)(?![\w-]|\.\w)/gi;
