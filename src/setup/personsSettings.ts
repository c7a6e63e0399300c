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
        const text = await readSettings(path);
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
