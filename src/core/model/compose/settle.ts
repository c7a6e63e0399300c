import type { Entity, Json } from '../document.ts';
import { inside, leaf, type Place, whole } from './place.ts';

/** What follows from several parts of a service together, so that equal services have equal parts. */
export function settleService(children: Map<string, Entity>, place: Place): void {
  dropDefaultNetwork(children);
  dropImpliedDependencies(children, place);
  moveScale(children, place);
  moveLimits(children, place);
}

/** A service that names no network is on `default` (compose-go loader/normalize.go normalizeNetworks). */
function dropDefaultNetwork(children: Map<string, Entity>): void {
  const networks = children.get('networks');
  const only = networks?.children.size === 1 ? networks.children.get('default') : undefined;
  if (only?.kind === 'attachment' && isEmpty(only.value)) children.delete('networks');
}

function isEmpty(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/**
 * Links, shared namespaces and `volumes_from` imply a dependency, and writing it out adds nothing
 * (compose-go loader/normalize.go inferImplicitDependencies).
 */
function dropImpliedDependencies(children: Map<string, Entity>, place: Place): void {
  const explicit = children.get('depends_on');
  if (explicit?.kind !== 'section') return;
  const implied = impliedDependencies(children);
  const kept = [...explicit.children].filter(([name, { value }]) => !isImplied(value, implied.get(name)));
  if (kept.length === explicit.children.size) return;
  if (kept.length === 0) children.delete('depends_on');
  else children.set('depends_on', whole({ ...place, ...explicit }, new Map(kept), 'section', ''));
}

/** The services that are implied, and whether this one restarts with them. */
function impliedDependencies(children: ReadonlyMap<string, Entity>): Map<string, boolean> {
  const implied = new Map<string, boolean>();
  for (const link of children.get('links')?.children.keys() ?? [])
    implied.set(link.split(':')[0] ?? '', true);
  for (const name of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = children.get(name)?.value;
    if (typeof value === 'string' && value.startsWith('service:'))
      implied.set(value.slice('service:'.length), true);
  }
  const lenders = children.get('volumes_from')?.value;
  for (const lender of Array.isArray(lenders) ? lenders : []) {
    const service = String(lender).split(':')[0] ?? '';
    if (service !== 'container' && !implied.has(service)) implied.set(service, false);
  }
  return implied;
}

function isImplied(value: Json | undefined, restart: boolean | undefined): boolean {
  if (restart === undefined || typeof value !== 'object' || value === null) return false;
  const { condition, required, restart: restarts } = value as { readonly [key: string]: Json };
  return condition === 'service_started' && required === true && restarts === restart;
}

/** `scale: 3` says what `deploy.replicas: 3` says, and one is what there is anyway. */
function moveScale(children: Map<string, Entity>, place: Place): void {
  const scale = children.get('scale');
  const deploy = children.get('deploy');
  if (
    scale === undefined ||
    (deploy !== undefined && deploy.value !== undefined) ||
    deploy?.children.has('replicas')
  )
    return;
  children.delete('scale');
  if (scale.value !== 1) putDeep(children, place, ['deploy', 'replicas'], scale);
}

const limits = [
  ['mem_limit', ['deploy', 'resources', 'limits', 'memory']],
  ['cpus', ['deploy', 'resources', 'limits', 'cpus']],
  ['pids_limit', ['deploy', 'resources', 'limits', 'pids']],
  ['mem_reservation', ['deploy', 'resources', 'reservations', 'memory']],
] as const;

/**
 * The older fields set what `deploy.resources` sets (docker/compose pkg/compose/create.go getDeployResources). Where
 * both are there Compose compares them and may refuse, so that both are kept.
 */
function moveLimits(children: Map<string, Entity>, place: Place): void {
  const found = limits.flatMap(([name, path]) => {
    const entity = children.get(name);
    const taken = entityIn(children, path.slice(0, -1));
    return entity === undefined || taken !== undefined ? [] : [{ name, path, entity }];
  });
  for (const { name, path, entity } of found) {
    children.delete(name);
    putDeep(children, place, path, entity);
  }
}

function entityIn(children: ReadonlyMap<string, Entity>, path: readonly string[]): Entity | undefined {
  const [name = '', ...rest] = path;
  const entity = children.get(name);
  if (entity === undefined || rest.length === 0 || entity.value !== undefined) return entity;
  return entityIn(entity.children, rest);
}

/** Puts what one field says at another field's place; its text stays where it is. */
function putDeep(children: Map<string, Entity>, place: Place, path: readonly string[], entity: Entity): void {
  const [name = '', ...rest] = path;
  const here = inside({ ...place, span: children.get(name)?.span ?? entity.span }, name);
  if (rest.length === 0) {
    children.set(name, leaf({ ...here, span: entity.span }, entity.value ?? null, entity.label));
    return;
  }
  const parts = new Map(children.get(name)?.children);
  putDeep(parts, here, rest, entity);
  children.set(name, whole(here, parts));
}
