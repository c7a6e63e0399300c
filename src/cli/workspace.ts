import { realpath } from 'node:fs/promises';
import { policyFile } from '../core/model/kinds.ts';
import { gitCommits } from '../disk/commits.ts';
import { protectedFiles } from '../disk/files.ts';
import { createGuard, type Guard } from '../guard.ts';
import type { Ports } from '../ports.ts';
import { openStore, type Store } from '../store/open.ts';
import { protectionIn, protectionOf } from './policy.ts';
import { type World, write } from './world.ts';

/** A folder under guard, with the same state that the editor and the hooks use for it. */
export interface Workspace {
  readonly root: string;
  readonly guard: Guard;
  readonly ports: Ports;
  readonly store: Store;
}

/** What was accepted counts as the policy for who watches; to everybody else it is what the folder holds. */
export async function openWorkspace(
  folder: string,
  world: World,
  { watches }: { readonly watches: boolean } = { watches: false },
): Promise<Workspace> {
  const root = await realpath(folder);
  const store = await openStore(root, {
    onDamage: (message) => void write(world.stderr, `infrahold: ${message}\n`),
  });
  const accepted = watches ? await store.baselines.get(policyFile) : undefined;
  const { policy, warnings } = await (accepted === undefined ? protectionIn(root) : protectionOf(accepted));
  for (const warning of warnings) await write(world.stderr, `infrahold: ${warning}\n`);
  const ports: Ports = {
    ...store,
    clock: { now: () => Date.now() },
    policy,
    files: protectedFiles(root),
    commits: gitCommits(root),
  };
  return { root, guard: createGuard(ports), ports, store };
}
