import type { Change } from '../diff/change.ts';
import { changesBetween } from '../diff/compare.ts';
import { fieldOf } from '../diff/references.ts';
import { formatAddress } from '../model/address.ts';
import type { Entity, EntityKind, InfraDocument } from '../model/document.ts';
import { entityAt, positionsIn } from '../model/document.ts';
import type { Action, ClusterAction, ComposeAction, DockerAction } from './effects.ts';

/**
 * What an action does to the project that a document states, as changes of the same addresses that an edit of the file
 * would have, so that the same grants cover them. `undefined` where no document is known: then every name can be meant.
 * `started` is what other files given with `-f` state, where it is those that are started in its place.
 */
export function changesOfCommand(
  action: Action,
  document: InfraDocument | undefined,
  started?: InfraDocument,
): Change[] {
  switch (action.tool) {
    case 'compose':
      return composeChanges(action, started ?? document).concat(replacedBy(action, document, started));
    case 'docker':
      return dockerChanges(action, document);
    default:
      return clusterChanges(action);
  }
}

function composeChanges(action: ComposeAction, document: InfraDocument | undefined): Change[] {
  const services = servicesMeant(action, document);
  switch (action.verb) {
    case 'down':
      return downChanges(action, document, services);
    case 'rm':
      // Named volumes stay; `-v` takes the anonymous ones (docker/compose cmd/compose/remove.go).
      return services.flatMap((name) => [
        gone('service', ['services', name], document, { dataLoss: false }),
        ...(action.volumes ? anonymousMounts(name, document) : []),
      ]);
    case 'stop':
    case 'kill':
    case 'pause':
    case 'scale':
      return services.map((name) =>
        stopped(name, document, action.verb === 'scale' ? 'scaled to nothing' : 'stopped'),
      );
    default:
      return upChanges(action, document, services);
  }
}

/**
 * Containers and networks go; stored data only with `-v`: the volumes that are declared, not external and used by a
 * service that is enabled, and the anonymous ones of the containers (docker/compose pkg/compose/down.go
 * ensureVolumesDown). With names of services it takes their containers only.
 */
function downChanges(
  action: ComposeAction,
  document: InfraDocument | undefined,
  services: readonly string[],
): Change[] {
  const isWhole = action.services.length === 0;
  const removed = services.map((name) => gone('service', ['services', name], document, { dataLoss: false }));
  const networks = isWhole
    ? declared('networks', document).map((name) =>
        gone('network', ['networks', name], document, { dataLoss: false }),
      )
    : [];
  const volumes = action.volumes
    ? [
        ...volumesOf(document, isWhole ? enabledServices(action, document) : services).map((name) =>
          gone('volume', ['volumes', name], document, { dataLoss: true }),
        ),
        ...services.flatMap((name) => anonymousMounts(name, document)),
      ]
    : [];
  const left = action.removeOrphans ? [orphansGone(document)] : [];
  return [...volumes, ...removed, ...networks, ...left];
}

/**
 * Other files in the same project put other containers in the place of those that run. What they leave out keeps
 * running as an orphan, and nothing of networks and volumes goes (docker/compose pkg/compose/reconcile.go).
 */
function replacedBy(
  { verb }: ComposeAction,
  document: InfraDocument | undefined,
  started: InfraDocument | undefined,
): Change[] {
  if (document === undefined || started === undefined || (verb !== 'up' && verb !== 'create')) return [];
  return changesBetween(document, started).filter(
    ({ op, path }) => path[0] === 'services' && (op !== 'removed' || path.length > 2),
  );
}

/** `up` removes only what it is told to: orphans, anonymous volumes, and with `-y` a volume that is to be made anew. */
function upChanges(
  action: ComposeAction,
  document: InfraDocument | undefined,
  services: readonly string[],
): Change[] {
  const renewed = action.renewVolumes ? services.flatMap((name) => anonymousMounts(name, document)) : [];
  return [...renewed, ...(action.removeOrphans ? [orphansGone(document)] : [])];
}

/**
 * Containers whose service left the file. Which these are the file cannot tell; they are what the project ran before,
 * so a scope that removes a service covers them.
 */
function orphansGone(document: InfraDocument | undefined): Change {
  return {
    ...gone('service', ['services', orphans], document, { dataLoss: false }),
    from: 'containers whose service is no longer in the file',
  };
}

/** No service can be called that, and a grant for `services.*` covers it. */
export const orphans = '(orphans)';

function dockerChanges(action: DockerAction, document: InfraDocument | undefined): Change[] {
  const { verb, names, volumes } = action;
  const all = names.length === 0;
  switch (verb) {
    case 'volume rm':
      return all
        ? [gone('volume', ['volumes', '*'], undefined, { dataLoss: true })]
        : names.map((name) => volumeGone(name, document));
    case 'volume prune':
      return [gone('volume', ['volumes', '*'], undefined, { dataLoss: true })];
    case 'network rm':
      return names.flatMap((name) => knownNetwork(name, document) ?? []);
    case 'container rm':
    case 'container stop':
    case 'service rm':
      return containersGone(action, document);
    case 'stack rm':
      return declared('services', document).map((name) =>
        gone('service', ['services', name], document, { dataLoss: false }),
      );
    case 'system prune':
      // Without `--volumes` it takes what has stopped, what no container uses and images: nothing that is in use.
      return volumes ? [gone('volume', ['volumes', '*'], undefined, { dataLoss: true })] : [];
    case 'container prune':
    case 'network prune':
      return [];
    default:
      return verb satisfies never;
  }
}

