import { realpathSync } from 'node:fs';
import { sameBytes } from '../content.ts';
import { policyFile } from '../core/model/kinds.ts';
import { once } from '../core/model/once.ts';
import { systemClock } from '../disk/clock.ts';
import { protectedFiles } from '../disk/files.ts';
import { createGuard, type Guard } from '../guard.ts';
import type { Commits, Ports, ProtectionPolicy } from '../ports.ts';
import { openStore, type Store } from '../store/open.ts';
import { type Protection, protectionIn, protectionOf } from './policy.ts';
import { type World, write } from './world.ts';

/** A folder under guard, with the same state that the editor and the hooks use for it. */
export interface Workspace {
  readonly root: string;
  readonly guard: Guard;
  readonly ports: Ports;
  readonly store: Store;
  /** Takes up the policy that is accepted by now, where that is another one. Gives the one before. */
  takePolicy(): Promise<ProtectionPolicy | undefined>;
}

export async function openWorkspace(
  folder: string,
  world: World,
  { watches }: { readonly watches: boolean } = { watches: false },
): Promise<Workspace> {
  const root = realpathSync.native(folder);
  const store = await openStore(root, {
    rebuilds: watches,
    onDamage: (message) => void write(world.stderr, `infrahold: ${message}\n`),
  });
  const onDisk = await protectionIn(root);
  let { policy, warnings } = await inForce(onDisk, store, watches);
  let taken: Uint8Array | undefined;
  for (const warning of warnings) await write(world.stderr, `infrahold: ${warning}\n`);
  const takePolicy = async () => {
    const accepted = await store.baselines.get(policyFile);
    if (accepted === undefined || sameBytes(accepted.content, taken)) return undefined;
    taken = accepted.content;
    const next = await protectionOf(accepted);
    // A text that cannot be read takes nothing back.
    if (next.warnings.length > 0) return undefined;
    const before = policy;
    policy = next.policy;
    return before;
  };
  const ports: Ports = {
    ...store,
    clock: systemClock,
    policy: { kindOf: (path) => policy.kindOf(path) },
    files: protectedFiles(root),
    commits: commitsAround(root),
  };
  const guard = createGuard(ports);
  const isBroken = onDisk.warnings.length > 0;
  // A broken policy is nobody's word: taken as accepted it would take the place of the last one that could be read.
  const catchUp: Guard['catchUp'] = async (path) => {
    if (path !== policyFile || !isBroken) await guard.catchUp(path);
  };
  return { root, guard: { ...guard, catchUp }, ports, store, takePolicy };
}

/** Only what has been written is asked about, and a hook mostly stands before a write. */
function commitsAround(root: string): Commits {
  const git = once(async () => (await import('../disk/commits.ts')).gitCommits(root));
  return { holds: async (path, content) => (await git()).holds(path, content) };
}

/** Where somebody watches, the accepted policy counts and never one on disk that may be held. */
async function inForce(
  onDisk: Protection,
  { baselines, guards }: Store,
  watches: boolean,
): Promise<Protection> {
  const isBroken = onDisk.warnings.length > 0;
  if (!isBroken && !watches && guards().length === 0) return onDisk;
  const accepted = await baselines.get(policyFile);
  const last = accepted && (await protectionOf(accepted));
  if (last === undefined || last.warnings.length > 0) return onDisk;
  const warnings = onDisk.warnings.map((warning) =>
    warning.replace(/the default protection is in force$/, 'the last policy that could be read is in force'),
  );
  return { ...last, warnings };
}
