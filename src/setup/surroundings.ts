import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type HostId,
  type InstallableHost,
  type Level,
  type Target,
  type UserFolders,
  userFolders,
} from '../agents/install/host.ts';
import { installableHosts } from '../agents/install/hosts.ts';
import type { Launch } from '../agents/install/launch.ts';
import { rulesText } from '../agents/install/rules.ts';
import { policyFile } from '../core/model/kinds.ts';
import { defaultPolicy, parsePolicy } from '../core/verdict/policy.ts';
import { type InstalledEdits, openInstalled } from '../store/installed.ts';
import { stateRoot } from '../store/location.ts';
import type { OnDamage } from '../store/wholeFile.ts';
import { holdsHook } from './plan.ts';
import { programOn } from './programs.ts';

/** Where an installation takes place: a project, a person's own folders, and what the environment says. */
export interface Surroundings {
  readonly root: string;
  readonly user: UserFolders;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stateRoot: string;
}

export function surroundingsOf(folder: string, env: Surroundings['env']): Surroundings {
  const home = env.HOME || env.USERPROFILE || homedir();
  return {
    root: realpathSync(folder),
    user: userFolders(home, env),
    env,
    stateRoot: stateRoot({ env, platform: process.platform, home }),
  };
}

/** What to write at a level; without rules only what enforces. */
export async function targetIn(
  { root, user }: Surroundings,
  level: Level,
  launch: Launch,
  options: { readonly rules: boolean },
): Promise<Target> {
  const policy = level === 'project' ? await policyOf(root) : defaultPolicy;
  return { level, root, user, launch, rules: options.rules ? rulesText(policy) : undefined, text: textOf };
}

/** An agent that leaves traces here, and what they are. */
export interface FoundAgent {
  readonly host: InstallableHost;
  readonly program: string | undefined;
  readonly traces: readonly string[];
}

/** The agents in use: their program is on the PATH, or they keep files here or in the person's home. */
export function findAgents({ root, user, env }: Surroundings): FoundAgent[] {
  return installableHosts
    .map((host) => {
      const programs = host.programs.flatMap((name) => programOn(env.PATH, name) ?? []);
      const traces = [...host.projectTraces.map((name) => join(root, name)), ...host.userTraces(user)];
      return { host, program: programs[0], traces: traces.filter((path) => existsSync(path)) };
    })
    .filter(({ program, traces }) => program !== undefined || traces.length > 0);
}

/** The hosts that have the hook at a level. */
export function installedHosts(target: Target): HostId[] {
  return installableHosts.filter((host) => holdsHook(host, target)).map(({ id }) => id);
}

export function openRecord({ stateRoot: root }: Surroundings, onDamage: OnDamage): InstalledEdits {
  return openInstalled(root, onDamage);
}

/** A policy that is broken or absent adds nothing to what is protected by default. */
async function policyOf(root: string) {
  const text = await readFile(join(root, policyFile), 'utf8').catch(() => undefined);
  return text === undefined ? defaultPolicy : (await parsePolicy(text)).policy;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
