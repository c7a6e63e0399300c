import { hostsIn, isLoopback } from '../hosts.ts';
import { fieldIn, finding, type Pair, type Rule, textOf } from './pair.ts';

/** What is moved out of the project's networks and onto the host. */
export const hostFindings: Rule = (pair) => {
  const field = fieldIn(pair)?.field;
  const { before, after } = pair;
  if (after === undefined) return [];
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
  const isCommand = (field === 'command' || field === 'entrypoint') && pair.path.length === 3;
  // A health check that asks `localhost` asks the container, and a label is not an address.
  if (after.kind !== 'environment' && !isCommand) return [];
  // In a new value the loopback is the container's own; in one that led elsewhere it takes the place of a host.
  const moved = newHosts(pair).filter((host) => before !== undefined || !isLoopback(host));
  return moved.length === 0
    ? []
    : finding('moved-to-host', `it names ${moved.join(', ')}, which is the host`);
};

function newHosts({ before, after }: Pair): string[] {
  const known = new Set(hostsIn(before?.value));
  return [...new Set(hostsIn(after?.value))].filter((host) => !known.has(host));
}
