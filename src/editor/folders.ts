import type { Disposable, Uri, WorkspaceFolder } from 'vscode';
import { EventEmitter } from 'vscode';
import type { HeldEdit } from '../choosing.ts';
import { DisposableList } from './disposables.ts';
import { openDoor } from './door.ts';
import type { FolderServices, FolderSession } from './folderSession.ts';
import { openFolder } from './folderSession.ts';

/** A held edit with the folder it is held in. */
export interface Hold {
  readonly folder: FolderSession;
  readonly held: HeldEdit;
}

/** The folders under guard. What is shared, such as the status bar, asks here and listens here. */
export class Folders implements Disposable {
  private readonly sessions = new Map<string, FolderSession>();
  private readonly owned = new Map<string, DisposableList>();
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new EventEmitter<void>());
  private readonly newlyHeld = this.disposables.add(new EventEmitter<readonly Hold[]>());
  private readonly services: FolderServices;
  readonly onDidChange = this.changed.event;
  readonly onDidHold = this.newlyHeld.event;

  constructor(services: FolderServices) {
    this.services = services;
  }

  async add(folder: WorkspaceFolder): Promise<void> {
    const key = folder.uri.toString();
    if (this.owned.has(key)) return;
    const owned = new DisposableList();
    const since = performance.now();
    this.owned.set(key, owned);
    try {
      const { session, store, words } = await openFolder(folder, this.services);
      owned.add(store);
      owned.add(session);
      owned.add(words);
      owned.add(session.onDidChange(() => this.changed.fire()));
      owned.add(
        session.onDidHold((held) => this.newlyHeld.fire(held.map((one) => ({ folder: session, held: one })))),
      );
      // The folder may have left the window while its state was opened.
      if (this.owned.get(key) !== owned) return;
      this.sessions.set(key, session);
      const files = await session.start();
      // Agents' hooks learn that somebody watches only once everything is watched.
      owned.add(await openDoor(session, store, (error) => this.services.failed(error, folder.name)));
      const { duration } = performance.measure('infrahold/guarded', { start: since });
      this.services.log.info(
        `${folder.name}: ${files} protected files, guarded after ${Math.round(duration)} ms`,
      );
    } catch (error) {
      this.services.failed(error, folder.name);
    }
    this.changed.fire();
  }

  remove(folder: WorkspaceFolder): void {
    const key = folder.uri.toString();
    this.sessions.delete(key);
    this.owned.get(key)?.dispose();
    this.owned.delete(key);
    this.changed.fire();
  }

  all(): readonly FolderSession[] {
    return [...this.sessions.values()];
  }

  holds(): readonly Hold[] {
    return this.all().flatMap((folder) => folder.guard.held().map((held) => ({ folder, held })));
  }

  /** Those that nobody has answered yet. What was refused before is held and asks for no attention. */
  waiting(): readonly Hold[] {
    return this.holds().filter(({ held }) => held.wasRefused !== true);
  }

  /** The folder and path of a protected file. */
  protectedAt(uri: Uri): { readonly folder: FolderSession; readonly path: string } | undefined {
    for (const folder of this.sessions.values()) {
      const path = folder.protectedPathOf(uri);
      if (path !== undefined) return { folder, path };
    }
    return undefined;
  }

  /** Whether edits on any disk are being judged. */
  areSettling(): boolean {
    return this.all().some(({ isSettling }) => isSettling);
  }

  holdAt(uri: Uri): Hold | undefined {
    const place = this.protectedAt(uri);
    const held = place?.folder.heldAt(place.path);
    return place === undefined || held === undefined ? undefined : { folder: place.folder, held };
  }

  dispose(): void {
    for (const owned of this.owned.values()) owned.dispose();
    this.owned.clear();
    this.sessions.clear();
    this.disposables.dispose();
  }
}

/** The same hold as it is now: a newer proposal or judgement may have taken its place. */
export function currentHold({ folder, held }: Hold): Hold | undefined {
  const now = folder.heldAt(held.path);
  return now === undefined ? undefined : { folder, held: now };
}
