import { addBlock, removeBlock } from '../agents/install/block.ts';
import type { Edited } from '../agents/install/edited.ts';
import { addEntries, hooksIn, removeEntries } from '../agents/install/entries.ts';
import type { HostFile, HostId, InstallableHost, Target, What } from '../agents/install/host.ts';
import { removeOwn, writeOwn } from '../agents/install/ownFile.ts';
import { type InstalledEdits, textBefore } from '../store/installed.ts';
import { obstacle, readSettings } from './settingsFile.ts';
import { tomlProblem } from './toml.ts';

/** What is to become of one file. Nothing is written while it is planned. */
export interface Step {
  readonly path: string;
  readonly file: HostFile;
  readonly hosts: readonly HostId[];
  readonly before: string | undefined;
  readonly outcome: StepOutcome;
}

export type StepOutcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'write'; readonly after: string }
  | { readonly kind: 'remove' }
  /** The file is left alone; `line` is set where the text itself is the reason. */
  | { readonly kind: 'refused'; readonly why: string; readonly line: number | undefined };

/** The files that an installation of these hosts would write. Hosts that share a file share the step. */
export async function planInstall(hosts: readonly InstallableHost[], target: Target): Promise<Step[]> {
  return planned(hosts, target, async (file, text) => edited(file, text));
}

/** The files from which an installation would be taken out, those of `staying` hosts left as they are. */
export async function planUninstall(
  hosts: readonly InstallableHost[],
  staying: readonly InstallableHost[],
  target: Target,
  record: InstalledEdits,
): Promise<Step[]> {
  const going = new Set(pathsOf(hosts, target, 'hook'));
  // One that shares the hook of another goes with it.
  const stay = staying.filter((host) => pathsOf([host], target, 'hook').every((path) => !going.has(path)));
  const kept = new Set(pathsOf(stay, target, 'rules'));
  return planned(hosts, target, async (file, text) => {
    if (kept.has(file.path)) return { text };
    if (text === undefined) return { text };
    const known = await record.get(file.path);
    const exact = known === undefined ? undefined : textBefore(known, text);
    return exact ?? taken(file, text);
  });
}

function pathsOf(hosts: readonly InstallableHost[], target: Target, what: What): string[] {
  const files = hosts.flatMap((host) => host.files(target));
  return files.filter((file) => file.what === what).map(({ path }) => path);
}

/** Whether the hook of a host is in its file, whatever state it is in. */
export function holdsHook(host: InstallableHost, target: Target): boolean {
  return host.files(target).some((file) => {
    const text = file.what === 'hook' ? target.text(file.path) : undefined;
    if (text === undefined) return false;
    if (file.kind === 'entries') return hooksIn(text).length > 0;
    const without = taken(file, text);
    return 'text' in without && without.text !== text;
  });
}

/** A text without what is ours in it. */
export function taken(file: HostFile, text: string | undefined): Edited {
  switch (file.kind) {
    case 'entries':
      return removeEntries(text, file.entries);
    case 'block':
      return removeBlock(text, file.marks);
    case 'own':
      return removeOwn(text);
  }
}

function edited(file: HostFile, text: string | undefined): Edited {
  switch (file.kind) {
    case 'entries':
      return addEntries(text, file.entries);
    case 'block':
      return addBlock(text, file.body, file.marks);
    case 'own':
      return writeOwn(text, file.content);
  }
}

async function planned(
  hosts: readonly InstallableHost[],
  target: Target,
  edit: (file: HostFile, text: string | undefined) => Promise<Edited>,
): Promise<Step[]> {
  const shared = new Map<string, { file: HostFile; hosts: HostId[] }>();
  for (const host of hosts) {
    for (const file of host.files(target)) {
      const place = shared.get(file.path) ?? { file, hosts: [] };
      shared.set(file.path, { file, hosts: [...place.hosts, host.id] });
    }
  }
  return Promise.all([...shared.values()].map(({ file, hosts: ids }) => step(file, ids, edit)));
}

async function step(
  file: HostFile,
  hosts: readonly HostId[],
  edit: (file: HostFile, text: string | undefined) => Promise<Edited>,
): Promise<Step> {
  const { path } = file;
  const place = { path, file, hosts };
  const refused = (why: string, line?: number): Step => ({
    ...place,
    before: undefined,
    outcome: { kind: 'refused', why, line },
  });
  try {
    const before = await readSettings(path);
    const now = await edit(file, before);
    if ('why' in now) return refused(now.why, now.line);
    const problem = path.endsWith('.toml') ? (tomlProblem(before) ?? tomlProblem(now.text)) : undefined;
    if (problem !== undefined) return refused(problem.why, problem.line);
    if (now.text === before) return { ...place, before, outcome: { kind: 'unchanged' } };
    const why = await obstacle(path);
    if (why !== undefined) return refused(why);
    if (now.text === undefined) return { ...place, before, outcome: { kind: 'remove' } };
    return { ...place, before, outcome: { kind: 'write', after: now.text } };
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}
