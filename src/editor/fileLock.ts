import { existsSync } from 'node:fs';
import type { Disposable, TextDocument } from 'vscode';
import { EventEmitter, l10n, Uri, window, workspace } from 'vscode';
import { openDocumentAt } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders } from './folders.ts';
import { NamedFiles } from './namedFiles.ts';
import type { ReadonlySetting } from './readonlySetting.ts';
import { Refusal } from './refusal.ts';
import { grantsOf } from './words.ts';

/**
 * Keeps files read-only in the editor: those that the policy locks, and those that a person did. A scope opens what it
 * names, and a person opens what they like; both end with the scope.
 */
export class FileLock implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new EventEmitter<void>());
  private readonly folders: Folders;
  private readonly setting: ReadonlySetting;
  private readonly failed: (error: unknown, path: string) => void;
  private readonly named = new NamedFiles();
  /** What a person has said in this window, against the policy or the scope. */
  private readonly words = new Map<string, Word>();
  private readonly scoped = new Set<FolderSession>();
  /** What is to be locked when nobody has opened it, and what of it this window does lock. */
  private lockable: ReadonlyMap<string, Place> = new Map();
  private locked: ReadonlyMap<string, Place> = new Map();
  /** What could not be locked yet, because somebody has not saved it. */
  private unsaved: ReadonlySet<string> = new Set();
  private told: string | undefined;
  private turn: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  readonly onDidChange = this.changed.event;

  constructor(folders: Folders, setting: ReadonlySetting, failed: (error: unknown, path: string) => void) {
    this.folders = folders;
    this.setting = setting;
    this.failed = failed;
    this.disposables.add(folders.onDidChange(() => void this.update()));
    this.disposables.add(setting.onDidChange(() => void this.heed()));
    const isSaved = (document: TextDocument) => {
      if (this.unsaved.has(document.uri.toString()) && !document.isDirty) void this.update();
    };
    this.disposables.add(workspace.onDidOpenTextDocument(({ uri }) => void this.meet(uri)));
    this.disposables.add(workspace.onDidSaveTextDocument(isSaved));
    this.disposables.add(workspace.onDidCloseTextDocument(isSaved));
    this.disposables.add(workspace.onDidChangeTextDocument(({ document }) => isSaved(document)));
    void this.update();
  }

  /** Whether the editor keeps a file read-only; another window may have let it go. */
  isLocked(uri: Uri): boolean {
    return this.locked.has(uri.toString()) && this.setting.holds(uri);
  }

  /** Whether a file would be locked if nobody had opened it. */
  isOpened(uri: Uri): boolean {
    return this.lockable.has(uri.toString()) && !this.isLocked(uri);
  }

  /** Whether there is a scope with whose end a file is locked again. */
  isScoped(uri: Uri): boolean {
    const place = this.lockable.get(uri.toString());
    return place !== undefined && grantsOf(place.folder) !== undefined;
  }

  /** The paths of all that is locked now, and of all that is open. */
  all(): { readonly locked: readonly string[]; readonly opened: readonly string[] } {
    const [locked, opened]: [string[], string[]] = [[], []];
    for (const { uri } of this.lockable.values()) (this.isLocked(uri) ? locked : opened).push(uri.fsPath);
    return { locked, opened };
  }

  async lock([given]: readonly unknown[]): Promise<void> {
    const uri = target(given);
    const place = this.folders.protectedAt(uri);
    if (place === undefined) throw new Refusal(l10n.t('Only a protected file can be locked.'));
    // A scope that comes later opens the file again; only the one in force is spoken against.
    if (grantsOf(place.folder) === undefined) this.words.delete(uri.toString());
    else this.words.set(uri.toString(), 'locked');
    if (!place.folder.locks(place.path)) await this.setting.choose(uri, true);
    this.told = undefined;
    await this.update();
    if (this.unsaved.has(uri.toString()))
      throw new Refusal(l10n.t('{0} is locked as soon as it is saved.', place.path));
  }

  /** Opens a file until the scope ends. What a person locked by hand, with no scope in force, is theirs to open for good. */
  async unlock([given]: readonly unknown[]): Promise<void> {
    const uri = target(given);
    const place = this.folders.protectedAt(uri);
    this.words.set(uri.toString(), 'open');
    if (place === undefined || grantsOf(place.folder) === undefined) await this.setting.choose(uri, false);
    // Another window may have locked it.
    if (!this.locked.has(uri.toString())) await this.setting.change({ release: [uri] });
    await this.update();
  }

  /** Takes out what was set, while there is still somebody to take it out. */
  async end(): Promise<void> {
    this.disposables.dispose();
    await this.turn;
    if (this.locked.size > 0) await this.setting.end([...this.locked.values()].map(({ uri }) => uri));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** A new file is locked as soon as somebody opens it. */
  private async meet(uri: Uri): Promise<void> {
    const place = this.folders.protectedAt(uri);
    if (place === undefined || this.lockable.has(uri.toString()) || !place.folder.locks(place.path)) return;
    await place.folder.guard.adopt(place.path).catch((error: unknown) => this.tellOnce(error));
    await this.update();
  }

  /** One after the other: the last word must be the last thing that is known. One that has not begun serves for all. */
  private update(): Promise<void> {
    this.next ??= this.inTurn(() => {
      this.next = undefined;
      return this.updateOnce();
    });
    return this.next;
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step).catch((error: unknown) => this.tellOnce(error));
    return this.turn;
  }

  /** What a person did not let go, and another program has taken out of the settings, is put in again. */
  private heed(): Promise<void> {
    return this.inTurn(async () => {
      if ([...this.locked.values()].some(({ uri }) => !this.setting.holds(uri))) await this.carryOut({});
      await this.updateOnce();
    });
  }

  private async updateOnce(): Promise<void> {
    const places = await this.places();
    if (places === undefined) return;
    this.lockable = new Map(places.map((place) => [place.key, place]));
    const isUnsaved = ({ key, uri }: Place) => !this.locked.has(key) && openDocumentAt(uri)?.isDirty === true;
    const closed = places.filter(({ isOpen }) => !isOpen);
    this.unsaved = new Set(closed.filter(isUnsaved).map(({ key }) => key));
    const now = new Map(closed.filter((place) => !isUnsaved(place)).map((place) => [place.key, place]));
    const added = [...now.values()].filter(({ key }) => !this.locked.has(key));
    const gone = [...this.locked.values()].filter(({ key }) => !now.has(key));
    const isHere = ({ folder }: Place) => this.folders.all().includes(folder);
    if (added.length + gone.length > 0) {
      const isDone = await this.carryOut({
        lock: added.map(({ uri }) => uri),
        release: gone.filter(isHere).map(({ uri }) => uri),
        leave: gone.filter((place) => !isHere(place)).map(({ uri }) => uri),
      });
      if (isDone) this.locked = now;
    }
    this.changed.fire();
  }

  /** Everything that is to be locked, and whether it is open now; `undefined` where that cannot be told. */
  private async places(): Promise<readonly Place[] | undefined> {
    try {
      const chosen = await this.setting.chosen();
      const lists = await Promise.all(this.folders.all().map((folder) => this.placesIn(folder, chosen)));
      return lists.flat();
    } catch (error) {
      this.tellOnce(error);
      return undefined;
    }
  }

  private async placesIn(folder: FolderSession, chosen: ReadonlySet<string>): Promise<readonly Place[]> {
    const isScoped = grantsOf(folder) !== undefined;
    if (!isScoped && this.scoped.delete(folder)) this.forgetWords(folder);
    if (isScoped) this.scoped.add(folder);
    // Most folders lock nothing, and this is asked after every edit.
    if (!folder.hasLocks && chosen.size === 0) return [];
    const places: Place[] = [];
    for (const path of await folder.ports.baselines.paths()) {
      const uri = folder.uriOf(path);
      const key = uri.toString();
      if (folder.protectedPathOf(uri) === undefined) continue;
      if (!folder.locks(path) && !chosen.has(uri.fsPath)) continue;
      if (!this.locked.has(key) && !existsSync(uri.fsPath)) continue;
      const word = this.words.get(key);
      const isOpen = word === undefined ? await this.named.has(folder, path) : word === 'open';
      places.push({ key, uri, folder, isOpen });
    }
    return places;
  }

  private forgetWords(folder: FolderSession): void {
    for (const key of this.words.keys())
      if (folder.pathOf(Uri.parse(key)) !== undefined) this.words.delete(key);
  }

  private async carryOut(change: Parameters<ReadonlySetting['change']>[0]): Promise<boolean> {
    try {
      await this.setting.change(change);
      this.told = undefined;
      return true;
    } catch (error) {
      this.tellOnce(error);
      return false;
    }
  }

  /** It is tried again with every change; a person who has read why it failed need not read it again. */
  private tellOnce(error: unknown): void {
    if (this.told === String(error)) return;
    this.told = String(error);
    this.failed(error, l10n.t('the locked files'));
  }
}

type Word = 'open' | 'locked';

interface Place {
  readonly key: string;
  readonly uri: Uri;
  readonly folder: FolderSession;
  readonly isOpen: boolean;
}

function target(given: unknown): Uri {
  const uri = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
  if (uri === undefined) throw new Refusal(l10n.t('Open the file first.'));
  return uri;
}
