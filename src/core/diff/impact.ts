import { formatAddress } from '../model/address.ts';
import { type Entity, entityAt, type InfraDocument, positionsIn } from '../model/document.ts';
import { oncePerWords } from '../model/moved.ts';
import type { Change, DanglingReference, Impact, UnpublishedPort } from './change.ts';
import { recreatedBy } from './recreated.ts';
import { fieldOf, type Reference, referencesIn, resolves, volumeOf } from './references.ts';

/** What the edit does to the running project beyond the entities that its changes name. */
export function impactOf(before: InfraDocument, after: InfraDocument, changes: readonly Change[]): Impact {
  return {
    unpublishedPorts: unpublishedPorts(before, after),
    orphanedVolumes: orphanedVolumes(before, after),
    danglingReferences: danglingReferences(before, after),
    recreated: recreatedBy(changes),
  };
}

export const noImpact: Impact = {
  unpublishedPorts: [],
  orphanedVolumes: [],
  danglingReferences: [],
  recreated: [],
};

function unpublishedPorts(before: InfraDocument, after: InfraDocument): UnpublishedPort[] {
  const still = new Set(publications(after).map(({ published }) => published));
  // A port published on every interface answers on each single one.
  return publications(before)
    .filter(({ published, everywhere }) => !still.has(published) && !still.has(everywhere))
    .map(({ service, published }) => ({ service, published }));
}

interface Publication extends UnpublishedPort {
  /** How the same port would read if it were published on every interface. */
  readonly everywhere: string;
}

function publications(document: InfraDocument): Publication[] {
  return services(document).flatMap(publicationsOf);
}

const publicationsOf = oncePerWords((service: Entity): Publication[] =>
  [...(service.children.get('ports')?.children.values() ?? [])].flatMap((port) => {
    const published = fieldOf(port, 'published');
    if (published === undefined || published === null) return [];
    const host = fieldOf(port, 'host_ip');
    const protocol = fieldOf(port, 'protocol');
    const suffix = typeof protocol === 'string' && protocol !== 'tcp' ? `/${protocol}` : '';
    const everywhere = `${published}${suffix}`;
    const isBound = typeof host === 'string' && host !== '';
    const address = isBound ? `${host}:${everywhere}` : everywhere;
    return [{ service: service.path.at(-1) ?? '', published: address, everywhere }];
  }),
);

/** The data stays where it is, but after the next `up` nothing reads or writes it. */
function orphanedVolumes(before: InfraDocument, after: InfraDocument): string[] {
  const still = new Set(mountedVolumes(after));
  return [...new Set(mountedVolumes(before))].filter((name) => !still.has(name));
}

function mountedVolumes(document: InfraDocument): string[] {
  return services(document).flatMap(volumesOf);
}

const volumesOf = oncePerWords((service: Entity): string[] =>
  [...(service.children.get('volumes')?.children.values() ?? [])].flatMap((mount) => volumeOf(mount) ?? []),
);

/** References that hung in the air before the edit are not its doing. */
function danglingReferences(before: InfraDocument, after: InfraDocument): DanglingReference[] {
  const key = (from: Entity, to: readonly string[]) => JSON.stringify([from.path, to]);
  const known = new Set(hanging(before).map(({ from, to }) => key(from, to)));
  const place = positionsIn(after.text);
  return hanging(after)
    .filter(({ from, to }) => !known.has(key(from, to)))
    .map(({ from, to }) => ({
      from: formatAddress(from.path),
      to: formatAddress(to),
      ...place(from.span.start),
    }));
}

function hanging(document: InfraDocument): Reference[] {
  return referencesIn(document, (to) => !resolves(document, to));
}

function services(document: InfraDocument): Entity[] {
  return [...(entityAt(document, ['services'])?.children.values() ?? [])];
}
