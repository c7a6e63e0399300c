import type { Entity, InfraDocument } from '../model/document.ts';
import { grantedPath } from './coverage.ts';
import type { Grant } from './grant.ts';

/**
 * Whether a grant names something in a document: the service, volume or other thing that it speaks of is there, or it
 * is a new one and this is a file for such things.
 */
export function namesSomethingIn(grant: Grant, { kind, root }: InfraDocument): boolean {
  const granted = grantedPath(grant);
  if (granted === undefined) return false;
  if (grant.op === 'add' && granted.length < 3) return kind === 'compose';
  return granted.slice(0, 2).reduce(childrenNamed, [root]).length > 0;
}

function childrenNamed(entities: readonly Entity[], name: string): Entity[] {
  return entities.flatMap(({ children }) =>
    name === '*' ? [...children.values()] : (children.get(name) ?? []),
  );
}
