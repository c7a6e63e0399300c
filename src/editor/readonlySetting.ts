import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Disposable, ExtensionContext } from 'vscode';
import { ConfigurationTarget, EventEmitter, env, UIKind, Uri, workspace } from 'vscode';
import type { EditorLocks, LockChange, SettingsPlace } from '../setup/editorLocks.ts';
import { editorLocksFile } from '../store/location.ts';
import { DisposableList } from './disposables.ts';

/**
 * Keeps locked files in `files.readonlyInclude` of the person's own settings. No other target leaves the folder
 * untouched, and an extension has no other way to an editor that is read-only.
 */
export class ReadonlySetting implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new EventEmitter<void>());
  private readonly stateRoot: string;
  private readonly told: (message: string) => void;
  private readonly file: string;
  private readonly window = {
    id: `${process.pid}-${Date.now().toString(36)}`,
    pid: process.pid,
    since: Date.now(),
  };
  /** With the window on another machine than the files, the settings are on that one. */
  private isAfar = env.remoteName !== undefined && env.uiKind === UIKind.Desktop;
  private isProven = false;
  /** Somebody has changed what is read-only. */
  readonly onDidChange = this.changed.event;

  constructor({ globalStorageUri }: ExtensionContext, stateRoot: string, told: (message: string) => void) {
    this.stateRoot = stateRoot;
    this.told = told;
    this.file = join(globalStorageUri.fsPath, '..', '..', 'settings.json');
    this.disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(readonlyInclude)) this.changed.fire();
      }),
    );
  }

  /** Whether the editor shows a file read-only for us; it hears of a change a moment after it was made. */
  holds(uri: Uri): boolean {
    return globsInForce()[globFor(uri)] === true;
  }

  async change({ lock = [], release = [], leave = [] }: Changed): Promise<void> {
    const change = { lock: lock.map(globFor), release: release.map(globFor), leave: leave.map(globFor) };
    await this.write(change);
    if (this.isProven || lock.length === 0) return;
    this.isProven = true;
    if (this.isAfar || (await areInForce(change.lock))) return;
    // VS Code reads other settings: another profile is in use, or this file is nowhere near.
    await this.write({ leave: change.lock });
    this.isAfar = true;
    await this.write(change);
  }

  /** A lock that nobody is left to open would be a trap: it goes with the window. */
  end(uris: readonly Uri[]): Promise<void> {
    return this.write({ leave: uris.map(globFor) });
  }

  async chosen(): Promise<ReadonlySet<string>> {
    // Where nothing is locked, what writes settings is never loaded.
    if (!existsSync(editorLocksFile(this.stateRoot))) return new Set();
    return new Set(await (await this.locks()).chosen());
  }

  async choose({ fsPath }: Uri, isLocked: boolean): Promise<void> {
    if (isLocked || (await this.chosen()).has(fsPath)) await (await this.locks()).choose(fsPath, isLocked);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async write(change: LockChange): Promise<void> {
    const { settingsFileAt } = await import('../setup/personsSettings.ts');
    const copy = join(this.stateRoot, `settings-${this.window.id}.json`);
    const place = this.isAfar ? settingsAfar() : announced(settingsFileAt(this.file), copy);
    await (await this.locks()).change(place, this.window, change);
  }

  private async locks(): Promise<EditorLocks> {
    const { EditorLocks } = await import('../setup/editorLocks.ts');
    return new EditorLocks(this.stateRoot, this.told);
  }
}

const readonlyInclude = 'files.readonlyInclude';

type Changed = { readonly [what in keyof LockChange]?: readonly Uri[] };

/** Globs have slashes on every system. What one would take for a sign can only stand where any one character may. */
function globFor({ fsPath }: Uri): string {
  return fsPath
    .split(sep)
    .join('/')
    .replace(/[\\*?[\]{}!]/g, '?');
}

type Globs = Readonly<Record<string, boolean>>;

function globsInForce(): Globs {
  return workspace.getConfiguration().inspect<Globs>(readonlyInclude)?.globalValue ?? {};
}

/**
 * In a browser, VS Code hears of a change of its settings file under another name than it knows it by, and heeds it only
 * when it is itself what writes or copies the file. Of the two only the copy cannot put back what somebody has changed
 * meanwhile. Elsewhere VS Code watches the file.
 */
function announced(place: SettingsPlace, copy: string): SettingsPlace {
  if (env.uiKind !== UIKind.Web) return place;
  const announce = async () => {
    const remote = (path: string) => Uri.from({ scheme: 'vscode-remote', path });
    await workspace.fs.copy(remote(place.name), remote(copy), { overwrite: true });
    await rm(copy, { force: true });
  };
  return {
    ...place,
    write: async (ours, globs, noting) => {
      await place.write(ours, globs, noting);
      // The window may be gone by now, and nobody answers.
      await Promise.race([announce().catch(() => undefined), new Promise((done) => setTimeout(done, 1_000))]);
    },
  };
}

/** VS Code sees a change of its settings file within a few hundred milliseconds. */
async function areInForce(globs: readonly string[]): Promise<boolean> {
  for (const end = Date.now() + noticedWithin; ; ) {
    const known = globsInForce();
    if (globs.every((glob) => glob in known)) return true;
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, 50));
  }
}

const noticedWithin = 4_000;

/** Settings on another machine: only VS Code can write them, and only while the window is there. */
function settingsAfar(): SettingsPlace {
  return {
    name: afar,
    write: async (ours, globs, noting) => {
      const before = workspace.getConfiguration().inspect<Globs>(readonlyInclude)?.globalValue;
      const theirs = Object.fromEntries(
        Object.entries(before ?? {}).filter(([glob]) => !ours.globs.includes(glob)),
      );
      const added = globs.filter((glob) => !(glob in theirs));
      const after: Globs = { ...theirs, ...Object.fromEntries(added.map((glob) => [glob, true])) };
      const made = ours.made ?? (before === undefined ? 'setting' : undefined);
      await noting({ globs: [...new Set([...ours.globs, ...added])], made, back: undefined });
      const isGone = made !== undefined && Object.keys(after).length === 0;
      const value = isGone ? undefined : after;
      if (JSON.stringify(value) !== JSON.stringify(before))
        await workspace.getConfiguration().update(readonlyInclude, value, ConfigurationTarget.Global);
      await noting({ globs: added, made: added.length === 0 ? undefined : made, back: undefined });
    },
  };
}

const afar = `the settings of ${env.appName}${env.remoteName === undefined ? '' : ` for ${env.remoteName}`}`;
