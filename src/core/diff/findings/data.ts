import type { Entity, Json } from '../../model/document.ts';
import { deepEqual } from '../equal.ts';
import { fieldOf } from '../references.ts';
import { isExternal, mountsIn, namesByProject, realNameOf, realNamesIn } from '../volumes.ts';
import type { Finding, FindingCode } from './codes.ts';
import { type Documents, finding, type Pair, type Rule } from './pair.ts';

/** What puts stored data out of reach (docker/compose pkg/compose/reconcile.go, create.go, down.go). */
export const dataFindings: Rule = (pair, documents) => {
  const [top, , field] = pair.path;
  if (top === 'name' && pair.path.length === 1) return project(documents);
  if (top === '.env') return variable(pair, documents);
  if (top === 'volumes') return field === undefined ? volume(pair, documents) : volumeField(pair, documents);
  return (pair.before ?? pair.after)?.kind === 'mount' ? mount(pair, documents) : [];
};

function project({ before }: Documents): Finding[] {
  if (!namesByProject(before)) return [];
  return finding('project-renamed', 'every volume that goes by the name of the project is a new, empty one');
}

/** A variable gives volumes their names as well as it does anything else. */
function variable({ path }: Pair, documents: Documents): Finding[] {
  const name = path[1] ?? '';
  if (name === 'COMPOSE_PROJECT_NAME') return project(documents);
  const isUsed = (entity: Entity): boolean =>
    JSON.stringify(entity.value ?? '').includes(`\${${name}`) || [...entity.children.values()].some(isUsed);
  const volumes = [...(documents.after.root.children.get('volumes')?.children.values() ?? [])];
  if (volumes.some(isUsed))
    return finding('volume-renamed', `${name} says what a volume is, or where its data is`);
  const stored = mountsIn(documents.after).filter((one) => isUsed(one) && holdsData(one));
  return stored.length === 0 ? [] : finding('volume-swapped', `${name} says where the data of a service is`);
}

function volume({ before, after }: Pair, documents: Documents): Finding[] {
  const key = before?.path.at(-1);
  if (before === undefined || key === undefined) return [];
  const name = realNameOf(documents.before, key);
  if (realNamesIn(documents.after).has(name)) return [];
  if (after === undefined)
    return finding('volume-removed', 'its data stays behind, and `up` and `down` no longer know of it');
  return finding('volume-renamed', `the data stays under ${key}; ${after.path.at(-1)} starts out empty`);
}

function volumeField({ before, after, path }: Pair, { before: old, after: fresh }: Documents): Finding[] {
  const [, key = '', field = ''] = path;
  const [from, to] = [realNameOf(old, key), realNameOf(fresh, key)];
  switch (field) {
    case 'labels':
      return finding(
        'volume-labels-changed',
        '`up` offers to delete the volume and make it anew; with -y it does',
      );
    case 'external': {
      const volumeAfter = fresh.root.children.get('volumes')?.children.get(key);
      if (!isExternal(volumeAfter))
        return finding('volume-external-removed', 'the next `down -v` deletes it');
      return from === to
        ? []
        : finding('volume-external-added', `Compose now looks for a volume of the name ${to}`);
    }
    case 'name':
      return from === to
        ? []
        : finding(
            'volume-renamed',
            'the data stays under the old name; the volume of the new one is another',
          );
    case 'driver':
      // Nothing and `local` are one driver (docker/compose pkg/compose/hash.go VolumeHash).
      return driverOf(before) === driverOf(after) ? [] : finding('volume-driver-changed', madeAnew);
    default:
      return finding('volume-driver-changed', madeAnew);
  }
}

const madeAnew = 'the volume is made anew; what it holds is deleted or left behind';

function driverOf(entity: Entity | undefined): unknown {
  return entity?.value ?? 'local';
}

function mount({ before, after, path }: Pair, documents: Documents): Finding[] {
  if (before === undefined) return [];
  const type = fieldOf(before, 'type');
  const isVolume = isVolumeType(type);
  const target = path.at(-1) ?? '';
  if (after === undefined) {
    const code = isVolume ? 'volume-unmounted' : 'bind-unmounted';
    return holdsData(before) ? finding(code, `nothing is mounted at ${target} any more`) : [];
  }
  if (fieldOf(before, 'read_only') === true || !isMoved(before, after, documents)) return [];
  const code = swapOf(isVolume, fieldOf(after, 'type'));
  if (!isVolume && (type !== 'bind' || (code === 'bind-moved' && !holdsData(before)))) return [];
  return finding(code, `at ${target} the service sees other data; what it had stays behind`);
}

/** A source that a variable names may be a volume as well as a folder. */
function isVolumeType(type: Json | undefined): boolean {
  return type === 'volume' || type === 'cluster' || type === 'unknown';
}

function swapOf(wasVolume: boolean, type: Json | undefined): FindingCode {
  if (wasVolume) return type === 'bind' ? 'volume-to-bind' : 'volume-swapped';
  return type === 'volume' ? 'bind-to-volume' : 'bind-moved';
}

function isMoved(before: Entity, after: Entity, documents: Documents): boolean {
  if (fieldOf(before, 'type') !== fieldOf(after, 'type')) return true;
  const subpaths = [before, after].map((entity) => subpathOf(entity));
  if (!deepEqual(subpaths[0], subpaths[1])) return true;
  const [from, to] = [fieldOf(before, 'source'), fieldOf(after, 'source')];
  if (from === to) return false;
  if (fieldOf(before, 'type') !== 'volume' || typeof from !== 'string' || typeof to !== 'string') return true;
  return realNameOf(documents.before, from) !== realNameOf(documents.after, to);
}

/** Another folder within one volume holds other data. */
function subpathOf(mount: Entity) {
  const options = fieldOf(mount, 'volume');
  return typeof options === 'object' && options !== null && 'subpath' in options ? options.subpath : null;
}

/**
 * Whether a mount is where a service keeps what it stores. A volume is; of a folder of the host only its names tell,
 * because sources and configuration are mounted the same way.
 */
function holdsData(mount: Entity): boolean {
  if (isVolumeType(fieldOf(mount, 'type'))) return true;
  if (fieldOf(mount, 'type') !== 'bind' || fieldOf(mount, 'read_only') === true) return false;
  const places = [fieldOf(mount, 'source'), fieldOf(mount, 'target')].map(String);
  if (places.some((place) => /\.(?:db|sqlite3?|rdb|mdb)$/i.test(place))) return true;
  // Any other file is something that a person wrote.
  return !places.some((place) => /\.\w{1,5}$/.test(place)) && places.some((place) => dataWords.test(place));
}

const dataWords =
  /^\/var\/lib\/(?!docker$)|(?:^|[/_.-])(?:\w*data|\w*db|databases?|storage|store|uploads?|backups?|media|postgres\w*|mysql|mariadb|mongo\w*|redis|neo4j|\w*search|clickhouse|minio|grafana|prometheus|kafka|rabbitmq|vault|archive|repositories|volumes?|persist\w*|state)(?:[/_.-]|$)/i;
