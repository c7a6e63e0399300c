import { adopt, catchUp, takeStock } from './adopting.ts';
import {
  type Choice,
  carryOut,
  type HeldEdit,
  isToBeWritten,
  type Land,
  landOnDisk,
  salvageHeld,
} from './choosing.ts';
import type { Problem } from './core/model/document.ts';
import { formatGrant } from './core/scope/grants.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import { hold, keep, type Review, type State } from './holding.ts';
import {
  type Actions,
  declaredScope,
  type Edit,
  heardScopes,
  isApproved,
  isFirstVersion,
  judgeActions,
  judgeEdit,
  kindAt,
  passes,
  readAhead,
} from './judging.ts';
import type { DeclaredScope, Origin, Ports, SessionScope } from './ports.ts';
import { inWords, record, refusalOf } from './recording.ts';
import { isSettled, type SettledRoad, settle, settleBefore, settleTaken, type ToolRun } from './settling.ts';

export interface Guard {
  /** Before a write: may these bytes be written? Touches no protected file. A held edit is in quarantine. */
  review(edit: Edit): Promise<Review>;
  /**
   * After a write, or when there may have been one: looks at the file on disk, accepts what may stay and puts the
   * baseline back over what may not. `undefined` when the disk holds the baseline already.
   */
  settle(path: string, road: SettledRoad, origin: Origin, tool?: ToolRun): Promise<Review | undefined>;
  /** May an agent do this to what runs? What may not be is on record. */
  reviewActions(actions: Actions): Promise<Judgement>;
  /** Takes what is on disk as the first baseline where there is none. */
  adopt(path: string): Promise<void>;
  /** Takes what these files hold at this moment as their first baselines, where there are none. */
  takeStock(paths: readonly string[]): Promise<void>;
  /** Takes what is on disk as accepted, for a file that nobody has watched: what came before now is not judged. */
  catchUp(path: string): Promise<void>;
  /** Reads the accepted version once, so that the first judgement on an edit of it takes half the time. */
  readAhead(path: string): Promise<void>;
  /** What would stay of a held edit if only what is in scope were kept. */
  salvage(held: HeldEdit): Promise<{ readonly text: string } | { readonly problem: Problem }>;
  /**
   * Carries out a person's choice and ends the hold. Throws, and still holds, when the content cannot be landed. What
   * an agent's tool has yet to write is not landed: the approval of it is kept, and the agent makes the edit. Gives what
   * else came onto the disk meanwhile, is held, and a person is yet to be asked about.
   */
  resolve(held: HeldEdit, choice: Choice, land?: Land): Promise<readonly HeldEdit[]>;
  held(): readonly HeldEdit[];
  baseline(path: string): Promise<Uint8Array | undefined>;
  scope(): Promise<DeclaredScope | undefined>;
  /** `note` goes on record with it: who was asked, where that was not the person who declares. */
  declare(scope: DeclaredScope | undefined, note?: string): Promise<void>;
  /** What agents' sessions were told by their persons, as far as it still counts. */
  heard(): Promise<readonly SessionScope[]>;
  hear(scope: SessionScope): Promise<void>;
  /** Judges every held edit again, after the scope has changed. Nothing is let pass by it: a person still chooses. */
  rejudge(): Promise<readonly HeldEdit[]>;
}

export function createGuard(ports: Ports): Guard {
  const maps = { held: new Map(), passed: new Map(), stock: new Map(), queues: new Map() };
  const state: State = { ports, ...maps, failed: new Map(), unrecorded: new Map() };
  const inTurn = <T>(path: string, step: () => Promise<T>) => queue(state, path, step);
  const alone = <T>(path: string, step: () => Promise<T>) => inTurn(path, () => ports.turns.take(path, step));
  return {
    review: (edit) => inTurn(edit.path, () => review(state, edit)),
    reviewActions: (actions) => reviewActions(state, actions),
    settle: (path, road, origin, tool = {}) =>
      inTurn(path, async () => {
        // What was written under the policy before may be nobody's matter by now.
        if (ports.policy.kindOf(path) === undefined || (await isSettled(state, path))) return undefined;
        return ports.turns.take(path, () => settle(state, { path, road, origin, ...tool }));
      }),
    adopt: async (path) => {
      if ((await ports.baselines.get(path)) === undefined) await alone(path, () => adopt(state, path));
    },
    takeStock: (paths) => takeStock(state, paths),
    catchUp: (path) => alone(path, () => catchUp(ports, path)),
    readAhead: async (path) => readAhead(ports, path, (await ports.baselines.get(path))?.content),
    salvage: (held) => salvageHeld(ports, held),
    resolve: (held, choice, land) =>
      alone(held.path, () => resolve(state, held, choice, land ?? landOnDisk(ports.files))),
    held: () => [...state.held.values()],
    baseline: async (path) => (await ports.baselines.get(path))?.content,
    scope: () => declaredScope(ports),
    declare: (scope, note) => declare(state, scope, note),
    heard: () => heardScopes(ports),
    hear: (scope) => hear(state, scope),
    rejudge: () => rejudge(state),
  };
}

