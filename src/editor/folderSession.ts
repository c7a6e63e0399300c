import { isAbsolute, relative, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Disposable, LogOutputChannel, TextDocument, WorkspaceFolder } from 'vscode';
import { EventEmitter, l10n, Uri, workspace } from 'vscode';
import type { Choice, HeldEdit } from '../choosing.ts';
import { decodeText } from '../content.ts';
import { policyFile } from '../core/model/kinds.ts';
import { systemClock } from '../disk/clock.ts';
import { gitCommits } from '../disk/commits.ts';
import { protectedFiles } from '../disk/files.ts';
import { settler } from '../disk/settler.ts';
import { type Watch, watchFiles } from '../disk/watch.ts';
import { firstLook } from '../firstLook.ts';
import type { Guard } from '../guard.ts';
import { createGuard } from '../guard.ts';
import type { DeclaredScope, Origin, Ports, SessionScope } from '../ports.ts';
import { openStore, type Store } from '../store/open.ts';
import { wordsIn } from '../store/words.ts';
import { openDocumentAt } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import { type FolderPolicy, folderPolicy } from './folderPolicy.ts';
import { ReadingAhead } from './readingAhead.ts';
import { withoutMark } from './textEdits.ts';

/** What a folder's session needs from the parts that all folders share. */
export interface FolderServices {
  /** Who wrote this content, which the disk holds, when an open editor shows it and knows. */
  originOf(document: TextDocument, content: Uint8Array | undefined): Promise<Origin>;
  /** What the disk holds at this place is accepted: an editor with the same text has no author to tell of. */
  accepted(uri: Uri): void;
  failed(error: unknown, path: string): void;
  /** For what a person must hear though no file is affected now. */
  warned(message: string): void;
  /** For what a person should be able to find, though nothing needs an answer. */
  readonly log: Pick<LogOutputChannel, 'info' | 'warn'>;
}

/** One workspace folder under guard: its own guard, state, watcher and scope. */
export class FolderSession implements Disposable {
  readonly folder: WorkspaceFolder;
  readonly ports: Ports;
  readonly guard: Guard;
  /** Texts that a choice is landing right now, by path: their save asks nobody. */
  readonly landing = new Map<string, string>();
  private readonly services: FolderServices;
  private readonly policy: FolderPolicy;
  private watch: Disposable | undefined;
  private readonly disposables = new DisposableList();
  private readonly changed = this.disposables.add(new EventEmitter<void>());
  private readonly newlyHeld = this.disposables.add(new EventEmitter<readonly HeldEdit[]>());
  private readonly wasDecided = this.disposables.add(new EventEmitter<Decision>());
  private readonly texts = new Map<string, string | undefined>();
  private readonly settling = settler(
    (path) => this.settleOnce(path),
    (error, path) => this.services.failed(error, path),
  );
  private readonly ahead = new ReadingAhead((path) => this.guard.readAhead(path));
  private scopeInForce: DeclaredScope | undefined;
  private heardInForce: readonly SessionScope[] = [];
  private expiry: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;
  /** Held edits that the person is to be asked about. */
  readonly onDidHold = this.newlyHeld.event;
  readonly onDidDecide = this.wasDecided.event;

  constructor(folder: WorkspaceFolder, ports: Omit<Ports, 'policy'>, services: FolderServices) {
    this.folder = folder;
    this.policy = folderPolicy();
    this.ports = { ...ports, policy: this.policy };
    this.guard = createGuard(this.ports);
    this.services = services;
    this.disposables.add({ dispose: () => this.watch?.dispose() });
    this.disposables.add({ dispose: () => void this.settling.done() });
    this.disposables.add(workspace.onDidGrantWorkspaceTrust(() => void this.takePolicy()));
    this.disposables.add(workspace.onDidOpenTextDocument(({ uri }) => void this.loadBaseline(uri)));
    this.disposables.add(this.ahead);
    this.disposables.add({ dispose: () => clearTimeout(this.expiry) });
  }

