import { formatGrant } from '../../core/scope/grants.ts';
import type { Widening } from '../../widening.ts';
import { askAtDoor } from '../door.ts';
import type { Workspace } from '../workspace.ts';

/** What a person in the editor said; `nobody` where no editor is open on the folder that could ask. */
export type EditorsWord = 'approved' | 'refused' | 'unanswered' | 'nobody';

/** Asks in the editors that watch the folder, the newest first. What is allowed there is put into force there. */
export async function askEditor({ store, guard }: Workspace, widening: Widening): Promise<EditorsWord> {
  const { path, reason, minutes, asker } = widening;
  const grants = widening.grants.map(formatGrant);
  for (const { door } of store.guards()) {
    if (door === undefined) continue;
    const word = await askAtDoor(door, { scope: { path, grants, reason, minutes, asker } }, wait);
    if (word === 'nobody') continue;
    if (word === 'refused') return 'refused';
    // A yes that nothing came of is none: the file or the scope may have become another meanwhile.
    const inForce = (await guard.scope())?.grants.map(formatGrant) ?? [];
    const isAllowed = word === 'approved' && grants.every((grant) => inForce.includes(grant));
    return isAllowed ? 'approved' : 'unanswered';
  }
  return 'nobody';
}

/** Clients give a tool a minute where they say nothing else. */
const wait = 50_000;
