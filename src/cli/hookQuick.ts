import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyChange } from '../agents/apply.ts';
import { pathsOf } from '../agents/paths.ts';
import type { Proposal } from '../agents/protocol.ts';
import { decodeText } from '../content.ts';
import { leavesEveryValue } from '../core/model/compose/sameValues.ts';
import { kindOf, policyFile } from '../core/model/kinds.ts';
import { isAccepted } from '../store/glance.ts';
import type { Answer, HookCall } from './hook.ts';
import { mayBeOwn, pathIn, workspaceOf } from './hookPaths.ts';
import { watchedRoot } from './watchedRoot.ts';

/**
 * Answers a call, and loads what can judge it only where there is something to judge: an edit that leaves every value of
 * a Compose file as it was is let pass by every judgement, and puts nothing on record.
 */
export async function answerCall(given: HookCall): Promise<Answer> {
  const call = { ...given, root: watchedRoot(given) };
  const { announced, root } = call;
  if (isLarge(call)) return (await import('./hookApart.ts')).answerApart(call, answerAll);
  const isNothing =
    announced.kind === 'edits' && announced.proposals.every((proposal) => changesNothing(root, proposal));
  if (isNothing) return { say: 'pass' };
  return answerAll(call);
}

async function answerAll(call: HookCall): Promise<Answer> {
  return (await import('./hookSteps.ts')).answerCall(call);
}

/** Whether a text takes part that is larger than real ones are, so that nobody knows how long it takes. */
function isLarge({ announced, payload }: HookCall): boolean {
  if (payload.length > (announced.kind === 'command' ? largestCommand : largest)) return true;
  const files = announced.kind === 'edits' ? announced.proposals.flatMap(pathsOf) : [];
  return files.some((file) => (lstatSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest);
}

/** In bytes. The largest Compose file of three hundred public projects has 50,000. */
const largest = 128 * 1024;
const largestCommand = 16 * 1024;

/** `false` also for everything that has to be looked at more closely. */
function changesNothing(root: string, { path: full, change }: Proposal): boolean {
  if (change.how === 'remove' || change.how === 'patch' || mayBeOwn(full)) return false;
  const workspace = workspaceOf(root, full);
  const path = pathIn(workspace, full);
  // A policy can protect in other ways, and may be in force although it is gone.
  if (existsSync(join(workspace, policyFile)) || !isAccepted(workspace, policyFile, undefined)) return false;
  if (kindOf(path) !== 'compose') return false;
  const content = restingContent(full);
  if (content === undefined || !isAccepted(workspace, path, content)) return false;
  const before = decodeText(content);
  if ('problem' in before) return false;
  const outcome = applyChange(change, before.text);
  return 'text' in outcome && outcome.text !== undefined && leavesEveryValue(before.text, outcome.text);
}

/** The content of a file that nobody is writing just now. */
function restingContent(full: string): Uint8Array | undefined {
  const stats = lstatSync(full, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || Date.now() - stats.ctimeMs < atRest) return undefined;
  return readFileSync(full);
}

const atRest = 2_000;
