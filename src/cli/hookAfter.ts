import { printable } from '../core/printable.ts';
import type { AuditRecord } from '../ports.ts';
import type { Answer, HookCall } from './hook.ts';
import { pathIn } from './hookPaths.ts';
import { callOf, isWatched, onlyOnce, originOf, projectOf, workspaces } from './hookWorkspace.ts';
import { firstOf } from './words.ts';
import type { Workspace } from './workspace.ts';

/**
 * A tool has run. The protected files are read again: what it may not have changed is put back, and the agent is told
 * how things are, because its tool has told it that all went well.
 */
export async function answerAfter(call: HookCall): Promise<Answer> {
  const project = await projectOf(call);
  const open = workspaces(call, project);
  const named = new Map<Workspace, Set<string>>(project === undefined ? [] : [[project, new Set()]]);
  if (call.announced.kind === 'after') {
    for (const { path: full } of call.announced.proposals) {
      const workspace = await open(full);
      named.set(workspace, (named.get(workspace) ?? new Set()).add(pathIn(workspace.root, full)));
    }
  }
  const [first] = named.keys();
  if (first === undefined) return { say: 'pass' };
  return onlyOnce(first, call, async () => {
    const told: string[] = [];
    for (const [workspace, paths] of named) told.push(...(await settleAll(workspace, call, paths)));
    return told.length === 0 ? { say: 'pass' } : { say: 'tell', text: told.join('\n') };
  });
}

async function settleAll(
  workspace: Workspace,
  call: HookCall,
  named: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { guard, ports, store } = workspace;
  const ran = call.announced.kind === 'after' && call.announced.ran !== undefined;
  // Stock was taken before a command and by whoever watches; else a file may hold what a person has typed since.
  const isKnown = ran || isWatched(workspace);
  const paths = new Set([...named, ...(isKnown ? await ports.baselines.paths() : [])]);
  const by = ran ? 'a command' : undefined;
  const settle = (path: string) => guard.settle(path, 'hook', originOf(call), { call: callOf(call), by });
  await Promise.all([...paths].filter((path) => ports.policy.kindOf(path) !== undefined).map(settle));
  // Another guard may have been faster, and then has told a person and not the agent.
  return restoredIn(await store.tellings.news(call.announced.session ?? ''));
}

function restoredIn(records: readonly AuditRecord[]): readonly string[] {
  const restored = records.filter(({ event }) => event === 'restored');
  const byFile = new Map(restored.map(({ path = '', quarantine }) => [path, quarantine]));
  return [...byFile].map(([path, quarantine]) => {
    const held = records.findLast((one) => one.event === 'held' && one.quarantine === quarantine);
    return printable(restoredText(path, held));
  });
}

/** Tells how things are, and not only that they were not allowed. */
function restoredText(path: string, held: AuditRecord | undefined): string {
  const changes = held?.changes ?? [];
  const what = changes.length === 0 ? '' : ` Undone: ${firstOf(changes, (change) => change)}.`;
  const again = held?.note === undefined ? '' : ` On record: ${held.note}.`;
  return (
    `Infrahold put ${path} back to the accepted version; whatever the tool reported, the change is not on disk.${what}${again} ` +
    `Read the file again before you go on, and ask the person instead of writing it in another way.`
  );
}
