import { type Entity, entityAt, type InfraDocument } from '../model/document.ts';
import { fieldOf } from './references.ts';

/**
 * The name that the engine knows a volume by: two keys with one name are one volume, and one key with another name is
 * another (compose-go loader/normalize.go setNameFromKey).
 */
export function realNameOf(document: InfraDocument, key: string): string {
  const volume = entityAt(document, ['volumes', key]);
  const name = volume?.children.get('name')?.value;
  if (typeof name === 'string') return name;
  return isExternal(volume) ? key : `${projectOf(document)}_${key}`;
}

/** The real names of all volumes that a document declares. */
export function realNamesIn(document: InfraDocument): Set<string> {
  const keys = entityAt(document, ['volumes'])?.children.keys() ?? [];
  return new Set([...keys].map((key) => realNameOf(document, key)));
}

/** Whether there is data that goes by the name of the project: a volume without a name of its own, or an anonymous one. */
export function namesByProject(document: InfraDocument): boolean {
  const volumes = [...(entityAt(document, ['volumes'])?.children.values() ?? [])];
  return (
    volumes.some((volume) => !volume.children.has('name') && !isExternal(volume)) ||
    mountsIn(document).some((mount) => isAnonymous(mount))
  );
}

export function isExternal(volume: Entity | undefined): boolean {
  return volume?.children.get('external')?.value === true;
}

export function mountsIn(document: InfraDocument): Entity[] {
  const services = [...(entityAt(document, ['services'])?.children.values() ?? [])];
  return services.flatMap((service) => [...(service.children.get('volumes')?.children.values() ?? [])]);
}

function isAnonymous(mount: Entity): boolean {
  return fieldOf(mount, 'type') === 'volume' && fieldOf(mount, 'source') === undefined;
}

/** Where the file says nothing of it the project is named after the folder, which is the same on both sides. */
export function projectOf(document: InfraDocument): string {
  const given = entityAt(document, ['.env', 'COMPOSE_PROJECT_NAME'])?.value;
  return String(given || (entityAt(document, ['name'])?.value ?? ''));
}
