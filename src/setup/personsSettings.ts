import type { Unfit } from '../agents/install/edited.ts';
import { editBack, textBefore } from '../store/installed.ts';
import { nothingOfOurs, type Ours, type SettingsPlace } from './editorLocks.ts';
import { globsIn, withGlobs, withoutGlobs } from './readonlyInclude.ts';
import { readSettings, removeSettings, writeSettings } from './settingsFile.ts';

/**
 * A person's settings file on this machine. It is written by pieces, which VS Code's own interface for settings does not
 * do: that sets the whole of an object anew, without the comments in it, and is gone with the window.
 */
export function settingsFileAt(path: string): SettingsPlace {
  return {
    name: path,
    write: async (ours, globs, noting) => {
      if (ours.globs.length + globs.length === 0) return;
      for (let attempt = 0; attempt < mostTries; attempt++) {
        const text = await readWhole(path);
        const plan = planned(text, ours, globs);
        if ('why' in plan) throw new Error(`${path}:${plan.line}: ${plan.why}`);
        // Until it is written, what stands there may be the old or the new.
        await noting({ ...plan.ours, globs: [...new Set([...ours.globs, ...plan.ours.globs])] });
        // VS Code writes this file as well, whenever a person changes a setting.
        if ((await readSettings(path)) !== text) continue;
        if (plan.text === undefined) await removeSettings(path, undefined);
        else if (plan.text !== text) await writeSettings(path, plan.text);
        return noting(plan.ours);
      }
      throw new Error(`${path}: another program keeps writing it`);
    },
  };
}

const mostTries = 20;

/**
 * VS Code empties this file before it writes it anew. Taken for all that there is, the moment between would cost a person
 * their settings; what is still empty or broken after a while is so on purpose.
 */
async function readWhole(path: string): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const text = await readSettings(path);
    if (attempt === mostTries || !isHalf(text)) return text;
    await new Promise((done) => setTimeout(done, betweenLooks));
  }
}

/** Milliseconds. */
const betweenLooks = 25;

function isHalf(text: string | undefined): boolean {
  if (text === undefined) return false;
  const globs = globsIn(text);
  return text.trim() === '' || (globs !== undefined && 'why' in globs);
}

interface Plan {
  readonly text: string | undefined;
  readonly ours: Ours;
}

function planned(text: string | undefined, ours: Ours, globs: readonly string[]): Plan | Unfit {
  const exact = ours.back === undefined || text === undefined ? undefined : textBefore(ours.back, text);
  const without = exact ?? withoutGlobs(text, ours.globs, ours.made);
  if ('why' in without) return without;
  const theirs = globsIn(without.text);
  if (theirs !== undefined && 'why' in theirs) return theirs;
  const added = globs.filter((glob) => theirs?.has(glob) !== true);
  if (added.length === 0) return { text: without.text, ours: nothingOfOurs };
  const edited = withGlobs(without.text, added);
  if ('why' in edited || edited.text === undefined)
    return 'why' in edited ? edited : { why: 'it is gone', line: 1 };
  const made = without.text === undefined ? 'file' : theirs === undefined ? 'setting' : undefined;
  return {
    text: edited.text,
    ours: { globs: added, made, back: editBack(without.text, edited.text, undefined) },
  };
}
