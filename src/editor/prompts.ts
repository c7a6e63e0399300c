import type { Disposable, MessageItem } from 'vscode';
import { commands as editorCommands, l10n, window } from 'vscode';
import { DisposableList } from './disposables.ts';
import type { Folders, Hold } from './folders.ts';
import { commands, type GuardCommandId } from './ids.ts';
import { effectInWords, grantsInWords, scopeOver } from './words.ts';

interface ChoiceItem extends MessageItem {
  readonly command: GuardCommandId;
}

/** Tells a person once about what is held. A notification that is closed changes nothing: the hold stays visible. */
export class Prompts implements Disposable {
  private readonly disposables = new DisposableList();
  private readonly run: (command: GuardCommandId, values: readonly unknown[]) => void;
  private readonly waiting = new Map<string, Hold>();
  private readonly open = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private showBefore: number | undefined;

  constructor(folders: Folders, run: (command: GuardCommandId, values: readonly unknown[]) => void) {
    this.run = run;
    this.disposables.add(folders.onDidHold((holds) => this.tell(holds)));
    this.disposables.add({ dispose: () => clearTimeout(this.timer) });
  }

  /** Waits a moment, because what rewrites one file often rewrites many. */
  private tell(holds: readonly Hold[]): void {
    for (const hold of holds) this.waiting.set(keyOf(hold), hold);
    clearTimeout(this.timer);
    this.showBefore ??= Date.now() + longestWait;
    this.timer = setTimeout(() => this.show(), Math.min(gatherTime, this.showBefore - Date.now()));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private show(): void {
    this.showBefore = undefined;
    const holds = [...this.waiting.values()];
    this.waiting.clear();
    const [only] = holds;
    if (only === undefined) return;
    if (holds.length === 1) void this.ask(only);
    else if (!this.open.has(manyKey)) void this.askForMany(holds);
  }

  private async ask(hold: Hold): Promise<void> {
    const key = `${keyOf(hold)}#${hold.held.id}`;
    if (this.open.has(key)) return;
    this.open.add(key);
    const answer = await window.showWarningMessage(messageFor(hold), ...choices());
    this.open.delete(key);
    if (answer !== undefined) this.run(answer.command, [hold.folder.uriOf(hold.held.path), hold.held.id]);
  }

  private async askForMany(holds: readonly Hold[]): Promise<void> {
    // While it is open it speaks for those that come after it too: its button shows them all.
    this.open.add(manyKey);
    const review: MessageItem = { title: l10n.t('Show Held Edits') };
    const putBack: MessageItem = { title: l10n.t('Put all back') };
    const message = holds.every(({ held }) => held.road === 'start')
      ? l10n.t(
          '{0} protected files changed while nobody watched. Nothing was put back; each waits for you.',
          holds.length,
        )
      : l10n.t('{0} edits of protected files are held.', holds.length);
    const answer = await window.showWarningMessage(message, review, putBack);
    this.open.delete(manyKey);
    if (answer === review) await editorCommands.executeCommand('infrahold.held.focus');
    if (answer === putBack)
      this.run(commands.putBack, [holds.map(({ folder, held }) => folder.uriOf(held.path))]);
  }
}

const gatherTime = 250;
const longestWait = 1_500;
const manyKey = 'many';

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
