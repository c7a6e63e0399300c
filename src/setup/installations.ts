import { commandOf, type FoundHook, hooksIn } from '../agents/install/entries.ts';
import type { HostFile, InstallableHost, Level, Target } from '../agents/install/host.ts';
import { hostOf } from '../core/model/settings/hookLine.ts';
import { taken } from './plan.ts';
import { tomlValues } from './toml.ts';

/** What is found of a host's hook at one level. */
export interface FoundInstallation {
  readonly level: Level;
  readonly path: string;
  /** The hook entries; none for a plugin, which is a program of its own. */
  readonly hooks: readonly FoundHook[];
  readonly plugin: string | undefined;
  /** The whole file. */
  readonly text: string;
}

/** Reads the file with a host's hook, as it is now and whoever has changed it. */
export function findInstallation(host: InstallableHost, target: Target): FoundInstallation | undefined {
  for (const file of host.files(target)) {
    const text = file.what === 'hook' ? target.text(file.path) : undefined;
    if (text === undefined) continue;
    const place = { level: target.level, path: file.path, text };
    if (file.kind === 'own') {
      return isOurs(file, text) ? { ...place, hooks: [], plugin: text } : undefined;
    }
    const settings = file.path.endsWith('.toml')
      ? JSON.stringify(tomlValues(text))
      : text.replace(/^\uFEFF/, '');
    const hooks = hooksIn(settings);
    if (hooks.length > 0) return { ...place, hooks, plugin: undefined };
  }
  return undefined;
}

/** The files with rules of ours that a host reads. */
export function rulesFiles(host: InstallableHost, target: Target): string[] {
  return host
    .files({ ...target, rules: 'any' })
    .filter((file) => file.what === 'rules' && isOurs(file, target.text(file.path)))
    .map(({ path }) => path);
}

/** Whether there is an entry of ours for other events only, or for the right one. */
export function entriesBefore(hooks: readonly FoundHook[], event: string): readonly FoundHook[] {
  return hooks.filter((hook) => hook.event === event && hostOf(commandOf(hook.handler) ?? '') !== undefined);
}

function isOurs(file: HostFile, text: string | undefined): boolean {
  const without = taken(file, text);
  return text !== undefined && 'text' in without && without.text !== text;
}
