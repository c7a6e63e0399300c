import type { Disposable, TextDocument, TextDocumentWillSaveEvent, TextEdit } from 'vscode';
import { l10n, TextDocumentSaveReason, window, workspace } from 'vscode';
import type { HeldEdit } from '../choosing.ts';
import type { Review } from '../holding.ts';
import type { Origin } from '../ports.ts';
import type { BufferAuthors } from './bufferAuthors.ts';
import { bytesOf, editsTo, holdsText, keepViews, showText, textOf } from './buffers.ts';
import { DisposableList } from './disposables.ts';
import type { FolderSession } from './folderSession.ts';
import type { Folders } from './folders.ts';
import { lossesInWords } from './words.ts';

/** Stands between a buffer and its save: what is held stays in the buffer, and the disk keeps the baseline. */
export class Saves implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly folders: Folders;
  private readonly authors: BufferAuthors;
  private readonly failed: (error: unknown, path: string) => void;
  /** What goes back into a buffer as soon as its save has written the baseline. */
  private readonly withdrawn = new Map<string, Withdrawn>();
  private readonly autoSaves = new Map<string, { readonly id: string; readonly times: number }>();
  /** How often in a row a save was judged too late. */
  private readonly lateSaves = new WeakMap<TextDocument, number>();
  private reviews = 0;

  constructor(folders: Folders, authors: BufferAuthors, failed: (error: unknown, path: string) => void) {
    this.folders = folders;
    this.authors = authors;
    this.failed = failed;
    this.disposables.add(workspace.onWillSaveTextDocument((event) => this.willSave(event)));
    this.disposables.add(workspace.onDidSaveTextDocument((document) => void this.giveBack(document)));
  }

  dispose(): void {
    this.disposables.dispose();
    for (const { timer } of this.withdrawn.values()) clearTimeout(timer);
  }

  /** Whether a save is being judged, or has not ended since. */
  areUnderWay(): boolean {
    return this.reviews > 0 || this.withdrawn.size > 0;
  }

  private willSave(event: TextDocumentWillSaveEvent): void {
    const place = this.folders.protectedAt(event.document.uri);
    if (place === undefined) return;
    if (place.folder.landing.get(place.path) === event.document.getText()) return;
    event.waitUntil(this.editsBeforeSave(event, place.folder, place.path));
  }

  /** All listeners of all extensions share 1,500 ms, and a rejection counts against us: it never rejects. */
  private async editsBeforeSave(
    event: TextDocumentWillSaveEvent,
    folder: FolderSession,
    path: string,
  ): Promise<TextEdit[]> {
    const { document } = event;
    const text = document.getText();
    const reviewing = this.review(document, folder, path);
    try {
      const review = await inTime(reviewing, reviewTime);
      if (review.outcome === 'pass') {
        this.lateSaves.delete(document);
        warnOfLosses(review, path);
        return [];
      }
      const { held } = review;
      // Whoever reads the prompt finds the proposal in the buffer: it is told when the save is over.
      const tell = () => this.tell(event, folder, review);
      const baseline = held.baseline === undefined ? undefined : textOf(held.baseline);
      const edits =
        baseline === undefined || document.getText() !== text
          ? []
          : this.withdraw(document, {
              baseline,
              origin: held.origin,
              returns: this.returns(event, held),
              tell,
            });
      if (edits.length === 0) tell();
      return edits;
    } catch (error) {
      let isBack = (): void => undefined;
      const back = new Promise<void>((done) => {
        isBack = done;
      });
      if (error instanceof TooLate) void this.whenLate(event, folder, path, { text, reviewing, back });
      else this.failed(error, path);
      return this.whenUnsure(document, folder, path, isBack);
    }
  }

  /** Two hundred files saved at once take longer than one: a hold is told of whenever it is known. */
  private async whenLate(
    event: TextDocumentWillSaveEvent,
    folder: FolderSession,
    path: string,
    { text, reviewing, back }: LateSave,
  ): Promise<void> {
    try {
      const review = await reviewing;
      if (review.outcome === 'held') return this.tell(event, folder, review);
      await back;
      await this.saveAgain(event.document, path, text);
    } catch (error) {
      this.failed(error, path);
    }
  }

  /** What may pass is saved after all, since that is what was asked for; what is late time after time waits for a person. */
  private async saveAgain(document: TextDocument, path: string, text: string): Promise<void> {
    if (document.isClosed || !document.isDirty || document.getText() !== text) return;
    const times = (this.lateSaves.get(document) ?? 0) + 1;
    this.lateSaves.set(document, times);
    if (times <= mostLate && (await document.save())) return;
    const message = l10n.t('$(shield) {0} is not saved yet: judging it took too long. Save it again.', path);
    window.setStatusBarMessage(message, messageShownFor);
  }

  private async review(document: TextDocument, folder: FolderSession, path: string): Promise<Review> {
    this.reviews++;
    try {
      const origin = this.authors.originOf(document.uri);
      const after = await bytesOf(document);
      const review = await folder.guard.review({ path, after, road: 'save', origin });
      void folder.refresh(path);
      return review;
    } finally {
      this.reviews--;
    }
  }

  /** An edit that is held already is told again only to a person who saves by hand and may wonder. */
  private tell(event: TextDocumentWillSaveEvent, folder: FolderSession, { held, isNew }: HeldReview): void {
    const isByHand = event.reason === TextDocumentSaveReason.Manual;
    if (held.wasRefused !== true) {
      if (isNew || isByHand) folder.tell([held]);
    } else if (isByHand) {
      const message = l10n.t('$(shield) {0} is held: this edit was refused before.', held.path);
      window.setStatusBarMessage(message, messageShownFor);
    }
  }

  /** A judge that failed or is late lets nothing pass: the disk keeps what it has. */
  private async whenUnsure(
    document: TextDocument,
    folder: FolderSession,
    path: string,
    isBack: () => void,
  ): Promise<TextEdit[]> {
    let edits: TextEdit[] = [];
    try {
      const accepted =
        folder.baselineText(path) ?? textOf(await inTime(folder.ports.files.read(path), fallbackTime));
      if (accepted !== undefined) {
        const origin = this.authors.originOf(document.uri);
        edits = this.withdraw(document, { baseline: accepted, origin, returns: true, tell: isBack });
      }
    } catch (error) {
      this.failed(error, path);
    }
    if (edits.length === 0) isBack();
    return edits;
  }

  private withdraw(document: TextDocument, what: Withdrawal): TextEdit[] {
    const edits = editsTo(document, what.baseline);
    if (edits.length === 0) return [];
    const key = document.uri.toString();
    clearTimeout(this.withdrawn.get(key)?.timer);
    // A save that failed says nothing; the text must come back all the same.
    const timer = setTimeout(() => void this.giveBack(document), saveTime);
    const text = document.getText();
    this.withdrawn.set(key, { ...what, text, restoreViews: keepViews(document), timer });
    return edits;
  }

  /** Auto save would save what we give back again and again; after a few rounds the quarantine alone keeps it. */
  private returns(event: TextDocumentWillSaveEvent, held: HeldEdit): boolean {
    const key = event.document.uri.toString();
    if (event.reason === TextDocumentSaveReason.Manual) {
      this.autoSaves.delete(key);
      return true;
    }
    const known = this.autoSaves.get(key);
    const times = known?.id === held.id ? known.times + 1 : 1;
    this.autoSaves.set(key, { id: held.id, times });
    return times <= mostReturns;
  }

  private async giveBack(document: TextDocument): Promise<void> {
    const key = document.uri.toString();
    const withdrawn = this.withdrawn.get(key);
    if (withdrawn === undefined) return;
    clearTimeout(withdrawn.timer);
    this.withdrawn.delete(key);
    await this.returnText(document, withdrawn);
    withdrawn.tell();
  }

  private async returnText(document: TextDocument, withdrawn: Withdrawn): Promise<void> {
    // Somebody wrote meanwhile, or the editor is gone: the newer text is not ours to replace.
    if (document.isClosed || !withdrawn.returns || !holdsText(document, withdrawn.baseline)) return;
    const back = () => showText(document, withdrawn.text);
    if (await this.authors.editAs(document, withdrawn.origin, back)) withdrawn.restoreViews();
    else void window.showWarningMessage(notReturned());
  }
}

