import { adopt, catchUp, takeFirst } from './adopting.ts';
import { type Choice, carryOut, type HeldEdit, type Land, salvageHeld } from './choosing.ts';
import { sameBytes } from './content.ts';
import type { Problem } from './core/model/document.ts';
import { formatGrant } from './core/scope/grants.ts';
import type { Judgement } from './core/verdict/judgement.ts';
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
} from './judging.ts';
import type { AuditEvent, DeclaredScope, Origin, Ports, SessionScope } from './ports.ts';
import { inWords, isOnRecord, lastOnRecord, record } from './recording.ts';
import { returningFrom } from './returns.ts';

export type Review =
  | { readonly outcome: 'pass'; readonly judgement: Judgement }
  /** `isNew` is false when the same proposal is held already: the person was told once and is not told again. */
  | {
      readonly outcome: 'held';
      readonly judgement: Judgement;
      readonly held: HeldEdit;
      readonly isNew: boolean;
    };

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
  /** Takes what is on disk as accepted, for a file that nobody has watched: what came before now is not judged. */
  catchUp(path: string): Promise<void>;
  /** What would stay of a held edit if only what is in scope were kept. */
  salvage(held: HeldEdit): Promise<{ readonly text: string } | { readonly problem: Problem }>;
  /**
   * Carries out a person's choice and ends the hold. Throws, and still holds, when the content cannot be landed. What
   * an agent's tool has yet to write is not landed: the approval of it is kept, and the agent makes the edit.
   */
  resolve(held: HeldEdit, choice: Choice, land?: Land): Promise<void>;
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

export type SettledRoad = 'disk' | 'start' | 'hook';

/** The tool of an agent that has run just now. */
export type ToolRun = Pick<Edit, 'by' | 'call'>;

/** Another program may be writing at the same moment; after so many tries the guard says that it has lost. */
const mostRestores = 20;

export function createGuard(ports: Ports): Guard {
  const state: State = { ports, held: new Map(), passed: new Map(), queues: new Map() };
  const inTurn = <T>(path: string, step: () => Promise<T>) => queue(state, path, step);
  const alone = <T>(path: string, step: () => Promise<T>) => inTurn(path, () => ports.turns.take(path, step));
  return {
    review: (edit) => inTurn(edit.path, () => review(state, edit)),
    reviewActions: (actions) => reviewActions(state, actions),
    settle: (path, road, origin, tool = {}) =>
      alone(path, () => settle(state, { path, road, origin, ...tool })),
    adopt: async (path) => {
      if ((await ports.baselines.get(path)) === undefined) await alone(path, () => adopt(ports, path));
    },
    catchUp: (path) => alone(path, () => catchUp(ports, path)),
    salvage: (held) => salvageHeld(ports, held),
    resolve: (held, choice, land) =>
      alone(held.path, () => resolve(state, held, choice, land ?? ports.files.replace)),
    held: () => [...state.held.values()],
    baseline: async (path) => (await ports.baselines.get(path))?.content,
    scope: () => declaredScope(ports),
    declare: (scope, note) => declare(state, scope, note),
    heard: () => heardScopes(ports),
    hear: (scope) => hear(state, scope),
    rejudge: () => rejudge(state),
  };
}

type Settled = Omit<Edit, 'after' | 'road'> & { readonly road: SettledRoad };

interface State {
  readonly ports: Ports;
  readonly held: Map<string, HeldEdit>;
  /** What a review let pass and what has not reached the disk yet, with who wrote it. */
  readonly passed: Map<string, { readonly content: Uint8Array | undefined; readonly origin: Origin }>;
  readonly queues: Map<string, Promise<unknown>>;
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
  const before = baseline === undefined ? await state.ports.files.read(edit.path) : baseline.content;
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
  return state.ports.turns.take(edit.path, () => hold(state, edit, before, judgement));
}

async function reviewActions({ ports }: State, actions: Actions): Promise<Judgement> {
  const { path, origin } = actions;
  const judgement = await judgeActions(ports, actions);
  if (judgement.verdict !== 'allow')
    await record(ports, 'held', { path, road: 'hook', origin, ...inWords(judgement), note: 'by a command' });
  return judgement;
}

async function hold(
  state: State,
  edit: Edit,
  baseline: Uint8Array | undefined,
  judgement: Judgement,
): Promise<Review> {
  const { clock, quarantine } = state.ports;
  const { path, after: proposal, road, origin } = edit;
  const at = clock.now();
  const isOtherRoad = edit.by !== undefined || road === 'disk';
  const returns = isOtherRoad ? await returningFrom(state.ports, baseline, edit, judgement) : undefined;
  const { verdict } = judgement;
  const earlier = await quarantine.find(path, proposal);
  const id = await quarantine.keep({ path, content: proposal, at, road, origin, verdict });
  const known = state.held.get(path);
  if (known?.id === id && (returns === undefined || known.returns === returns)) {
    const held = { ...known, judgement };
    state.held.set(path, held);
    return { outcome: 'held', judgement, held, isNew: false };
  }
  const held: HeldEdit = {
    ...{ id, path, baseline, proposal, judgement, road, origin, at },
    ...(returns !== undefined && { returns }),
  };
  state.held.set(path, held);
  state.passed.delete(path);
  const isOneMore = returns === undefined && (await isOnRecord(state.ports, road, earlier));
  if (edit.isOnRecord !== true && !isOneMore) {
    const note = returns === undefined ? {} : { note: returned(returns, edit) };
    await record(state.ports, 'held', { path, road, origin, quarantine: id, ...inWords(judgement), ...note });
  }
  return { outcome: 'held', judgement, held, isNew: !(isOneMore && earlier?.isAsked === true) };
}

