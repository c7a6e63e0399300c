import type { InfraDocument } from '../core/model/document.ts';
import { hear, nothingHeard } from '../core/scope/hear.ts';
import { documentOf } from '../judging.ts';
import { hasStore } from '../store/glance.ts';
import type { Answer, HookCall } from './hook.ts';
import { onlyOnce, projectOf, takeStock } from './hookWorkspace.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** A session begins: what it finds is what it is measured by. */
export async function answerStart(call: HookCall): Promise<Answer> {
  const workspace = await projectOf(call);
  if (workspace !== undefined) await takeStock(workspace, { isThorough: true });
  return { say: 'pass' };
}

/** A session is over, and what it was told with it. */
export async function answerEnd(call: HookCall): Promise<Answer> {
  const { session } = call.announced;
  if (session === undefined || !hasStore(call.root)) return { say: 'pass' };
  const { ports } = await openWorkspace(call.root, call.world);
  const now = ports.clock.now();
  const { id: host } = call.adapter;
  await ports.sessions.set({ host, session, ...nothingHeard, heardAt: now, expiresAt: now });
  return { say: 'pass' };
}

/**
 * A person writes to the agent: what they order of protected files is what this session may do. An error leaves no
 * order standing, and never keeps a person from being heard by the agent.
 */
export async function answerPrompt(call: HookCall, text: string): Promise<Answer> {
  const workspace = await projectOf(call);
  const { session } = call.announced;
  if (workspace === undefined || session === undefined) return { say: 'pass' };
  return onlyOnce(workspace, call, async () => {
    await hearPrompt(workspace, call.adapter.id, session, text);
    return { say: 'pass' };
  });
}

async function hearPrompt(workspace: Workspace, host: string, session: string, text: string): Promise<void> {
  const { guard, ports } = workspace;
  const now = ports.clock.now();
  const forget = { host, session, ...nothingHeard, heardAt: now, expiresAt: now };
  try {
    const stored = await ports.sessions.get(host, session);
    const last = stored !== undefined && stored.expiresAt > now ? stored : undefined;
    const paths = await takeStock(workspace, { isThorough: true });
    const { requests, files } = hear(last ?? nothingHeard, text, await documentsAt(workspace, paths));
    if (files.length === 0 && last === undefined) return;
    await guard.hear({ host, session, requests, files, heardAt: now, expiresAt: now + longestSession });
  } catch (error) {
    await ports.sessions.set(forget);
    throw error;
  }
}

const longestSession = 12 * 3_600_000;

async function documentsAt(
  { guard, ports }: Workspace,
  paths: readonly string[],
): Promise<ReadonlyMap<string, InfraDocument>> {
  const composeFiles = paths.filter((path) => ports.policy.kindOf(path) === 'compose');
  const nearest = [...composeFiles].sort((one, other) => depthOf(one) - depthOf(other)).slice(0, mostFiles);
  const read = async (path: string) => [path, documentOf('compose', await guard.baseline(path))] as const;
  return new Map(await Promise.all(nearest.map(read)));
}

/** A prompt is about the project at hand; one that means a file far away is asked about. */
const mostFiles = 60;

function depthOf(path: string): number {
  return path.split('/').length;
}