/** What a person took away with their own hands is said and not asked. */
function warnOfLosses({ judgement }: Review, path: string): void {
  const [first, ...more] = lossesInWords(judgement, l10n.t);
  if (first === undefined) return;
  const what = more.length === 0 ? first : l10n.t('{0} and {1} more', first, more.length);
  window.setStatusBarMessage(l10n.t('$(warning) {0} saved: {1}', path, what), messageShownFor);
}

type HeldReview = Extract<Review, { outcome: 'held' }>;

interface LateSave {
  readonly text: string;
  readonly reviewing: Promise<Review>;
  /** The text is in the buffer again. */
  readonly back: Promise<void>;
}

interface Withdrawal {
  readonly baseline: string;
  readonly origin: Origin;
  /** Whether the text goes back into the buffer after the save. */
  readonly returns: boolean;
  tell(): void;
}

interface Withdrawn extends Withdrawal {
  readonly text: string;
  readonly restoreViews: () => void;
  readonly timer: NodeJS.Timeout;
}

const reviewTime = 900;
const fallbackTime = 200;
const saveTime = 5_000;
const mostReturns = 3;
const mostLate = 2;
const messageShownFor = 8_000;

class TooLate extends Error {
  constructor(milliseconds: number) {
    super(l10n.t('no answer within {0} ms', milliseconds));
  }
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function notReturned(): string {
  return l10n.t(
    'The held text could not be put back into the editor. It is kept: see Show Refused Versions.',
  );
}