/** Two steps on one path never run at once: a restore must not cross an approval. */
function queue<T>(state: State, path: string, step: () => Promise<T>): Promise<T> {
  const turn = (state.queues.get(path) ?? Promise.resolve()).then(step, step);
  const done = turn.catch(() => undefined);
  state.queues.set(path, done);
  void done.then(() => {
    if (state.queues.get(path) === done) state.queues.delete(path);
  });
  return turn;
}

async function review(state: State, edit: Edit): Promise<Review> {
  const baseline = await state.ports.baselines.get(edit.path);
  const before =
    baseline === undefined
      ? (state.stock.get(edit.path) ?? (await state.ports.files.read(edit.path)))
      : baseline.content;
  const judgement = await judgeEdit(state.ports, before, edit);
  const mayPass =
    passes(judgement, edit.origin) ||
    isFirstVersion(kindAt(state.ports, edit.path), before, judgement) ||
    // What the host asks about is approved once it has run, and this has not.
    (await isApproved(state.ports, before, { ...edit, call: undefined }));
  if (mayPass) {
    // The buffer that held the proposal now holds something that may be written: the question is answered.
    if (edit.road === 'save' && state.held.get(edit.path)?.road === 'save') state.held.delete(edit.path);
    state.passed.set(edit.path, { content: edit.after, origin: edit.origin });
    return { outcome: 'pass', judgement };
  }
  return state.ports.turns.take(edit.path, async () =>
    hold(state, { ...edit, baseline: before }, judgement, await keep(state, edit, judgement)),
  );
}

async function reviewActions({ ports }: State, actions: Actions): Promise<Judgement> {
  const { path, origin } = actions;
  const judgement = await judgeActions(ports, actions);
  if (judgement.verdict !== 'allow')
    await record(ports, 'held', { path, road: 'hook', origin, ...inWords(judgement), note: 'by a command' });
  return judgement;
}

async function resolve(
  state: State,
  held: HeldEdit,
  choice: Choice,
  land: Land,
): Promise<readonly HeldEdit[]> {
  const { path } = held;
  const before = isToBeWritten(held, choice) ? undefined : await settleBefore(state, held);
  const taken = await carryOut(state.ports, held, choice, land);
  if (state.held.get(path)?.id === held.id) state.held.delete(path);
  const event = ({ approve: 'approved', 'keep-asked': 'kept-asked', 'put-back': 'put-back' } as const)[
    choice
  ];
  await record(state.ports, event, { path, quarantine: held.id, ...inWords(held.judgement) });
  await state.ports.quarantine.answered(held.id, choice === 'put-back' ? refusalOf(held) : undefined);
  const after = await settleTaken(state, held, taken);
  const isAsked = [before, ...after].some((review) => review?.outcome === 'held' && review.isNew);
  // What was held before the content landed is an edit of that now.
  return isAsked ? (await rejudge(state)).filter((one) => one.path === path) : [];
}

async function declare(state: State, scope: DeclaredScope | undefined, note?: string): Promise<void> {
  await state.ports.scopes.set(scope);
  const rest = note === undefined ? {} : { note };
  if (scope === undefined) return record(state.ports, 'scope-cleared', rest);
  return record(state.ports, 'scope-declared', { grants: scope.grants.map(formatGrant), ...rest });
}

async function hear(state: State, scope: SessionScope): Promise<void> {
  const { host: tool, session, files } = scope;
  await state.ports.sessions.set(scope);
  const grants = files.flatMap((file) => file.grants.map((grant) => `${file.path}: ${formatGrant(grant)}`));
  await record(state.ports, 'scope-heard', { origin: { author: 'human', tool, session }, grants });
}

async function rejudge(state: State): Promise<readonly HeldEdit[]> {
  for (const held of [...state.held.values()]) {
    const { path, proposal: after, road, origin } = held;
    const accepted = await state.ports.baselines.get(path);
    const baseline = accepted === undefined ? held.baseline : accepted.content;
    const judgement = await judgeEdit(state.ports, baseline, { path, after, road, origin });
    if (state.held.get(path)?.id === held.id) state.held.set(path, { ...held, baseline, judgement });
  }
  return [...state.held.values()];
}
