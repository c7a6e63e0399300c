import { resolve } from 'node:path';
import { applyChange } from '../agents/apply.ts';
import type { Proposal } from '../agents/protocol.ts';
import { decodeText, encodeText } from '../content.ts';
import { formatGrant } from '../core/scope/grants.ts';
import type { Judgement } from '../core/verdict/judgement.ts';
import { bringsRefusal } from '../core/verdict/loading.ts';
import type { Origin } from '../ports.ts';
import { record } from '../recording.ts';
import { pathIn, workspaceOf } from './hookPaths.ts';
import { counted, printable, wordsFor } from './words.ts';
import { openWorkspace, type Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** Why these edits may not be made, for the agent to read; `undefined` when all of them may. */
export async function reviewProposals(
  world: World,
  root: string,
  proposals: readonly Proposal[],
  origin: Origin,
): Promise<string | undefined> {
  const workspaces = new Map<string, Workspace>();
  const reasons: string[] = [];
  for (const proposal of proposals) {
    const full = resolve(root, proposal.path);
    const folder = workspaceOf(root, full);
    const workspace = workspaces.get(folder) ?? (await openWorkspace(folder, world));
    workspaces.set(folder, workspace);
    const from = proposal.change.how === 'patch' ? proposal.change.from : undefined;
    const source = from === undefined ? full : resolve(root, from);
    const reason = await reviewOne(workspace, pathIn(folder, full), pathIn(folder, source), proposal, origin);
    if (reason !== undefined) reasons.push(reason);
  }
  return reasons.length === 0 ? undefined : reasons.join('\n');
}

/** What cannot be computed is on record too: a person should see that an agent was turned away. */
async function reviewOne(
  { guard, ports }: Workspace,
  path: string,
  source: string,
  { change }: Proposal,
  origin: Origin,
): Promise<string | undefined> {
  if (ports.policy.kindOf(path) === undefined) return undefined;
  const bytes = await ports.files.read(source);
  const decoded = bytes === undefined ? { text: undefined } : decodeText(bytes);
  const outcome = 'problem' in decoded ? { why: decoded.problem.message } : applyChange(change, decoded.text);
  if ('why' in outcome) {
    await record(ports, 'held', { path, road: 'hook', origin, note: outcome.why });
    return `Infrahold holds this edit of ${path}: ${outcome.why}.`;
  }
  const after = outcome.text === undefined ? undefined : encodeText(outcome.text);
  const review = await guard.review({ path, after, road: 'hook', origin });
  return review.outcome === 'pass' ? undefined : holdReason(path, review.judgement);
}

/** Tells the agent what goes too far and what it may do instead, without inviting it to another way round. */
export function holdReason(path: string, { verdict, changes, grants, problems }: Judgement): string {
  if (verdict === 'undecided') {
    const problem = problems.find(bringsRefusal) ?? problems[0];
    const where = problem === undefined ? '' : ` Line ${problem.line}: ${problem.message}.`;
    const why = problem?.ofModel ? 'Compose would no longer load the file' : 'the text could not be judged';
    return printable(`Infrahold holds this edit of ${path}: ${why}.${where}`);
  }
  const outside = changes.filter(({ inScope }) => !inScope);
  const named = outside
    .slice(0, mostNamed)
    .map(({ op, path, dataLoss }) => `${op} ${wordsFor(path)}${dataLoss ? ' (data loss)' : ''}`);
  const more = outside.length > mostNamed ? `; and ${outside.length - mostNamed} more` : '';
  const allowed =
    grants.length > 0
      ? `The task allows only: ${grants.map(formatGrant).join('; ')}. Make that edit and nothing else.`
      : 'No scope is declared for this task: ask the person to declare one.';
  return printable(
    `Infrahold holds this edit of ${path}: ${counted(outside.length, 'change')} outside the scope: ${named.join('; ')}${more}. ` +
      `${allowed} A person decides about the rest; do not write the file in another way.`,
  );
}

/** Agents read the whole reason, and pay for every word of it. */
const mostNamed = 12;
