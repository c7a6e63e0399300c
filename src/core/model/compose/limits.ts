import type { Entity } from '../document.ts';
import { labels } from './mappings.ts';
import { jsonOf, leaf, type Shape } from './place.ts';
import {
  bytes,
  data,
  duration,
  named,
  number,
  ordered,
  printed,
  record,
  setOf,
  text,
  textAs,
  unordered,
} from './shapes.ts';

/** One number for both limits, or each (compose-go types/types.go UlimitsConfig). */
export const ulimits: Shape = named((node, place) => {
  if (node.type === 'scalar') {
    const single = number(node, place);
    return single && leaf(place, { soft: single.value ?? null, hard: single.value ?? null }, single.label);
  }
  const both = record({ soft: number, hard: number })(node, place);
  return both && leaf(place, jsonOf(both), both.label);
});

/** Graphics cards: `all`, or a list of requests, each for all of them unless it counts (compose-go transform/gpus.go). */
export const gpus: Shape = (node, place) => {
  if (node.type === 'scalar' && node.value === 'all') return leaf(place, [{ count: -1 }], 'all');
  return deviceRequests(node, place);
};

const request = record(
  {
    count: (node, place) =>
      node.type === 'scalar' && node.value === 'all' ? leaf(place, -1, 'all') : number(node, place),
    capabilities: setOf(),
    device_ids: setOf(),
    driver: text,
    options: labels,
  },
  {
    settle: (children, place) => {
      if (children.has('count') || children.has('device_ids')) return;
      children.set('count', leaf({ ...place, path: [...place.path, 'count'] }, -1, 'all'));
    },
  },
);

const deviceRequests: Shape = unordered(request);

const resources = { cpus: number, memory: bytes, pids: number };

export const updateFields = {
  parallelism: number,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: number,
  order: text,
};

const updates = record(updateFields);

/** What runs where and how often (compose-spec deploy.md). */
export const deploy: Shape = record(
  {
    mode: textAs((mode) => (mode === 'replicated' ? undefined : mode)),
    replicas: number,
    endpoint_mode: text,
    labels,
    resources: record({
      limits: record(resources),
      reservations: record({ ...resources, devices: deviceRequests, generic_resources: data }),
    }),
    restart_policy: record({ condition: text, delay: duration, max_attempts: number, window: duration }),
    update_config: updates,
    rollback_config: updates,
    placement: record({
      constraints: setOf(),
      preferences: ordered(record({ spread: text })),
      max_replicas_per_node: number,
    }),
  },
  { settle: dropSingleReplica },
);

/** One container is what a service has anyway. */
function dropSingleReplica(children: Map<string, Entity>): void {
  if (children.get('replicas')?.value === 1) children.delete('replicas');
}

const rates = setOf(record({ path: text, rate: bytes }));

export const blkio: Shape = record({
  weight: number,
  weight_device: setOf(record({ path: text, weight: number })),
  device_read_bps: rates,
  device_read_iops: rates,
  device_write_bps: rates,
  device_write_iops: rates,
});

export const printedSet: Shape = setOf(printed);
