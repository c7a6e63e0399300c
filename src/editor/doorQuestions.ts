import type { MessageItem } from 'vscode';
import { l10n, window } from 'vscode';
import { policyFile } from '../core/model/kinds.ts';
import { formatGrant, parseGrant } from '../core/scope/grants.ts';
import { documentOf } from '../judging.ts';
import { record } from '../recording.ts';
import type { CommandQuestion, Question, ScopeQuestion } from '../store/questions.ts';
import { type Widening, widen, wideningFor, wishInWords } from '../widening.ts';
import { type Asking, commandInWords, commandOnRecord, scopeInWords } from './askingWords.ts';
import type { FolderSession } from './folderSession.ts';

/** What is asked at the door beside edits. */
export type OtherQuestion = Exclude<Question, { readonly ask: string }>;

type Word = 'approved' | 'refused' | 'unanswered';

/** A question is on the screen once, however often it is asked. Only a button answers it: one that is closed is no yes. */
export class DoorQuestions {
  private readonly session: FolderSession;
  private readonly open = new Map<string, Open>();
  /** Commands that were allowed when their hook had gone: the next try of the same may pass, once. */
  private readonly allowed = new Map<string, number>();

  constructor(session: FolderSession) {
    this.session = session;
  }

  /**
   * Gives the promise of an answer as soon as the question is shown, in an object because a promise would be waited
   * for; `undefined` for what cannot be asked here. `isHeard` tells whether who asks still waits for the answer.
   */
  async put(question: OtherQuestion, isHeard: () => boolean): Promise<Pick<Open, 'word'> | undefined> {
    const key = JSON.stringify(question);
    // Nothing may come between this look and the note that the question is open, or it would be asked twice.
    const first = 'scope' in question ? await this.wideningOf(question.scope) : undefined;
    if ('scope' in question && first === undefined) return undefined;
    const open = this.open.get(key);
    open?.listeners.push(isHeard);
    if (open !== undefined) return open;
    const listeners = [isHeard];
    const asked =
      'scope' in question
        ? first && this.decideScope(question.scope, first)
        : this.decideCommand(question.command, key, listeners);
    if (asked === undefined) return undefined;
    const word = asked.finally(() => this.open.delete(key));
    this.open.set(key, { word, listeners });
    return { word };
  }

  /** What a yes would mean may change while the question is open; then what was read is not what would be allowed. */
  private async decideScope(question: ScopeQuestion, shown: Widening): Promise<Word> {
    if (shown.grants.length === 0) return 'approved';
    const { guard, ports } = this.session;
    const word = await decide(scopeInWords(shown, ports.clock.now(), l10n.t));
    if (word === 'refused') {
      const note = `in the editor, by a person; ${wishInWords(shown)}`;
      await record(ports, 'refused', { path: shown.path, origin: { author: 'human' }, note });
    }
    if (word !== 'approved') return word;
    const now = await this.wideningOf(question);
    if (now === undefined) return 'unanswered';
    if (meaning(now) !== meaning(shown)) return this.decideScope(question, now);
    await widen(guard, now, 'in the editor, by a person', ports.clock.now());
    await this.session.scopesChanged();
    return 'approved';
  }

  /** The grants are read here, and what is at stake is found here: who asks is not believed. */
  private async wideningOf(question: ScopeQuestion): Promise<Widening | undefined> {
    const { guard, ports } = this.session;
    const { path, reason, minutes, asker } = question;
    const grants = question.grants.map(parseGrant).filter((grant) => 'op' in grant);
    if (path === policyFile || ports.policy.kindOf(path) !== 'compose') return undefined;
    if (grants.length < question.grants.length) return undefined;
    const document = documentOf('compose', await guard.baseline(path));
    if (document.problems.length > 0) return undefined;
    return wideningFor(guard, document, { path, grants, reason, minutes, asker });
  }

  private async decideCommand(
    question: CommandQuestion,
    key: string,
    listeners: readonly (() => boolean)[],
  ): Promise<Word> {
    const { ports } = this.session;
    const until = this.allowed.get(key) ?? 0;
    this.allowed.delete(key);
    if (until > ports.clock.now()) return 'approved';
    const word = await decide(commandInWords(question, l10n.t));
    if (word === 'unanswered') return word;
    const origin = { author: 'ai', tool: question.asker } as const;
    const note = `in the editor, by a person; ${commandOnRecord(question)}`;
    await record(ports, word, { road: 'hook', origin, note });
    if (word === 'approved' && !listeners.some((isHeard) => isHeard())) {
      this.allowed.set(key, ports.clock.now() + leaveCounts);
      void window.showInformationMessage(
        l10n.t('Allowed once. The agent has stopped waiting; it may run this command now.'),
      );
    }
    return word;
  }
}

interface Open {
  readonly word: Promise<Word>;
  /** Whether those who asked still wait for the answer. */
  readonly listeners: (() => boolean)[];
}

/** An agent that comes back later than this asks again. */
const leaveCounts = 3_600_000;

function meaning({ grants, atStake, kept }: Widening): string {
  return JSON.stringify([grants.map(formatGrant), atStake, kept?.grants.map(formatGrant)]);
}

/** First in a few words, with all of it one click away; a yes to data loss is said twice, as it is to an edit's. */
async function decide(asking: Asking): Promise<Word> {
  const review: MessageItem = { title: l10n.t('Review') };
  const no: MessageItem = { title: l10n.t('Refuse') };
  const yes: MessageItem = { title: asking.losesData ? `${asking.yes}…` : asking.yes };
  const sure: MessageItem = { title: asking.losesData ? asking.yesToLoss : asking.yes };
  for (;;) {
    const answer = await window.showWarningMessage(asking.message, review, yes, no);
    if (answer === undefined) return 'unanswered';
    if (answer === no) return 'refused';
    if (answer === yes && !asking.losesData) return 'approved';
    const detail = asking.detail.join('\n');
    const said = await window.showWarningMessage(asking.title, { modal: true, detail }, sure, no);
    if (said !== undefined) return said === sure ? 'approved' : 'refused';
  }
}
