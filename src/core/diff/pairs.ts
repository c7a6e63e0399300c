import type { Entity, EntityKind } from '../model/document.ts';
import { sameMeaning } from './equal.ts';

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
  return pair(differences, ['port'], (removed, added) => samePort(removed, added), portPath);
}

/** A service, network or volume that went while its very twin came under another name was renamed. */
export function pairRenames(differences: readonly Difference[]): Difference[] {
  return pair(differences, ['service', 'network', 'volume', 'config', 'secret'], isRename, () => undefined);
}

function pair(
  differences: readonly Difference[],
  kinds: readonly EntityKind[],
  matches: (removed: Entity, added: Entity) => boolean,
  pathOf: (removed: Entity) => readonly string[] | undefined,
): Difference[] {
  const gone = differences.flatMap(({ before, after }) =>
    before && !after && kinds.includes(before.kind) ? [before] : [],
  );
  const come = differences.flatMap(({ before, after }) =>
    after && !before && kinds.includes(after.kind) ? [after] : [],
  );
  const taken = new Map<Entity, Entity>();
  for (const removed of gone) {
    const twins = come.filter((added) => matches(removed, added));
    const [twin] = twins;
    // Two possible partners would make the pair a guess.
    if (twin === undefined || twins.length > 1) continue;
    if (gone.filter((other) => matches(other, twin)).length === 1) taken.set(removed, twin);
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

function samePort(removed: Entity, added: Entity): boolean {
  return sameParent(removed, added) && containerPort(removed) === containerPort(added);
}

function containerPort(port: Entity): string | undefined {
  return port.path.at(-1)?.split(':').at(-1);
}

function portPath(port: Entity): readonly string[] {
  return [...port.path.slice(0, -1), containerPort(port) ?? ''];
}

function isRename(removed: Entity, added: Entity): boolean {
  return removed.kind === added.kind && sameParent(removed, added) && sameMeaning(removed, added);
}

function sameParent(one: Entity, other: Entity): boolean {
  return (
    one.path.length === other.path.length &&
    one.path.every((name, index) => index === one.path.length - 1 || name === other.path[index])
  );
}
