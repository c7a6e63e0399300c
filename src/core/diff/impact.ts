import { formatAddress } from '../model/address.ts';
import { type Entity, type InfraDocument, positionsIn } from '../model/document.ts';
import { cascadeBetween } from './cascade/cascade.ts';
import type { Change, DanglingReference, Impact, UnpublishedPort } from './change.ts';
import { recreatedBetween } from './recreated.ts';
import { type Reference, referencesIn, resolves, volumeOf } from './references.ts';
import { publicationsIn } from './relations.ts';
import { mountsIn } from './volumes.ts';

/** What the edit does to the running project beyond the entities that its changes name. */
export async function impactOf(
  before: InfraDocument,
  after: InfraDocument,
  changes: readonly Change[],
): Promise<Impact> {
  const recreated = await recreatedBetween(before, after);
  return {
    unpublishedPorts: unpublishedPorts(before, after),
    orphanedVolumes: orphanedVolumes(before, after),
    danglingReferences: danglingReferences(before, after),
    recreated,
    cascade: cascadeBetween(before, after, changes, recreated),
  };
}

function unpublishedPorts(before: InfraDocument, after: InfraDocument): UnpublishedPort[] {
  const still = new Set(publicationsIn(after).map(({ published }) => published));
  // A port published on every interface answers on each single one.
  return publicationsIn(before)
    .filter(({ published, everywhere }) => !still.has(published) && !still.has(everywhere))
    .map(({ service, published }) => ({ service, published }));
}

/** The data stays where it is, but after the next `up` nothing reads or writes it. */
function orphanedVolumes(before: InfraDocument, after: InfraDocument): string[] {
  const still = new Set(mountedVolumes(after));
  return [...new Set(mountedVolumes(before))].filter((name) => !still.has(name));
}

function mountedVolumes(document: InfraDocument): string[] {
  return mountsIn(document).flatMap((mount) => volumeOf(mount) ?? []);
}

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