  /** The path within the folder, or `undefined` for what lies outside of it or in a folder nested in it. */
  pathOf(uri: Uri): string | undefined {
    if (uri.scheme !== this.folder.uri.scheme || uri.authority !== this.folder.uri.authority)
      return undefined;
    const path = relative(this.folder.uri.fsPath, uri.fsPath);
    if (path === '' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
    const owner = workspace.getWorkspaceFolder(uri);
    // Folders come and go and their numbers change: only the place tells them apart.
    const isOurs = owner === undefined || owner.uri.toString() === this.folder.uri.toString();
    return isOurs ? path.split(sep).join('/') : undefined;
  }

  protectedPathOf(uri: Uri): string | undefined {
    const path = this.pathOf(uri);
    return path !== undefined && this.ports.policy.kindOf(path) !== undefined ? path : undefined;
  }

  /** Whether the policy has a file locked in the editor. */
  locks(path: string): boolean {
    return this.policy.isLocked(path);
  }

  get hasLocks(): boolean {
    return this.policy.hasLocks;
  }

  uriOf(path: string): Uri {
    return Uri.joinPath(this.folder.uri, ...path.split('/'));
  }

  heldAt(path: string): HeldEdit | undefined {
    return this.guard.held().find((held) => held.path === path);
  }

  /** Whether what was written to the disk is being judged. */
  get isSettling(): boolean {
    return this.settling.isBusy();
  }

  get scope(): DeclaredScope | undefined {
    return this.scopeInForce;
  }

  /** What agents' sessions were told in their prompts. It counts where no scope is declared. */
  get heard(): readonly SessionScope[] {
    return this.heardInForce;
  }

  /** The accepted text as an editor shows it; `undefined` when there is none or it was not read yet. */
  baselineText(path: string): string | undefined {
    return this.texts.get(path);
  }

  /** Looks at every protected file once and watches them from then on. Gives how many there are. */
  async start(): Promise<number> {
    await this.refreshScope();
    await this.guard.adopt(policyFile);
    // What is open comes first: its next save will not wait for the rest of a large folder.
    await Promise.all(workspace.textDocuments.map(({ uri }) => this.loadBaseline(uri)));
    await this.takePolicy();
    return (await this.ports.baselines.paths()).length;
  }

  /** Asks the person about edits that are held. */
  tell(held: readonly HeldEdit[]): void {
    this.newlyHeld.fire(held);
  }

  /** Reads again what is shown of a path after it was settled or resolved. */
  async refresh(path: string): Promise<void> {
    if (this.texts.has(path)) await this.readBaseline(path);
    if (path === policyFile) await this.takePolicy();
    this.changed.fire();
  }

  async declare(scope: DeclaredScope | undefined): Promise<void> {
    await this.guard.declare(scope);
    await this.scopesChanged();
  }

  /** What may be done is another by now: what is held is judged anew. */
  async scopesChanged(): Promise<void> {
    await this.guard.rejudge();
    await this.refreshScope();
    this.changed.fire();
  }

  /** Somebody may have said something in another window or process. */
  async follow(): Promise<void> {
    try {
      // Where the state is gone, this makes it anew.
      await this.guard.baseline(policyFile);
      const [scope, heard] = [await this.guard.scope(), await this.guard.heard()];
      if (isDeepStrictEqual([scope, heard], [this.scopeInForce, this.heardInForce])) return;
      await this.scopesChanged();
    } catch (error) {
      // Whatever needs it next says so aloud, and it may be mended by then.
      this.services.log.warn(String(error));
    }
  }

  /** A person has chosen what becomes of a held edit, and it is done. */
  decided(held: HeldEdit, choice: Choice): void {
    this.wasDecided.fire({ held, choice });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** The accepted policy counts, never the one on disk that may be held. With it, what is to be watched changes. */
  private async takePolicy(): Promise<void> {
    const content = await this.guard.baseline(policyFile);
    for (const { message, line } of await this.policy.take(content, workspace.isTrusted)) {
      const why = l10n.t('line {0}: {1}. What could be read last protects.', line, message);
      this.services.failed(why, policyFile);
    }
    this.watch?.dispose();
    const watch = this.startWatch();
    this.watch = watch;
    await watch.ready;
    const changed = await firstLook(this.guard, this.ports, {
      found: watch.found(),
      protects: (path) => this.guards(path),
      failed: (error, path) => this.services.failed(error, path),
    });
    if (changed.length > 0) this.tell(changed.map(({ held }) => held));
    this.changed.fire();
  }

  /** A folder nested in this one has a session of its own, and two guards on one file would ask twice. */
  private guards(path: string): boolean {
    return this.policy.kindOf(path) !== undefined && this.pathOf(this.uriOf(path)) !== undefined;
  }

  private startWatch(): Watch {
    return watchFiles(this.folder.uri.fsPath, {
      protects: (path) => this.guards(path),
      onWrite: this.settling.soon,
      onError: (message) => this.services.failed(message, this.folder.name),
    });
  }

  private async settleOnce(path: string): Promise<void> {
    const uri = this.uriOf(path);
    const document = openDocumentAt(uri);
    const after = document && (await this.ports.files.read(path));
    const origin = document === undefined ? unknown : await this.services.originOf(document, after);
    // A person's word holds for the very bytes they wrote: whatever comes onto the disk after them is nobody's.
    const own = origin.author === 'human';
    const asked = own ? await this.guard.review({ path, after, road: 'disk', origin }) : undefined;
    const held = this.heldAt(path);
    const review = await this.guard.settle(path, 'disk', own ? unknown : origin);
    // What was found at the start is no question any more once somebody has put it back.
    const isAnswered = held !== undefined && this.heldAt(path) === undefined;
    if (review === undefined) return isAnswered ? this.refresh(path) : undefined;
    await this.refresh(path);
    if (review.outcome === 'pass') this.services.accepted(uri);
    else if (review.isNew || (asked?.outcome === 'held' && asked.isNew)) this.tell([review.held]);
  }

  private async loadBaseline(uri: Uri): Promise<void> {
    const path = this.protectedPathOf(uri);
    if (path === undefined || this.texts.has(path)) return;
    await this.guard.adopt(path);
    await this.readBaseline(path);
    this.ahead.add(path, this.texts.get(path)?.length ?? 0);
  }

  private async readBaseline(path: string): Promise<void> {
    const content = await this.guard.baseline(path);
    const decoded = content === undefined ? undefined : decodeText(content);
    this.texts.set(path, decoded !== undefined && 'text' in decoded ? withoutMark(decoded.text) : undefined);
  }

  private async refreshScope(): Promise<void> {
    clearTimeout(this.expiry);
    this.scopeInForce = await this.guard.scope();
    this.heardInForce = await this.guard.heard();
    const ends = [this.scopeInForce, ...this.heardInForce].flatMap((scope) => scope?.expiresAt ?? []);
    if (ends.length === 0) return;
    const left = Math.min(...ends) - this.ports.clock.now();
    // A scope that ran out takes its permission along: what is held is judged without it.
    this.expiry = setTimeout(() => void this.scopesChanged(), Math.max(left, 0) + 50);
  }
}

interface Decision {
  readonly held: HeldEdit;
  readonly choice: Choice;
}

const unknown: Origin = { author: 'unknown' };

/** Opens the folder's state and puts the guard in front of it. */
export async function openFolder(
  folder: WorkspaceFolder,
  services: FolderServices,
): Promise<{ readonly session: FolderSession; readonly store: Store; readonly words: Disposable }> {
  const root = folder.uri.fsPath;
  const store = await openStore(root, {
    onDamage: (message) => services.log.warn(message),
    rebuilds: true,
    onRebuilt: (message) => {
      services.warned(message);
      words.again();
    },
  });
  const ports = {
    ...store,
    clock: systemClock,
    files: protectedFiles(root),
    commits: gitCommits(root),
  };
  const session = new FolderSession(folder, ports, services);
  const words = wordsIn(store.directory, () => void session.follow());
  return { session, store, words };
}
