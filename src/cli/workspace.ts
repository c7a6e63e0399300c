import { realpath } from 'node:fs/promises';
import { gitCommits } from '../disk/commits.ts';
import { protectedFiles } from '../disk/files.ts';
import { createGuard, type Guard } from '../guard.ts';
import type { Ports } from '../ports.ts';
import { openStore, type Store } from '../store/open.ts';
import { protectionIn } from './policy.ts';
import { type World, write } from './world.ts';

/** A folder under guard, with the same state that the editor and the hooks use for it. */
export interface Workspace {
  readonly root: string;
  readonly guard: Guard;
  readonly ports: Ports;
  readonly store: Store;
}

export async function openWorkspace(folder: string, world: World): Promise<Workspace> {
  const root = await realpath(folder);
  const { policy, warnings } = await protectionIn(root);
  for (const warning of warnings) await write(world.stderr, `infrahold: ${warning}\n`);
  const store = await openStore(root, {
    onDamage: (message) => void write(world.stderr, `infrahold: ${message}\n`),
  });
  const ports: Ports = {
    ...store,
    clock: { now: () => Date.now() },
    policy,
    files: protectedFiles(root),
    commits: gitCommits(root),
  };
  return { root, guard: createGuard(ports), ports, store };
}
