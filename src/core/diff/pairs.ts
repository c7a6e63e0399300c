import type { Entity, EntityKind } from '../model/document.ts';
import { meaningOf } from './equal.ts';
import { grouped } from './grouped.ts';

/** An entity on one side or on both. On both sides it is the same entity with another meaning, or renamed. */
export interface Difference {
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
  /** Set where the address is not that of the entity: a port that is published otherwise. */
  readonly path?: readonly string[];
}

/**
 * A port is known by all it says, so one that is published otherwise looks like one gone and one come. Where a
 * service has exactly one of each for the same container port, that is one port changed, at `ports[8000/tcp]`.
 */
export function pairPorts(differences: readonly Difference[]): Difference[] {
  const keyOf = (port: Entity) => JSON.stringify([holderOf(port), containerPort(port)]);
  return pair(differences, ['port'], keyOf, portPath);
}

/** A service, network or volume that went while its very twin came under another name was renamed. */
export function pairRenames(differences: readonly Difference[]): Difference[] {
  const keyOf = (entity: Entity) => JSON.stringify([entity.kind, holderOf(entity), meaningOf(entity)]);
  return pair(differences, ['service', 'network', 'volume', 'config', 'secret'], keyOf, () => undefined);
}

/** Two belong together when they are the only ones with their key, one on each side. */
function pair(
  differences: readonly Difference[],
  kinds: readonly EntityKind[],
  keyOf: (entity: Entity) => string,
  pathOf: (removed: Entity) => readonly string[] | undefined,
): Difference[] {
  const isFit = (entity: Entity | undefined): entity is Entity =>
    entity !== undefined && kinds.includes(entity.kind);
  const gone = differences.flatMap(({ before, after }) => (!after && isFit(before) ? [before] : []));
  const come = differences.flatMap(({ before, after }) => (!before && isFit(after) ? [after] : []));
  const candidates = grouped(come, keyOf);
  const taken = new Map<Entity, Entity>();
  for (const [key, [removed, ...others]] of grouped(gone, keyOf)) {
    const [twin, ...twins] = candidates.get(key) ?? [];
    // Two possible partners would make the pair a guess.
    if (removed && twin && others.length + twins.length === 0) taken.set(removed, twin);
  }
  const partners = new Set(taken.values());
  return differences.flatMap((difference): Difference[] => {
    const { before, after } = difference;
    if (before && !after && taken.has(before)) {
      const path = pathOf(before);
      return [{ before, after: taken.get(before), ...(path && { path }) }];
    }
    return !before && after && partners.has(after) ? [] : [difference];
  });
}

function containerPort(port: Entity): string | undefined {
  return port.path.at(-1)?.split(':').at(-1);
}

function portPath(port: Entity): readonly string[] {
  return [...holderOf(port), containerPort(port) ?? ''];
}

function holderOf({ path }: Entity): readonly string[] {
  return path.slice(0, -1);
}