function returned(id: string, { by }: Edit): string {
  return `the edit that was refused as ${id} came back by ${by ?? 'another road'}`;
}

async function settle(state: State, seen: Settled): Promise<Review | undefined> {
  const { path, road, origin } = seen;
  const { files, baselines, commits } = state.ports;
  const baseline = await baselines.get(path);
  if (baseline === undefined) {
    const content = await files.read(path);
    if (await baselines.isLost(path, content)) return askAboutLost(state, { ...seen, after: content });
    await takeFirst(state.ports, path, content);
    return undefined;
  }
  let told: Review | undefined;
  for (let attempt = 0; attempt < mostRestores; attempt++) {
    const content = await files.read(path);
    const asked = state.held.get(path);
    // Once somebody has put it back, the question is answered: the same change made anew is undone.
    if (sameBytes(content, baseline.content)) {
      if (asked?.road === 'start') state.held.delete(path);
      return told;
    }
    const isQuestion = asked?.road === 'start' && (await lastOnRecord(state.ports, asked.id)) === 'held';
    if (isQuestion && sameBytes(content, asked.proposal)) {
      return { outcome: 'held', judgement: asked.judgement, held: asked, isNew: false };
    }
    const expected = state.passed.get(path);
    const author = expected !== undefined && sameBytes(content, expected.content) ? expected.origin : origin;
    const edit: Edit = { ...seen, after: content, origin: author };
    const accepted = await acceptable(state, edit, baseline.content, commits.holds);
    if (accepted.outcome === 'pass') return accepted;
    told = told?.outcome === 'held' && told.isNew ? { ...accepted, isNew: true } : accepted;
    // What changed while nobody watched is one question at the start, and nothing is undone before its answer.
    if (road === 'start') return told;
    await files.replace(path, baseline.content);
    await record(state.ports, 'restored', { path, road, quarantine: accepted.held.id });
  }
  await record(state.ports, 'restore-failed', {
    path,
    road,
    note: `still not the baseline after ${mostRestores} tries`,
  });
  throw new Error(`${path}: another program keeps writing; the accepted version could not be put back`);
}

/** There is nothing left that could be put back, and whatever came meanwhile must not pass for what was accepted. */
async function askAboutLost(state: State, edit: Edit): Promise<Review> {
  const judgement = await judgeEdit(state.ports, undefined, edit);
  if (await state.ports.commits.holds(edit.path, edit.after))
    return accept(state, edit, judgement, 'committed');
  return hold(state, { ...edit, road: 'start' }, undefined, judgement);
}

async function acceptable(
  state: State,
  edit: Edit,
  before: Uint8Array | undefined,
  isCommitted: (path: string, content: Uint8Array | undefined) => Promise<boolean>,
): Promise<Review> {
  const judgement = await judgeEdit(state.ports, before, edit);
  const { path, after: content, road, origin } = edit;
  if (passes(judgement, origin) || (await isApproved(state.ports, before, edit)))
    return accept(state, edit, judgement, 'passed');
  if (await isCommitted(path, content)) {
    const committed: Edit = { path, after: content, road, origin: { author: 'git' } };
    return accept(state, committed, { ...judgement, verdict: 'allow' }, 'committed');
  }
  return hold(state, edit, before, judgement);
}

async function accept(state: State, edit: Edit, judgement: Judgement, event: AuditEvent): Promise<Review> {
  const { path, after: content, road, origin } = edit;
  await state.ports.baselines.accept(path, { content });
  state.passed.delete(path);
  // A version that was accepted over a held proposal does not answer it: the person still can.
  await record(state.ports, event, { path, road, origin, ...inWords(judgement) });
  return { outcome: 'pass', judgement };
}

async function resolve(state: State, held: HeldEdit, choice: Choice, land: Land): Promise<void> {
  await carryOut(state.ports, held, choice, land);
  if (state.held.get(held.path)?.id === held.id) state.held.delete(held.path);
  const event = ({ approve: 'approved', 'keep-asked': 'kept-asked', 'put-back': 'put-back' } as const)[
    choice
  ];
  await record(state.ports, event, { path: held.path, quarantine: held.id, ...inWords(held.judgement) });
  await state.ports.quarantine.answered(held.id);
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
