import type { Path } from '../model/address.ts';

/**
 * The address under which a thing is compared, for the one under which people write it: `mem_limit` is a limit of
 * `deploy` (docker/compose pkg/compose/create.go getDeployResources), and `external.name` is the name
 * (compose-go transform/external.go).
 */
export function canonicalPath(path: Path): Path {
  const [section = '', name = '', field = '', item = ''] = path;
  if (section !== 'services') {
    const isOldName = path.length === 4 && field === 'external' && item === 'name';
    return isOldName && named.has(section) ? [section, name, 'name'] : path;
  }
  const moved = path.length === 3 ? fields.get(field) : undefined;
  if (moved !== undefined) return [section, name, ...moved];
  // A port for other services is TCP unless it says otherwise.
  const isExposed = path.length === 4 && field === 'expose' && item.endsWith('/tcp');
  return isExposed ? [section, name, field, item.slice(0, -'/tcp'.length)] : path;
}

const fields: ReadonlyMap<string, Path> = new Map([
  ['mem_limit', ['deploy', 'resources', 'limits', 'memory']],
  ['cpus', ['deploy', 'resources', 'limits', 'cpus']],
  ['pids_limit', ['deploy', 'resources', 'limits', 'pids']],
  ['mem_reservation', ['deploy', 'resources', 'reservations', 'memory']],
  ['scale', ['deploy', 'replicas']],
]);

const named: ReadonlySet<string> = new Set(['volumes', 'networks', 'configs', 'secrets']);
