import type { Change } from './change.ts';

/**
 * What `up` would recreate (`service:app`), create (`+volume:data`) or leave behind (`-volume:data`). A service that
 * came or went is a change of its own and not named again. Rules: docker/compose pkg/compose/hash.go ServiceHash.
 */
export function recreatedBy(changes: readonly Change[]): string[] {
  const names = new Set<string>();
  for (const change of changes) {
    for (const name of namesFor(change)) names.add(name);
  }
  return [...names].sort();
}

function namesFor({ op, path, renamedTo }: Change): string[] {
  const [section = '', name = ''] = path;
  const kind = resourceKinds.get(section);
  if (section === 'services') return path.length > 2 && !isUnhashed(path) ? [`service:${name}`] : [];
  if (kind === undefined || path.length < 2) return [];
  if (path.length > 2 || op === 'changed') return [`${kind}:${name}`];
  if (op === 'renamed') return [`-${kind}:${name}`, `+${kind}:${renamedTo?.at(-1) ?? ''}`];
  return [`${op === 'added' ? '+' : '-'}${kind}:${name}`];
}

const resourceKinds: ReadonlyMap<string, string> = new Map([
  ['networks', 'network'],
  ['volumes', 'volume'],
]);

/** Compose leaves these out of the hash that decides whether a container is replaced. */
function isUnhashed(path: readonly string[]): boolean {
  const [, , field = '', part] = path;
  return unhashed.has(field) || field.startsWith('x-') || (field === 'deploy' && part === 'replicas');
}

const unhashed: ReadonlySet<string> = new Set(['build', 'pull_policy', 'scale', 'depends_on', 'profiles']);
