import { dirname } from 'node:path';
import type { Target } from '../agents/install/host.ts';
import { editBack, type InstalledEdits, textBefore } from '../store/installed.ts';
import { type Step, taken } from './plan.ts';
import { removeSettings, writeSettings } from './settingsFile.ts';

/** Does what was planned, file by file, and keeps on record how to take it back. One that fails is told as refused. */
export async function applySteps(
  steps: readonly Step[],
  record: InstalledEdits,
  doing: 'install' | 'uninstall',
  { level, root, user }: Target,
): Promise<Step[]> {
  const done: Step[] = [];
  const base = level === 'project' ? root : user.home;
  for (const step of steps) {
    try {
      await (doing === 'install' ? write(step, record) : takeOut(step, record, base));
      done.push(step);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      done.push({ ...step, outcome: { kind: 'refused', why, line: undefined } });
    }
  }
  return done;
}

/** The record is written first: a file that was changed and is not on record could not be put back exactly. */
async function write({ path, file, before, outcome }: Step, record: InstalledEdits): Promise<void> {
  if (outcome.kind !== 'write') return;
  const known = await record.get(path);
  const ours = known === undefined || before === undefined ? undefined : textBefore(known, before);
  const original = ours ?? taken(file, before);
  const without = 'text' in original ? original.text : before;
  const earlier = known?.madeFolder;
  await record.set(path, editBack(without, outcome.after, earlier));
  const made = await writeSettings(path, outcome.after);
  if (made !== undefined) await record.set(path, editBack(without, outcome.after, made));
}

async function takeOut({ path, outcome }: Step, record: InstalledEdits, base: string): Promise<void> {
  const known = await record.get(path);
  if (outcome.kind === 'write') await writeSettings(path, outcome.after);
  if (outcome.kind === 'remove') {
    // Without a record, folders that hold nothing any more are taken for ours, but never the project's own.
    const outermost = known === undefined ? firstBelow(base, path) : known.madeFolder;
    await removeSettings(path, outermost);
  }
  if (outcome.kind !== 'refused' && known !== undefined) await record.set(path, undefined);
}

/** `/project/.cursor` for `/project/.cursor/rules/infrahold.mdc`; `undefined` for a file right in the folder. */
function firstBelow(base: string, path: string): string | undefined {
  let folder = dirname(path);
  if (folder === base || !folder.startsWith(base)) return undefined;
  while (dirname(folder) !== base && dirname(folder) !== folder) folder = dirname(folder);
  return dirname(folder) === base ? folder : undefined;
}
