import { realpath } from 'node:fs/promises';
import { policyFile } from '../core/model/kinds.ts';
import { systemClock } from '../disk/clock.ts';
import { gitCommits } from '../disk/commits.ts';
import { protectedFiles } from '../disk/files.ts';
import { createGuard, type Guard } from '../guard.ts';
import type { Ports } from '../ports.ts';
import { openStore, type Store } from '../store/open.ts';
import { type Protection, protectionIn, protectionOf } from './policy.ts';
import { type World, write } from './world.ts';

/** A folder under guard, with the same state that the editor and the hooks use for it. */
export interface Workspace {
  readonly root: string;
  readonly guard: Guard;
  readonly ports: Ports;
  readonly store: Store;
}

export async function openWorkspace(
  folder: string,
  world: World,
  { watches }: { readonly watches: boolean } = { watches: false },
): Promise<Workspace> {
  const root = await realpath(folder);
  const store = await openStore(root, {
    onDamage: (message) => void write(world.stderr, `infrahold: ${message}\n`),
  });
  const onDisk = await protectionIn(root);
  const { policy, warnings } = await inForce(onDisk, store, watches);
  for (const warning of warnings) await write(world.stderr, `infrahold: ${warning}\n`);
  const ports: Ports = {
    ...store,
    clock: systemClock,
    policy,
    files: protectedFiles(root),
    commits: gitCommits(root),
  };
  const guard = createGuard(ports);
  const isBroken = onDisk.warnings.length > 0;
  // A broken policy is nobody's word: taken as accepted it would take the place of the last one that could be read.
  const catchUp: Guard['catchUp'] = async (path) => {
    if (path !== policyFile || !isBroken) await guard.catchUp(path);
  };
  return { root, guard: { ...guard, catchUp }, ports, store };
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
