import type { HeldEdit } from '../choosing.ts';
import type { Verdict } from '../core/verdict/judgement.ts';
import type { CommandQuestion, Question } from '../store/questions.ts';
import type { PersonsWord } from './door.ts';
import type { Answer, HookCall } from './hook.ts';
import { waitFor } from './hookTime.ts';
import { callOf, isWatched } from './hookWorkspace.ts';
import type { Workspace } from './workspace.ts';

/** Something that an agent may not do as things are, and why. */
export interface HeldCall {
  readonly workspace: Workspace;
  readonly reason: string;
  /** Only what is an `ask` is put before a person. */
  readonly verdict: Verdict;
  /** The edit that is held; `undefined` where its result is not known, or where it is no edit. */
  readonly held: HeldEdit | undefined;
  /** What a command does to what runs, where that is what is held. */
  readonly command?: Omit<CommandQuestion, 'asker'>;
}

/**
 * Asks a person where that is what the judgement asks for: in the editor that watches the folder, or else in the
 * host's own words. What went beyond a scope, or could not be read, is refused at once: the agent can mend that.
 */
export async function leaveToPerson(call: HookCall, all: readonly HeldCall[]): Promise<Answer> {
  if (all.length === 0) return { say: 'pass' };
  const reason = all.map((one) => one.reason).join('\n');
  if (all.some(({ verdict }) => verdict !== 'ask')) return { say: 'refuse', text: reason };
  // What a person has refused before is put to the editor only to be seen there: its answer is no already.
  const refused = all.filter(({ held }) => held?.wasRefused === true);
  const questions = questionsOf(call, refused.length > 0 ? refused : all);
  if (questions === undefined) return askHost(call, all, reason);
  const words = await Promise.all(questions.map((one) => askEditor(call, one)));
  if (refused.length > 0) return { say: 'refuse', text: `${reason}\n${inWords('refused', call)}` };
  if (words.every((word) => word === 'approved')) return { say: 'pass' };
  if (words.every((word) => word === 'nobody')) return askHost(call, all, reason);
  const said = words.find((word) => word !== 'approved') ?? 'late';
  return { say: 'refuse', text: `${reason}\n${inWords(said, call)}` };
}

interface Put {
  readonly workspace: Workspace;
  readonly question: Question;
}

/** Each edit is a question, and all that one command does is one. `undefined` where the editor could show nothing of it. */
function questionsOf({ adapter }: HookCall, all: readonly HeldCall[]): readonly Put[] | undefined {
  const put: Put[] = [];
  const commands = all.flatMap(({ command }) => command ?? []);
  for (const { workspace, held, command } of all) {
    if (held !== undefined) put.push({ workspace, question: { ask: held.id } });
    else if (command === undefined) return undefined;
    else if (command === commands[0]) {
      const text = [...new Set(commands.map((one) => one.text))].join('; ');
      // A name that stands there twice is one thing; that its data is lost must not be lost on the way.
      const lossLast = commands
        .flatMap((one) => one.takes)
        .sort((one, other) => Number(one.dataLoss) - Number(other.dataLoss));
      const takes = [...new Map(lossLast.map((one) => [one.name, one])).values()];
      put.push({ workspace, question: { command: { text, takes, asker: adapter.id } } });
    }
  }
  return put;
}

async function askEditor({ adapter }: HookCall, { workspace, question }: Put): Promise<PersonsWord> {
  for (const { door } of workspace.store.guards()) {
    if (door === undefined) continue;
    // Sockets take long to load, and most hooks find nobody to ask.
    const { askAtDoor } = await import('./door.ts');
    const word = await askAtDoor(door, question, waitFor(adapter.id));
    if (word !== 'nobody') return word;
  }
  return 'nobody';
}

function inWords(word: PersonsWord, { announced }: HookCall): string {
  const [what, again] =
    announced.kind === 'command'
      ? ['command', 'run exactly this command']
      : ['edit', 'make exactly this edit'];
  switch (word) {
    case 'approved':
      return 'A person approved it.';
    case 'refused':
      return `A person has looked at this ${what} and said no.`;
    case 'kept-asked':
      return 'A person kept only the part that was asked for. It is in the file already: read the file again before you go on.';
    case 'late':
      return `A person has been asked in the editor and has not answered yet. Once they approve, ${again} again.`;
    case 'nobody':
      return 'No editor with Infrahold is open on this folder.';
  }
}

/**
 * Asks in the host's own words. A yes to an edit counts for this very call, once it has run; where somebody watches
 * the disk it would be undone before that. A host that shows no reason would have a person agree to what they cannot see.
 */
async function askHost(call: HookCall, all: readonly HeldCall[], reason: string): Promise<Answer> {
  const { adapter, announced } = call;
  const asked = announced.kind === 'command' ? 'command' : 'edits';
  const edits = all.filter(({ held }) => held !== undefined);
  const own = callOf(call);
  const isKept =
    edits.length === 0 || (own !== undefined && edits.every(({ workspace }) => !isWatched(workspace)));
  if (!adapter.canAsk.includes(asked) || hidesReason(adapter.id, asked) || !isKept)
    return { say: 'refuse', text: `${reason}\n${howToWiden}` };
  for (const { workspace, held } of edits) await keepForCall(workspace, held, own);
  return { say: 'ask', text: reason };
}

async function keepForCall(
  { ports }: Workspace,
  held: HeldEdit | undefined,
  call: string | undefined,
): Promise<void> {
  if (held === undefined || call === undefined) return;
  const { path, baseline: before, proposal: after } = held;
  const at = ports.clock.now();
  await ports.receipts.add({ path, before, after, at, expiresAt: at + answerCounts, call });
}

/** In a terminal, Claude Code asks about an edit with the edit alone. */
function hidesReason(host: string, asked: 'edits' | 'command'): boolean {
  return host === 'claude-code' && asked === 'edits';
}

/** A person may think about a question for a while. */
const answerCounts = 3_600_000;

const howToWiden =
  'For the person: open the folder in VS Code and run "Infrahold: Declare Scope…", or order the change in so many words in the chat, such as "remove the redis service".';
