import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { decodeEdit, type InstalledEdit } from '../store/installed.ts';
import { editorLocksFile } from '../store/location.ts';
import { withLock } from '../store/lock.ts';
import { isAlive } from '../store/processes.ts';
import { fieldsOf, type OnDamage, readStored, writeWhole } from '../store/wholeFile.ts';

/** A window that has files locked in the editor. */
export interface LockingWindow {
  readonly id: string;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly globs: readonly string[];
}

/** What of a person's settings is ours, and the way back to what they were without it. */
export interface Ours {
  readonly globs: readonly string[];
  /** What had to be made for them. */
  readonly made: 'file' | 'setting' | undefined;
  /** Leads to the exact bytes, as long as nobody has written since. */
  readonly back: InstalledEdit | undefined;
}

export const nothingOfOurs: Ours = { globs: [], made: undefined, back: undefined };

/** A person's settings, which one or several windows lock files by. */
export interface SettingsPlace {
  /** The file, or another name that stays the same from start to start. */
  readonly name: string;
  /** Makes these globs, and none of ours besides, stand in the settings. `noting` is told before they are written. */
  write(ours: Ours, globs: readonly string[], noting: (next: Ours) => Promise<void>): Promise<void>;
}

export interface LockChange {
  readonly lock?: readonly string[];
  /** Let go by a person's word or a scope: no other window keeps these locked. */
  readonly release?: readonly string[];
  /** Of no concern to this window any more; another may keep them. */
  readonly leave?: readonly string[];
}

/**
 * The record, for all windows of this machine, of what is locked in the editor. It lies outside of every workspace. Every
 * change is made under one lock, and by it also goes what windows have left that are no more.
 */
export class EditorLocks {
  private readonly root: string;
  private readonly file: string;
  private readonly onDamage: OnDamage;

  constructor(stateRoot: string, onDamage: OnDamage) {
    this.root = stateRoot;
    this.file = editorLocksFile(stateRoot);
    this.onDamage = onDamage;
  }

  /** Changes what a window locks. With nothing to change, what somebody took out of the settings is put in again. */
  change(place: SettingsPlace, window: Omit<LockingWindow, 'globs'>, change: LockChange): Promise<void> {
    return this.inTurn(async () => {
      const known = (await this.read()).settings[place.name] ?? nobodys;
      const release = new Set(change.release);
      const leave = new Set([...release, ...(change.leave ?? [])]);
      const own = known.windows.find(({ id }) => id === window.id)?.globs ?? [];
      const others = known.windows
        .filter(({ id }) => id !== window.id)
        .map((other) => ({ ...other, globs: other.globs.filter((glob) => !release.has(glob)) }));
      const globs = [...new Set([...own.filter((glob) => !leave.has(glob)), ...(change.lock ?? [])])];
      await this.settle(place, known, [...others, { ...window, globs }]);
    });
  }

  /** Takes out what windows have left that are no more; with `all`, what the others have locked, too. */
  async sweep(placeOf: (name: string) => SettingsPlace | undefined, all = false): Promise<void> {
    if (!existsSync(this.file)) return;
    await this.inTurn(async () => {
      const { settings } = await this.read();
      const failures: unknown[] = [];
      for (const [name, known] of Object.entries(settings)) {
        const place = placeOf(name);
        const step = place && this.settle(place, known, all ? [] : known.windows);
        // Settings that cannot be written keep no others from it.
        await step?.catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
      if (all) await rm(this.file, { force: true });
    });
  }

  /** The files that a person has locked by hand. */
  async chosen(): Promise<readonly string[]> {
    return existsSync(this.file) ? (await this.read()).chosen : [];
  }

  choose(file: string, isLocked: boolean): Promise<void> {
    return this.inTurn(async () => {
      const known = await this.read();
      const others = known.chosen.filter((one) => one !== file);
      await this.keep({ ...known, chosen: isLocked ? [...others, file] : others });
    });
  }

  private async settle(
    place: SettingsPlace,
    known: Locking,
    windows: readonly LockingWindow[],
  ): Promise<void> {
    const alive = windows.filter((window) => window.globs.length > 0 && lives(window));
    const globs = [...new Set(alive.flatMap((window) => window.globs))].sort();
    await this.note(place.name, { windows: alive, ours: known.ours });
    await place.write(known.ours, globs, (ours) => this.note(place.name, { windows: alive, ours }));
  }

  private async note(name: string, locking: Locking): Promise<void> {
    const known = await this.read();
    const { [name]: _, ...others } = known.settings;
    const isEmpty = locking.windows.length + locking.ours.globs.length === 0;
    await this.keep({ ...known, settings: isEmpty ? others : { ...others, [name]: locking } });
  }

  private async inTurn<T>(step: () => Promise<T>): Promise<T> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    return withLock(join(this.root, 'editor-locks.turn'), step);
  }

  private async read(): Promise<Locks> {
    if (!existsSync(this.file)) return noLocks;
    return (await readStored(this.file, decode, this.onDamage)) ?? noLocks;
  }

  private async keep(locks: Locks): Promise<void> {
    if (locks.chosen.length > 0 || Object.keys(locks.settings).length > 0)
      await writeWhole(this.file, `${JSON.stringify({ schema: 1, ...locks }, null, 2)}\n`);
    else await rm(this.file, { force: true });
  }
}

interface Locks {
  readonly chosen: readonly string[];
  readonly settings: Readonly<Record<string, Locking>>;
}

interface Locking {
  readonly windows: readonly LockingWindow[];
  readonly ours: Ours;
}

const noLocks: Locks = { chosen: [], settings: {} };
const nobodys: Locking = { windows: [], ours: nothingOfOurs };

/** The number of a process is given anew after a start of the machine. */
function lives({ pid, since }: LockingWindow): boolean {
  return isAlive(pid) && since >= Date.now() - uptime() * 1000 - clockSlack;
}

const clockSlack = 60_000;

function decode(value: unknown): Locks | undefined {
  const { chosen, settings } = fieldsOf(value) ?? {};
  const all = fieldsOf(settings);
  if (all === undefined) return undefined;
  const known = Object.entries(all).map(([name, locking]) => [name, decodeLocking(locking)] as const);
  return { chosen: textsIn(chosen), settings: Object.fromEntries(known) };
}

function decodeLocking(value: unknown): Locking {
  const { windows, ours } = fieldsOf(value) ?? {};
  const { globs, made, back } = fieldsOf(ours) ?? {};
  return {
    windows: Array.isArray(windows) ? windows.flatMap(decodeWindow) : [],
    ours: {
      globs: textsIn(globs),
      made: made === 'file' || made === 'setting' ? made : undefined,
      back: decodeEdit(back),
    },
  };
}

function decodeWindow(value: unknown): LockingWindow[] {
  const { id, pid, since, globs } = fieldsOf(value) ?? {};
  if (typeof id !== 'string' || typeof pid !== 'number' || typeof since !== 'number') return [];
  return [{ id, pid, since, globs: textsIn(globs) }];
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
