import { applyChange } from '../agents/apply.ts';
import { pathsOf } from '../agents/paths.ts';
import type { Proposal } from '../agents/protocol.ts';
import { decodeText, encodeText } from '../content.ts';
import { gravestFirst, gravestIn, groupOf } from '../core/diff/findings/gravity.ts';
import { printable } from '../core/printable.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { JudgedChange, Judgement } from '../core/verdict/judgement.ts';
import { bringsRefusal } from '../core/verdict/loading.ts';
import { record } from '../recording.ts';
import type { Answer, HookCall } from './hook.ts';
import { type HeldCall, leaveToPerson } from './hookAsk.ts';
import { fileByFile } from './hookFolders.ts';
import { pathIn, takesFolder } from './hookPaths.ts';
import { inTime } from './hookTime.ts';
import { callOf, isWatched, onlyOnce, originOf, workspaces } from './hookWorkspace.ts';
import { holdsOwnPlace, isOwnPlace } from './ownPlaces.ts';
import { counted, firstOf, wordsFor } from './words.ts';
import type { Workspace } from './workspace.ts';

/** Judges every edit of one call. All of them may be made, or none: a tool makes them together. */
export async function answerEdits(call: HookCall, proposals: readonly Proposal[]): Promise<Answer> {
  const open = workspaces(call);
  if (proposals.some(reachesOwnPlace))
    return { say: 'refuse', text: (await holdOwnPlace(call, await open(call.root))).reason };
  const each = await fileByFile(call.root, proposals);
  const [first] = each;
  if (first === undefined) return { say: 'pass' };
  return onlyOnce(await open(first.path), call, async () =>
    leaveToPerson(call, await inTime(reviewAll(call, open, each))),
  );
}

function reachesOwnPlace(proposal: Proposal): boolean {
  const { path, change } = proposal;
  return pathsOf(proposal).some(
    (one) => isOwnPlace(one) || (takesFolder(change, path) && holdsOwnPlace(one)),
  );
}

/** There is nothing in there that an agent's task could be about, and no scope that could allow it. */
export async function holdOwnPlace(call: HookCall, workspace: Workspace): Promise<HeldCall> {
  const why = 'it reaches the files of Infrahold itself';
  await record(workspace.ports, 'held', { road: 'hook', origin: originOf(call), note: why });
  const reason = `Infrahold refuses this: ${why}, its state or its program. Only a person changes these.`;
  return { workspace, reason, verdict: 'deny', held: undefined };
}

async function reviewAll(
  call: HookCall,
  open: (full: string) => Promise<Workspace>,
  proposals: readonly Proposal[],
): Promise<readonly HeldCall[]> {
  const held: HeldCall[] = [];
  for (const proposal of proposals) {
    const one = await reviewProposal(call, await open(proposal.path), proposal);
    if (one !== undefined) held.push(one);
  }
  return held;
}

/** `undefined` where the edit may be made. `by` is the program that would make it, where that is no edit tool. */
export async function reviewProposal(
  call: HookCall,
  workspace: Workspace,
  { path: full, change }: Proposal,
  by?: string,
): Promise<HeldCall | undefined> {
  const { ports, root } = workspace;
  const path = pathIn(root, full);
  if (ports.policy.kindOf(path) === undefined) return undefined;
  const source = change.how === 'patch' && change.from !== undefined ? pathIn(root, change.from) : path;
  const bytes = await ports.files.read(source);
  const decoded = bytes === undefined ? { text: undefined } : decodeText(bytes);
  const outcome = 'problem' in decoded ? { why: decoded.problem.message } : applyChange(change, decoded.text);
  if ('why' in outcome) return holdUnknown(call, workspace, path, outcome.why);
  const after = outcome.text === undefined ? undefined : encodeText(outcome.text);
  return reviewContent(call, workspace, path, after, by);
}

/** Judges what a file would hold; what the disk holds now is what it is compared with where nobody watches it. */
export async function reviewContent(
  call: HookCall,
  workspace: Workspace,
  path: string,
  after: Uint8Array | undefined,
  by?: string,
): Promise<HeldCall | undefined> {
  const { guard, ports } = workspace;
  if (!isWatched(workspace) && (await ports.baselines.get(path)) !== undefined) await guard.catchUp(path);
  const edit = { path, after, road: 'hook' as const, origin: originOf(call), by, call: callOf(call) };
  const review = await guard.review(edit);
  if (review.outcome === 'pass') return undefined;
  const reason = holdReason(path, review.judgement) + returned(review.held.returns);
  return { workspace, reason, verdict: review.judgement.verdict, held: review.held };
}

/** What cannot be computed is on record too: a person should see that an agent was turned away. */
export async function holdUnknown(
  call: HookCall,
  workspace: Workspace,
  path: string,
  why: string,
): Promise<HeldCall> {
  await record(workspace.ports, 'held', { path, road: 'hook', origin: originOf(call), note: why });
  return {
    workspace,
    reason: printable(`Infrahold holds this edit of ${path}: ${why}.`),
    verdict: 'undecided',
    held: undefined,
  };
}

function returned(id: string | undefined): string {
  return id === undefined
    ? ''
    : ' This edit was refused before; another way of writing it is the same edit, and is on record as that.';
}

/** Tells the agent what goes too far and what it may do instead, without inviting it to another way round. */
export function holdReason(path: string, { verdict, changes, grants, problems }: Judgement): string {
  if (verdict === 'undecided') {
    const problem = problems.find(bringsRefusal) ?? problems[0];
    const where = problem === undefined ? '' : ` Line ${problem.line}: ${problem.message}.`;
    const why = problem?.ofModel ? 'Compose would no longer load the file' : 'the text could not be judged';
    return printable(`Infrahold holds this edit of ${path}: ${why}.${where}`);
  }
  const outside = gravestFirst(changes.filter(({ inScope }) => !inScope));
  const allowed =
    grants.length > 0
      ? `The task allows only: ${grants.map(formatGrant).join('; ')}. Make that edit and nothing else.`
      : 'No scope is declared for this task: ask the person to declare one.';
  return printable(
    `Infrahold holds this edit of ${path}: ${counted(outside.length, 'change')} outside the scope: ${firstOf(outside, nameInReason)}. ` +
      `${allowed} A person decides about the rest; do not write the file in another way.`,
  );
}

/** A change with the gravest that is found in it, in a word or two. */
function nameInReason(change: JudgedChange): string {
  const found = gravestIn(change);
  const isPort = found !== undefined && groupOf(found.code) === 'ports';
  const grave = change.dataLoss ? 'data loss' : isPort ? undefined : found?.code;
  return `${change.op} ${wordsFor(change.path)}${grave === undefined ? '' : ` (${grave})`}`;
}
