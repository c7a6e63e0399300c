import { dataLossCodes } from '../diff/findings/codes.ts';
import { findingsIn } from '../diff/findings/findings.ts';
import type { Path } from '../model/address.ts';
import type { Entity, InfraDocument } from '../model/document.ts';
import { emptyDocument } from '../model/read.ts';
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
  // The worst that a grant allows is that all it names goes.
  const documents = { before: document, after: emptyDocument(document.kind) };
  const lost = new Set<Entity>();
  for (const entity of grants.flatMap((grant) => touchedBy(grant, document))) {
    const findings = findingsIn({ before: entity, after: undefined, path: entity.path }, documents);
    if (findings.some(({ code }) => dataLossCodes.has(code))) lost.add(entity);
  }
  return [...lost].map(({ path }) => path);
}

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
