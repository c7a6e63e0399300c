import type { Disposable, MessageItem } from 'vscode';
import { commands as editorCommands, l10n, window } from 'vscode';
import { DisposableList } from './disposables.ts';
import { currentHold, type Folders, type Hold } from './folders.ts';
import { commands, type GuardCommandId } from './ids.ts';
import { type Notice, Notices } from './notices.ts';
import { effectInWords, grantsInWords, scopeOver } from './words.ts';

interface ChoiceItem extends MessageItem {
  readonly command: GuardCommandId;
}

/** What prompts need of the rest of the window. */
export interface PromptServices {
  run(command: GuardCommandId, values: readonly unknown[]): void;
  /** Whether edits are being judged, of which the person may have to be told as well. */
  areMoreComing(): boolean;
}

/** Tells a person once about what is held. A notification that is closed changes nothing: the hold stays visible. */
export class Prompts implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly services: PromptServices;
  private readonly notices = new Notices<Hold>();
  private waiting = new Map<string, Hold>();
  private timer: NodeJS.Timeout | undefined;
  private showBefore: number | undefined;

  constructor(folders: Folders, services: PromptServices) {
    this.services = services;
    this.disposables.add(folders.onDidHold((holds) => this.tell(holds)));
    this.disposables.add({ dispose: () => clearTimeout(this.timer) });
  }

  /** Waits a moment, because what rewrites one file often rewrites many. */
  private tell(holds: readonly Hold[]): void {
    for (const hold of holds) this.waiting.set(keyOf(hold), hold);
    this.showBefore ??= Date.now() + longestWait;
    this.showIn(this.waiting.size === 1 ? gatherTime : floodTime);
  }

  private showIn(pause: number): void {
    clearTimeout(this.timer);
    const left = Math.max((this.showBefore ?? 0) - Date.now(), 0);
    this.timer = setTimeout(
      () => {
        // On a slow machine two hundred saves are as many moments apart.
        if (left > pause && this.services.areMoreComing()) this.showIn(gatherTime);
        else this.show();
      },
      Math.min(pause, left),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private show(): void {
    const isCut = this.showBefore !== undefined && Date.now() >= this.showBefore;
    this.showBefore = undefined;
    const notice = this.notices.next(this.waiting, Date.now());
    this.waiting = new Map();
    if (notice === undefined) return;
    const [only] = notice.about.values();
    if (notice.isSummary || only === undefined) void this.askForMany(notice, isCut);
    else void this.ask(notice, only);
  }

  private async ask(notice: Notice<Hold>, hold: Hold): Promise<void> {
    const answer = await window.showWarningMessage(messageFor(hold), ...choices());
    this.notices.closed(notice);
    if (answer !== undefined)
      this.services.run(answer.command, [hold.folder.uriOf(hold.held.path), hold.held.id]);
    const now = currentHold(hold);
    if (now !== undefined && now.held.id !== hold.held.id) this.tell([now]);
  }

  private async askForMany(notice: Notice<Hold>, isCut: boolean): Promise<void> {
    const message = messageForMany([...notice.about.values()], isCut);
    const review: MessageItem = { title: l10n.t('Show Held Edits') };
    const putBack: MessageItem = { title: l10n.t('Put all back') };
    const answer = await window.showWarningMessage(message, review, putBack);
    this.notices.closed(notice);
    if (answer === review) await editorCommands.executeCommand('infrahold.held.focus');
    // It speaks for what came after it, too.
    const all = [...notice.about.values()].map(({ folder, held }) => folder.uriOf(held.path));
    if (answer === putBack) this.services.run(commands.putBack, [all]);
  }
}

const gatherTime = 500;
/** Where there are several already, the next one may be slow to come. */
const floodTime = 1_000;
/** Everything is held or put back by then; only the person does not know yet. */
const longestWait = 5_000;

function keyOf({ folder, held }: Hold): string {
  return folder.uriOf(held.path).toString();
}

function choices(): readonly ChoiceItem[] {
  return [
    { title: l10n.t('Review'), command: commands.review },
    { title: l10n.t('Keep only what was asked'), command: commands.keepAsked },
    { title: l10n.t('Approve…'), command: commands.approve },
    { title: l10n.t('Put back'), command: commands.putBack },
  ];
}

function messageForMany(holds: readonly Hold[], isCut: boolean): string {
  if (holds.every(({ held }) => held.road === 'start'))
    return l10n.t(
      '{0} protected files changed while nobody watched. Nothing was put back; each waits for you.',
      holds.length,
    );
  // What comes after a few single ones is hardly the last.
  if (holds.length === 1) return l10n.t('More edits of protected files are held.');
  if (isCut) return l10n.t('{0} edits of protected files are held so far.', holds.length);
  return l10n.t('{0} edits of protected files are held.', holds.length);
}

function messageFor({ folder, held }: Hold): string {
  const effect = effectInWords(held.judgement, l10n.t);
  const scope = grantsInWords(scopeOver(folder.scope, held.judgement), l10n.t);
  if (held.road === 'start') {
    return l10n.t('{0}: changed while nobody watched. {1}. Scope: {2}.', held.path, effect, scope);
  }
  if (held.returns !== undefined) {
    const message = l10n.t('{0}: an edit that was refused came back by another road', held.path);
    return l10n.t('{0}. {1}. Scope: {2}.', message, effect, scope);
  }
  if (held.road === 'hook') {
    const agent = held.origin.tool ?? l10n.t('An agent');
    return l10n.t('{0}: {1} wants to make this edit. {2}. Scope: {3}.', held.path, agent, effect, scope);
  }
  return l10n.t('{0}: held. {1}. Scope: {2}.', held.path, effect, scope);
}
