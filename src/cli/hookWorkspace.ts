import { asksForGuard } from '../core/model/kinds.ts';
import { findProtected } from '../disk/find.ts';
import type { Origin } from '../ports.ts';
import { severalAtOnce } from '../severalAtOnce.ts';
import { hasStore } from '../store/glance.ts';
import type { Answer, HookCall } from './hook.ts';
import { workspaceOf } from './hookPaths.ts';
import { protectionIn } from './policy.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export function originOf({ adapter, announced: { session, agent } }: HookCall): Origin {
  return {
    author: 'ai',
    tool: adapter.id,
    ...(agent.model !== undefined && { model: agent.model }),
    ...(session !== undefined && { session }),
  };
}

/** The same for a call before it runs and after; `undefined` where its host does not number its calls. */
export function callOf({ announced: { eventId } }: HookCall): string | undefined {
  if (!eventId.startsWith('call ')) return undefined;
  const [session, , call]: unknown[] = JSON.parse(eventId.slice('call '.length));
  return JSON.stringify([session, call]);
}

/**
 * Answers a call that fires through two configuration files once. What is told apart by its content alone can be asked
 * again soon, and then is another question.
 */
export function onlyOnce({ store }: Workspace, call: HookCall, work: () => Promise<Answer>): Promise<Answer> {
  const { event: _, agent: __, folder: ___, ...question } = call.announced;
  // A host that uses a number again, for something else, asks something else.
  const asked = JSON.stringify(question);
  if (question.eventId.startsWith('call ')) return store.answers.once(asked, 60_000, work);
  return store.answers.once(`${asked} ${store.wordStamp()}`, 3_000, work);
}

/** The project under guard; `undefined` where it holds nothing to guard, and then no state is made for it. */
export async function projectOf({ root, world }: HookCall): Promise<Workspace | undefined> {
  if (!hasStore(root)) {
    const { policy } = await protectionIn(root);
    const found = await findProtected(root, (path) => asksForGuard(policy.kindOf(path)));
    if (found.length === 0) return undefined;
  }
  return openWorkspace(root, world);
}

/** Opens the workspace that a file belongs to, each once. `project` is one that is open already. */
export function workspaces(
  { root, world }: HookCall,
  project?: Workspace,
): (full: string) => Promise<Workspace> {
  const known = new Map(project === undefined ? [] : [[project.root, Promise.resolve(project)]]);
  return (full) => {
    const folder = workspaceOf(root, full);
    const opened = known.get(folder) ?? openWorkspace(folder, world);
    known.set(folder, opened);
    return opened;
  };
}

export function isWatched({ store }: Workspace): boolean {
  return store.guards().length > 0;
}

/**
 * Takes stock of the protected files before an agent acts, so that what it does to them can be told from what was
 * there. Where nobody watches, what a person has typed since is taken as it is. Gives the paths.
 */
export async function takeStock(
  workspace: Workspace,
  { isThorough }: { readonly isThorough: boolean },
): Promise<readonly string[]> {
  const { root, ports, guard } = workspace;
  const known = (await ports.baselines.paths()).filter((path) => ports.policy.kindOf(path) !== undefined);
  const isNeeded = isThorough || known.length === 0;
  const found = isNeeded ? await findProtected(root, (path) => ports.policy.kindOf(path) !== undefined) : [];
  const paths = [...new Set([...known, ...found])];
  const takes = isWatched(workspace) ? guard.adopt : guard.catchUp;
  await severalAtOnce(paths, takes);
  return paths;
}
