import type { ChangeOp } from '../diff/change.ts';
import { lossOf } from '../diff/loss.ts';
import type { Path } from '../model/address.ts';
import { type Entity, entityAt, type InfraDocument } from '../model/document.ts';
import { grantedPath, matchesStart } from './coverage.ts';
import type { Grant } from './grant.ts';

/** What a grant speaks of in a document: whatever is there under its address. A port may be named in several ways. */
export function entitiesNamed(grant: Grant, document: InfraDocument): readonly Entity[] {
  const granted = grantedPath(grant);
  if (granted === undefined) return [];
  return entitiesBelow(document.root).filter(
    ({ path }) => path.length === granted.length && matchesStart(granted, path),
  );
}

/** The paths of everything whose data an edit could put out of reach that these grants allow, in the file's order. */
export function dataAtStake(grants: readonly Grant[], document: InfraDocument): readonly Path[] {
  const hasVolumes = (entityAt(document, ['volumes'])?.children.size ?? 0) > 0;
  const lost = new Set<Entity>();
  for (const grant of grants) {
    for (const entity of touchedBy(grant, document)) {
      if (lossOf(ops[grant.op], entity, undefined, hasVolumes).dataLoss) lost.add(entity);
    }
  }
  return [...lost].map(({ path }) => path);
}

const ops = {
  add: 'added',
  remove: 'removed',
  change: 'changed',
  rename: 'renamed',
} as const satisfies Record<Grant['op'], ChangeOp>;

/**
 * A service that goes leaves its volumes where they are, and is the one change with all it contains. Only a section
 * goes as the single things in it, and `change` allows anything inside.
 */
function touchedBy(grant: Grant, document: InfraDocument): readonly Entity[] {
  if (grant.op === 'add') return [];
  const named = entitiesNamed(grant, document);
  return named.flatMap((entity) =>
    grant.op === 'change' || entity.kind === 'section' ? [entity, ...entitiesBelow(entity)] : [entity],
  );
}

function entitiesBelow(entity: Entity): readonly Entity[] {
  return [...entity.children.values()].flatMap((child) => [child, ...entitiesBelow(child)]);
}