/** Containers of other projects, and those that a test starts, are nobody's concern here. */
function containersGone(
  { verb, names, volumes }: DockerAction,
  document: InfraDocument | undefined,
): Change[] {
  const services =
    names.length === 0
      ? declared('services', document)
      : names.flatMap((name) => serviceOf(name, document) ?? []);
  return [...new Set(services)].flatMap((name) => {
    if (verb === 'container stop') return [stopped(name, document, 'stopped')];
    const lost = volumes ? anonymousMounts(name, document) : [];
    return [gone('service', ['services', name], document, { dataLoss: false }), ...lost];
  });
}

function clusterChanges({ tool, verb, resources, data }: ClusterAction): Change[] {
  const meant = resources.length > 0 ? resources : ['*'];
  return meant.map((resource) => {
    const path = [tool === 'kubectl' ? 'kubernetes' : tool, ...resource.split('/')];
    const change = gone('field', path, undefined, { dataLoss: data });
    return verb === 'scale' ? { ...change, op: 'changed' as const, to: 'scaled to nothing' } : change;
  });
}

function servicesMeant(action: ComposeAction, document: InfraDocument | undefined): string[] {
  if (action.services.length > 0) return [...action.services];
  return document === undefined ? ['*'] : enabledServices(action, document);
}

/** A service with profiles is enabled by one of them; without, always (compose-spec 15-profiles.md). */
function enabledServices({ profiles }: ComposeAction, document: InfraDocument | undefined): string[] {
  if (document === undefined) return ['*'];
  return declared('services', document).filter((name) => {
    const own = listIn(entityAt(document, ['services', name, 'profiles']));
    return own.length === 0 || profiles.includes('*') || own.some((profile) => profiles.includes(profile));
  });
}

function listIn(entity: Entity | undefined): string[] {
  if (entity === undefined) return [];
  if (Array.isArray(entity.value)) return entity.value.map(String);
  return [...entity.children.keys()];
}

function declared(
  section: 'services' | 'volumes' | 'networks',
  document: InfraDocument | undefined,
): string[] {
  if (document === undefined) return ['*'];
  return [...(entityAt(document, [section])?.children.keys() ?? [])].filter(
    (name) => !isExternal(section, name, document),
  );
}

function isExternal(section: string, name: string, document: InfraDocument): boolean {
  return entityAt(document, [section, name, 'external'])?.value === true;
}

function volumesOf(document: InfraDocument | undefined, services: readonly string[]): string[] {
  if (document === undefined) return ['*'];
  const used = new Set(
    services.flatMap((name) => mountsOf(name, document).map((mount) => fieldOf(mount, 'source'))),
  );
  return declared('volumes', document).filter((name) => used.has(name));
}

function mountsOf(service: string, document: InfraDocument): Entity[] {
  return [...(entityAt(document, ['services', service, 'volumes'])?.children.values() ?? [])];
}

/** A volume without a source has its data in a volume without a name. */
function anonymousMounts(service: string, document: InfraDocument | undefined): Change[] {
  if (document === undefined) return [];
  return mountsOf(service, document)
    .filter((mount) => fieldOf(mount, 'type') === 'volume' && fieldOf(mount, 'source') === undefined)
    .map((mount) => gone('mount', mount.path, document, { dataLoss: true }));
}

/** The name on the machine is the project's and the key's, or the one that `name:` gives. */
function volumeGone(name: string, document: InfraDocument | undefined): Change {
  const key = keyOf('volumes', name, document) ?? name;
  return gone('volume', ['volumes', key], document, { dataLoss: true });
}

function knownNetwork(name: string, document: InfraDocument | undefined): Change | undefined {
  const key = keyOf('networks', name, document);
  return key === undefined ? undefined : gone('network', ['networks', key], document, { dataLoss: false });
}

function keyOf(
  section: 'volumes' | 'networks',
  name: string,
  document: InfraDocument | undefined,
): string | undefined {
  if (document === undefined) return undefined;
  return [...(entityAt(document, [section])?.children.keys() ?? [])].find((key) => {
    const own = entityAt(document, [section, key, 'name'])?.value;
    return own === name || key === name || name.endsWith(`_${key}`);
  });
}

/** `project-service-1`, with older versions `project_service_1`, or the name the file gives. */
function serviceOf(container: string, document: InfraDocument | undefined): string | undefined {
  if (document === undefined) return undefined;
  return declared('services', document).find((service) => {
    const own = entityAt(document, ['services', service, 'container_name'])?.value;
    return (
      own === container ||
      service === container ||
      new RegExp(`[-_]${escaped(service)}[-_]\\d+$`).test(container)
    );
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function gone(
  kind: EntityKind,
  path: readonly string[],
  document: InfraDocument | undefined,
  { dataLoss }: { dataLoss: boolean },
): Change {
  const entity = document === undefined ? undefined : entityAt(document, path);
  return {
    op: 'removed',
    kind,
    path,
    address: formatAddress(path),
    renamedTo: undefined,
    from: 'running',
    to: undefined,
    loss: true,
    dataLoss,
    before: entity && document && positionsIn(document.text)(entity.span.start),
    after: undefined,
    details: [],
    findings: [],
  };
}

function stopped(name: string, document: InfraDocument | undefined, to: string): Change {
  return { ...gone('service', ['services', name], document, { dataLoss: false }), op: 'changed', to };
}
