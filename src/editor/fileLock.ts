import type { Disposable, ExtensionContext, StatusBarItem, TextDocument } from 'vscode';
import { l10n, StatusBarAlignment, Uri, window, workspace } from 'vscode';
import type { BufferAuthors } from './bufferAuthors.ts';
import { bytesOf } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders } from './folders.ts';
import { commands } from './ids.ts';
import { ReadonlySetting } from './readonlySetting.ts';
import { Refusal } from './refusal.ts';
import { grantsOf } from './words.ts';

/**
 * Keeps files read-only in the editor while no scope is in force: those that the policy locks, and those that a person
 * did. An agent's proposal then stays in the buffer, where it is judged, and what may be written is written from here.
 */
export class FileLock implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly folders: Folders;
  private readonly authors: BufferAuthors;
  private readonly failed: (error: unknown, path: string) => void;
  private readonly setting: ReadonlySetting;
  private readonly chosen: ExtensionContext['workspaceState'];
  private readonly item: StatusBarItem;
  /** Opened by a person, until the next scope ends. */
  private readonly opened = new Set<string>();
  private readonly scoped = new Set<FolderSession>();
  private readonly looks = new Map<string, NodeJS.Timeout>();
  private locked: ReadonlySet<string> = new Set();
  private isSwept = false;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    folders: Folders,
    authors: BufferAuthors,
    context: ExtensionContext,
    failed: (error: unknown, path: string) => void,
  ) {
    this.folders = folders;
    this.authors = authors;
    this.failed = failed;
    this.chosen = context.workspaceState;
    this.setting = new ReadonlySetting(context);
    this.item = this.disposables.add(
      window.createStatusBarItem('infrahold.lock', StatusBarAlignment.Left, 29),
    );
    this.item.name = l10n.t('Infrahold: Lock');
    this.disposables.add(folders.onDidChange(() => void this.update()));
    this.disposables.add(window.onDidChangeActiveTextEditor(() => this.show()));
    this.disposables.add(workspace.onDidChangeTextDocument(({ document }) => this.look(document)));
    void this.update();
  }

  dispose(): void {
    this.disposables.dispose();
    for (const timer of this.looks.values()) clearTimeout(timer);
  }

  /** A lock that nobody is left to open would be a trap: it goes with the window. */
  end(): Promise<void> {
    return this.setting.set([]);
  }

  async lock([given]: readonly unknown[]): Promise<void> {
    const uri = this.target(given);
    this.opened.delete(uri.toString());
    await this.choose((uris) => [...new Set([...uris, uri.toString()])]);
    if (this.folders.protectedAt(uri) === undefined)
      throw new Refusal(l10n.t('Only a protected file can be locked.'));
    await this.update();
  }

  async unlock([given]: readonly unknown[]): Promise<void> {
    const uri = this.target(given);
    await this.choose((uris) => uris.filter((one) => one !== uri.toString()));
    this.opened.add(uri.toString());
    await this.update();
  }

  private target(given: unknown): Uri {
    const uri = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
    if (uri === undefined) throw new Refusal(l10n.t('Open the file first.'));
    return uri;
  }

  private async choose(change: (uris: readonly string[]) => readonly string[]): Promise<void> {
    await this.chosen.update(key, change(this.chosen.get<readonly string[]>(key) ?? []));
  }

  /** One after the other: the last word must be the last thing that is known. */
  private update(): Promise<void> {
    this.turn = this.turn.then(() => this.updateOnce());
    return this.turn;
  }

  private async updateOnce(): Promise<void> {
    try {
      const lists = await Promise.all(this.folders.all().map((folder) => this.lockedIn(folder)));
      const uris = lists.flat();
      const now = new Set(uris.map(String));
      const isSame = now.size === this.locked.size && [...now].every((uri) => this.locked.has(uri));
      this.locked = now;
      this.show();
      // The first time sweeps up after a window that ended without a word.
      if (!isSame || !this.isSwept) await this.setting.set(uris);
      this.isSwept = true;
    } catch (error) {
      this.failed(error, 'files.readonlyInclude');
    }
  }

  private async lockedIn(folder: FolderSession): Promise<readonly Uri[]> {
    const chosen = new Set(this.chosen.get<readonly string[]>(key) ?? []);
    // Most folders lock nothing, and this is asked after every edit.
    if (!folder.hasLocks && chosen.size === 0) return [];
    const paths = await folder.ports.baselines.paths();
    const isScoped = (grantsOf(folder) ?? []).length > 0;
    if (!isScoped && this.scoped.delete(folder))
      for (const path of paths) this.opened.delete(folder.uriOf(path).toString());
    if (isScoped) this.scoped.add(folder);
    if (isScoped) return [];
    return paths
      .filter((path) => folder.protectedPathOf(folder.uriOf(path)) !== undefined)
      .map((path) => ({ path, uri: folder.uriOf(path) }))
      .filter(({ path, uri }) => folder.locks(path) || chosen.has(uri.toString()))
      .map(({ uri }) => uri)
      .filter((uri) => !this.opened.has(uri.toString()));
  }

  private show(): void {
    const uri = window.activeTextEditor?.document.uri;
    if (uri === undefined || !this.locked.has(uri.toString())) {
      this.item.hide();
      return;
    }
    this.item.text = l10n.t('$(lock) Locked');
    this.item.tooltip = l10n.t('Infrahold keeps this file read-only. Click to unlock it.');
    this.item.command = { title: '', command: commands.unlockFile, arguments: [uri] };
    this.item.show();
  }

  /** Nothing saves the buffer of a locked file, so what an agent wrote there is judged as soon as it is whole. */
  private look(document: TextDocument): void {
    const uri = document.uri.toString();
    if (!this.locked.has(uri)) return;
    clearTimeout(this.looks.get(uri));
    this.looks.set(
      uri,
      setTimeout(() => void this.judge(document), wholeAfter),
    );
  }

  private async judge(document: TextDocument): Promise<void> {
    this.looks.delete(document.uri.toString());
    const place = this.folders.protectedAt(document.uri);
    if (place === undefined || document.isClosed) return;
    const { folder, path } = place;
    try {
      if (folder.baselineText(path) === document.getText() || folder.landing.has(path)) return;
      const after = await bytesOf(document);
      const origin = this.authors.originOf(document.uri);
      const review = await folder.guard.review({ path, after, road: 'save', origin });
      if (review.outcome === 'pass') await folder.ports.files.replace(path, after);
      else if (review.isNew) folder.tell([review.held]);
      await folder.refresh(path);
    } catch (error) {
      this.failed(error, path);
    }
  }
}

const key = 'infrahold.locked';
const wholeAfter = 400;
