import type { Change } from '../diff/change.ts';
import { type Path, parseAddress } from '../model/address.ts';
import type { Grant } from './grant.ts';
import { containerPort, isPortName, itemSections, samePath, topSections, withProtocol } from './sections.ts';
import { canonicalPath } from './spellings.ts';

/**
 * Whether a grant allows a change by its own words. `add`, `remove` and `rename` allow that op on that very entity;
 * `change` allows whatever happens to its parts and, where it is a leaf, that it says something else. What a grant
 * allows beyond its words is in `implied.ts`.
 */
export function covers(grant: Grant, change: Change): boolean {
  switch (grant.op) {
    case 'add':
      return change.op === 'added' && coversOp(grant, 'added', change.path);
    case 'remove':
      return change.op === 'removed' && coversOp(grant, 'removed', change.path);
    case 'rename':
      return change.op === 'renamed' && coversRename(grant, change);
    case 'change':
      return coversChange(grant, change);
    default:
      return grant.op satisfies never;
  }
}

/** Whether a grant allows that the entity at a path comes or goes, with all it contains. */
export function coversOp(grant: Grant, op: 'added' | 'removed', written: Path): boolean {
  if (grant.op !== (op === 'added' ? 'add' : 'remove')) return false;
  const granted = grantedPath(grant);
  const path = canonicalPath(written);
  if (granted === undefined || !matchesStart(granted, path)) return false;
  // A section comes and goes as the single things in it.
  const isSection = granted.length > 2 && itemSections.has(granted.at(-1) ?? '');
  return path.length === granted.length || (isSection && path.length === granted.length + 1);
}

/** The path a grant names, in whichever spelling. `undefined` where it cannot be read or is a whole section of the file, which is nothing. */
export function grantedPath({ address }: Grant): Path | undefined {
  const path = parseAddress(address);
  const isSection = path?.length === 1 && topSections.has(path[0] ?? '');
  return path === undefined || isSection ? undefined : canonicalPath(path);
}

/** Whether a path is what `granted` names, or lies within it. */
export function matchesStart(granted: Path, path: Path): boolean {
  return (
    granted.length <= path.length &&
    granted.every((name, index) => {
      const actual = path[index] ?? '';
      if (name === '*' || name === actual) return true;
      // `ports[8000/tcp]` names the container's port, however it is published.
      return isPortName(path, index) && !name.includes(':') && containerPort(actual) === name;
    })
  );
}

function coversRename(grant: Grant, { path, renamedTo }: Change): boolean {
  const from = grantedPath(grant);
  const to = grant.to === undefined ? undefined : parseAddress(grant.to);
  return (
    from !== undefined &&
    to !== undefined &&
    renamedTo !== undefined &&
    samePath(from, path) &&
    samePath(to, renamedTo)
  );
}

function coversChange(grant: Grant, change: Change): boolean {
  const granted = grantedPath(grant);
  if (granted === undefined) return false;
  if (isThatPort(granted, change)) return true;
  const path = canonicalPath(change.path);
  if (!matchesStart(granted, path)) return false;
  return path.length > granted.length || change.op === 'changed';
}

/** A changed port is reported by its container port alone; how it was published says whether it is the one granted. */
function isThatPort(granted: Path, { op, path, from }: Change): boolean {
  const name = granted[3] ?? '';
  return (
    op === 'changed' &&
    granted.length === 4 &&
    isPortName(path, 3) &&
    matchesStart(granted.slice(0, 3), path) &&
    name.includes(':') &&
    from !== undefined &&
    withProtocol(from) === name
  );
}
