import assert from 'node:assert/strict';
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { openPlace, type Place } from './place.ts';

export const cli = resolve('dist', 'cli.js');

export function examined(
  place: Place,
  ...hosts: string[]
): { exit: number | null; agents: readonly Agent[] } {
  const { exit, out, err } = place.run('doctor', ...hosts, '--format', 'json');
  assert.equal(err, '');
  return { exit, agents: JSON.parse(out).agents };
}

export function claude(place: Place): Agent & { readonly exit: number | null } {
  const { exit, agents } = examined(place, 'claude-code');
  const [agent] = agents;
  assert.ok(agent);
  return { ...agent, exit };
}

/** A copy of the built program that a test may take apart. */
export function ownProgram(
  t: TestContext,
  folder = 'program',
): { moved: string; manifest: string; place: Place } {
  const outer = openPlace(t);
  const base = join(outer.home, folder);
  mkdirSync(base, { recursive: true });
  cpSync(resolve('dist'), join(base, 'dist'), {
    recursive: true,
    filter: (path) => !/\.(map|vsix)$/.test(path),
  });
  copyFileSync(resolve('package.json'), join(base, 'package.json'));
  const moved = join(base, 'dist', 'cli.js');
  return { moved, manifest: join(base, 'package.json'), place: openPlace(t, moved) };
}

/** What a person does in each host's own dialog, as the host keeps it. */
export function trustEverything({ root, home, write }: Place): void {
  const hooks = existsSync(join(root, '.codex/hooks.json')) ? root : home;
  write(
    join(home, '.codex/config.toml'),
    `[projects."${root}"]\ntrust_level = "trusted"\n\n[hooks.state."${hooks}/.codex/hooks.json:pre_tool_use:0:0"]\ntrusted_hash = "sha256:0"\n`,
  );
  write(join(home, '.copilot/config.json'), JSON.stringify({ trustedFolders: [root] }));
  write(join(home, '.gemini/trustedFolders.json'), JSON.stringify({ [root]: 'TRUST_FOLDER' }));
  write(
    join(home, '.claude.json'),
    JSON.stringify({ projects: { [root]: { hasTrustDialogAccepted: true } } }),
  );
}

export interface Agent {
  readonly host: string;
  readonly state: string;
  readonly version?: string;
  readonly faults: readonly string[];
  readonly installations: readonly { readonly trust: string; readonly onFailure: string }[];
}
