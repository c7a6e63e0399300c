import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifiableAudit } from './audit.ts';
import { acceptedHashes } from './baselines.ts';
import { withLock } from './lock.ts';
import { isHash } from './objects.ts';
import { type StoredVersion, storedVersions } from './quarantine.ts';
import { fieldsOf, type OnDamage } from './wholeFile.ts';

/** How much the state of a workspace may hold. */
export interface Bounds {
  /** Of contents, accepted and refused. */
  readonly megabytes: number;
  /** Refused versions of one path. */
  readonly versions: number;
  /** Of the record of what happened. */
  readonly auditMegabytes: number;
}

/** What a person has set for this machine, beside the states and away from every workspace; else the defaults. */
export function boundsIn(stateRoot: string): Bounds {
  try {
    const said = fieldsOf(JSON.parse(readFileSync(join(stateRoot, 'limits.json'), 'utf8'))) ?? {};
    return {
      megabytes: positive(said.megabytes) ?? defaults.megabytes,
      versions: positive(said.versions) ?? defaults.versions,
      auditMegabytes: positive(said.auditMegabytes) ?? defaults.auditMegabytes,
    };
  } catch {
    return defaults;
  }
}

const defaults: Bounds = { megabytes: 200, versions: 500, auditMegabytes: 20 };

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

type Version = StoredVersion & { readonly id: string };

/**
 * Drops contents that nothing names any more, and then, where there is more than there may be, refused versions that a
 * person has answered, the oldest first and each on record before it goes. The last accepted versions and what nobody
 * has answered stay, though it be too much: then that is said.
 */
export function evict(
  directory: string,
  bounds: Bounds,
  audit: VerifiableAudit,
  onDamage: OnDamage,
): Promise<void> {
  return withLock(join(directory, 'turns', 'eviction'), async () => {
    sweepTemporary(directory);
    const objects = join(directory, 'objects');
    const accepted = await acceptedHashes(join(directory, 'baselines'), onDamage);
    const versions = await storedVersions(join(directory, 'quarantine'), onDamage);
    const { leaving, staying, bytes } = chooseLeaving(versions, accepted, sizesIn(objects), bounds);
    for (const { id, facts } of leaving) {
      const note = `there was no more room; it was refused at ${new Date(facts.at).toISOString()}`;
      await audit.append({ at: Date.now(), event: 'evicted', path: facts.path, quarantine: id, note });
      rmSync(join(directory, 'quarantine', `${id}.json`), { force: true });
    }
    await audit.evict(bounds.auditMegabytes * megabyte);
    const left = new Set(leaving.flatMap(({ hash }) => hash ?? []));
    for (const name of readdirSync(objects)) {
      if (isHash(name) && !staying.has(name)) dropOld(join(objects, name), left.has(name) ? 0 : grace);
    }
    if (bytes > bounds.megabytes * megabyte) {
      onDamage(
        `${directory} holds ${Math.ceil(bytes / megabyte)} MB, more than the ${bounds.megabytes} it may. ` +
          'What is left are accepted versions and refused ones that nobody has answered, and these are never dropped',
      );
    }
  });
}

const megabyte = 1024 * 1024;

/** `bytes` is what stays in the end. */
function chooseLeaving(
  versions: readonly Version[],
  accepted: readonly string[],
  sizes: ReadonlyMap<string, number>,
  bounds: Bounds,
): { readonly leaving: readonly Version[]; readonly staying: ReadonlySet<string>; readonly bytes: number } {
  const uses = new Map<string, number>();
  for (const hash of [...accepted, ...versions.flatMap((version) => version.hash ?? [])])
    uses.set(hash, (uses.get(hash) ?? 0) + 1);
  let bytes = [...uses.keys()].reduce((sum, hash) => sum + (sizes.get(hash) ?? 0), 0);
  const ofPath = new Map<string, number>();
  for (const { facts } of versions) ofPath.set(facts.path, (ofPath.get(facts.path) ?? 0) + 1);
  const leaving: Version[] = [];
  const answered = versions.filter(({ isAnswered }) => isAnswered);
  for (const version of answered.sort((one, other) => one.facts.at - other.facts.at)) {
    const { path } = version.facts;
    const count = ofPath.get(path) ?? 0;
    if (bytes <= bounds.megabytes * megabyte && count <= bounds.versions) continue;
    leaving.push(version);
    ofPath.set(path, count - 1);
    if (version.hash === null) continue;
    const left = (uses.get(version.hash) ?? 0) - 1;
    uses.set(version.hash, left);
    if (left === 0) bytes -= sizes.get(version.hash) ?? 0;
  }
  const staying = new Set([...uses].flatMap(([hash, count]) => (count > 0 ? [hash] : [])));
  return { leaving, staying, bytes };
}

/** A content is kept before it is named, so one that nothing names may be about to be. Its time is that of the last wish to keep it. */
const grace = 10 * 60_000;

function dropOld(file: string, age: number): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  const isFresh = stats !== undefined && Date.now() - stats.mtimeMs < age;
  if (!isFresh) rmSync(file, { force: true });
}

/** What a crash left half-written is under a name that nobody reads. */
function sweepTemporary(directory: string): void {
  for (const folder of ['.', 'objects', 'baselines', 'quarantine', 'sessions', 'receipts']) {
    for (const name of readdirSync(join(directory, folder)))
      if (name.endsWith('.tmp')) dropOld(join(directory, folder, name), grace);
  }
}

function sizesIn(objects: string): ReadonlyMap<string, number> {
  const sizeOf = (name: string) => statSync(join(objects, name), { throwIfNoEntry: false })?.size ?? 0;
  return new Map(readdirSync(objects).map((name) => [name, sizeOf(name)]));
}
