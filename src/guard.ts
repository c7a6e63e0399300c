import { encodeText, sameBytes } from './content.ts';
import type { DocumentKind, Problem } from './core/model/document.ts';
import { formatGrant } from './core/scope/grants.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import { judgeLoading, judgeLoadingIfAllowed } from './core/verdict/loading.ts';
import { documentOf, isFirstVersion, passes } from './judging.ts';
import type { AuditEvent, DeclaredScope, Origin, Ports, Road } from './ports.ts';
import { inWords, record } from './recording.ts';

/** An edit of a protected file that somebody wants to make, or has made. `after` is `undefined` for a removal. */
export interface Edit {
  readonly path: string;
  readonly after: Uint8Array | undefined;
  readonly road: Road;
  readonly origin: Origin;
}

/** An edit that waits for a person. There is at most one for a path: a newer proposal takes its place. */
export interface HeldEdit {
  /** The quarantine's id of the proposal. */
  readonly id: string;
  readonly path: string;
  readonly baseline: Uint8Array | undefined;
  readonly proposal: Uint8Array | undefined;
  readonly judgement: Judgement;
  readonly road: Road;
  readonly origin: Origin;
  readonly at: number;
}

export type Review =
  | { readonly outcome: 'pass'; readonly judgement: Judgement }
  /** `isNew` is false when the same proposal is held already: the person was told once and is not told again. */
  | {
      readonly outcome: 'held';
      readonly judgement: Judgement;
      readonly held: HeldEdit;
      readonly isNew: boolean;
    };

export type Choice = 'approve' | 'keep-asked' | 'put-back';

/** Lands the chosen content: the guard's own way is `ports.files.replace`, an editor may save its buffer. */
export type Land = (path: string, content: Uint8Array | undefined) => Promise<void>;

export interface Guard {
  /** Before a write: may these bytes be written? Touches no protected file. A held edit is in quarantine. */
  review(edit: Edit): Promise<Review>;
  /**
   * After a write, or when there may have been one: looks at the file on disk, accepts what may stay and puts the
   * baseline back over what may not. `undefined` when the disk holds the baseline already.
   */
  settle(path: string, road: 'disk' | 'start', origin: Origin): Promise<Review | undefined>;
  /** Takes what is on disk as the first baseline where there is none. */
  adopt(path: string): Promise<void>;
  /** What would stay of a held edit if only what is in scope were kept. */
  salvage(held: HeldEdit): Promise<{ readonly text: string } | { readonly problem: Problem }>;
  /** Carries out a person's choice and ends the hold. Throws, and still holds, when the content cannot be landed. */
  resolve(held: HeldEdit, choice: Choice, land?: Land): Promise<void>;
  held(): readonly HeldEdit[];
  baseline(path: string): Promise<Uint8Array | undefined>;
  scope(): Promise<DeclaredScope | undefined>;
  declare(scope: DeclaredScope | undefined): Promise<void>;
  /** Judges every held edit again, after the scope has changed. Nothing is let pass by it: a person still chooses. */
  rejudge(): Promise<readonly HeldEdit[]>;
}

/** Another program may be writing at the same moment; after so many tries the guard says that it has lost. */
const mostRestores = 20;

export function createGuard(ports: Ports): Guard {
  const state: State = { ports, held: new Map(), passed: new Map(), queues: new Map() };
  const inTurn = <T>(path: string, step: () => Promise<T>) => queue(state, path, step);
  return {
    review: (edit) => inTurn(edit.path, () => review(state, edit)),
    settle: (path, road, origin) => inTurn(path, () => settle(state, path, road, origin)),
    adopt: (path) => inTurn(path, () => adopt(state, path)),
    salvage: (held) => salvageHeld(state, held),
    resolve: (held, choice, land) =>
      inTurn(held.path, () => resolve(state, held, choice, land ?? ports.files.replace)),
    held: () => [...state.held.values()],
    baseline: async (path) => (await ports.baselines.get(path))?.content,
    scope: () => scopeInForce(state),
    declare: (scope) => declare(state, scope),
    rejudge: () => rejudge(state),
  };
}

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
  const judgement = await judgeEdit(state, before, edit);
  if (passes(judgement, edit.origin) || isFirstVersion(kindAt(state, edit.path), before, judgement)) {
    // The buffer that held the proposal now holds something that may be written: the question is answered.
    if (edit.road === 'save' && state.held.get(edit.path)?.road === 'save') state.held.delete(edit.path);
    state.passed.set(edit.path, { content: edit.after, origin: edit.origin });
    return { outcome: 'pass', judgement };
  }
  return hold(state, edit, before, judgement);
}

function kindAt({ ports }: State, path: string): DocumentKind {
  return ports.policy.kindOf(path) ?? 'text';
}

async function judgeEdit(state: State, before: Uint8Array | undefined, edit: Edit): Promise<Judgement> {
  const scope = await scopeInForce(state);
  const kind = kindAt(state, edit.path);
  const documents = { before: documentOf(kind, before), after: documentOf(kind, edit.after) };
  // An agent waits for a hook, which only says yes or no; a person wants to read what is wrong with a held edit too.
  const judgeIt = edit.road === 'hook' ? judgeLoadingIfAllowed : judgeLoading;
  return judgeIt({ ...documents, scope, author: edit.origin.author });
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
  const id = await quarantine.keep({ path, content: proposal, at, road, origin, verdict: judgement.verdict });
  const known = state.held.get(path);
  if (known?.id === id) {
    const held = { ...known, judgement };
    state.held.set(path, held);
    return { outcome: 'held', judgement, held, isNew: false };
  }
  const held: HeldEdit = { id, path, baseline, proposal, judgement, road, origin, at };
  state.held.set(path, held);
  state.passed.delete(path);
  await record(state.ports, 'held', { path, road, origin, quarantine: id, ...inWords(judgement) });
  return { outcome: 'held', judgement, held, isNew: true };
}

async function settle(
  state: State,
  path: string,
  road: 'disk' | 'start',
  origin: Origin,
): Promise<Review | undefined> {
  const { files, baselines, commits } = state.ports;
  const baseline = await baselines.get(path);
  if (baseline === undefined) {
    await adopt(state, path);
    return undefined;
  }
  let told: Review | undefined;
  for (let attempt = 0; attempt < mostRestores; attempt++) {
    const content = await files.read(path);
    if (sameBytes(content, baseline.content)) return told;
    const asked = state.held.get(path);
    if (asked?.road === 'start' && sameBytes(content, asked.proposal)) {
      return { outcome: 'held', judgement: asked.judgement, held: asked, isNew: false };
    }
    const expected = state.passed.get(path);
    const author = expected !== undefined && sameBytes(content, expected.content) ? expected.origin : origin;
    const edit: Edit = { path, after: content, road, origin: author };
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

async function acceptable(
  state: State,
  edit: Edit,
  before: Uint8Array | undefined,
  isCommitted: (path: string, content: Uint8Array | undefined) => Promise<boolean>,
): Promise<Review> {
  const judgement = await judgeEdit(state, before, edit);
  const { path, after: content, road, origin } = edit;
  if (passes(judgement, origin)) return accept(state, edit, judgement, 'passed');
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

async function adopt(state: State, path: string): Promise<void> {
  const { baselines, files } = state.ports;
  if ((await baselines.get(path)) !== undefined) return;
  await baselines.accept(path, { content: await files.read(path) });
  await record(state.ports, 'baseline-taken', { path });
}

async function salvageHeld(
  state: State,
  held: HeldEdit,
): Promise<{ readonly text: string } | { readonly problem: Problem }> {
  const kind = kindAt(state, held.path);
  const scope = await scopeInForce(state);
  const baseline = await state.ports.baselines.get(held.path);
  const before = baseline === undefined ? held.baseline : baseline.content;
  // Only a person's choice needs it; a hook that judges must not wait for it to load.
  const { salvageInScope } = await import('./core/verdict/salvageInScope.ts');
  return salvageInScope(documentOf(kind, before), documentOf(kind, held.proposal), scope);
}

/** The baseline is moved before the content lands, so that no guard takes the landing for another edit. */
async function resolve(state: State, held: HeldEdit, choice: Choice, land: Land): Promise<void> {
  const { baselines } = state.ports;
  const before = await baselines.get(held.path);
  const content = await chosenContent(state, held, choice, before?.content);
  await baselines.accept(held.path, { content });
  try {
    await land(held.path, content);
  } catch (error) {
    await baselines.accept(held.path, { content: before?.content });
    throw error;
  }
  if (state.held.get(held.path)?.id === held.id) state.held.delete(held.path);
  const event = ({ approve: 'approved', 'keep-asked': 'kept-asked', 'put-back': 'put-back' } as const)[
    choice
  ];
  await record(state.ports, event, { path: held.path, quarantine: held.id, ...inWords(held.judgement) });
}

async function chosenContent(
  state: State,
  held: HeldEdit,
  choice: Choice,
  baseline: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  switch (choice) {
    case 'approve':
      return held.proposal;
    case 'put-back':
      return baseline;
    case 'keep-asked': {
      const salvaged = await salvageHeld(state, held);
      if ('problem' in salvaged) throw new Error(`${held.path}: ${salvaged.problem.message}`);
      return encodeText(salvaged.text);
    }
  }
}

async function scopeInForce(state: State): Promise<DeclaredScope | undefined> {
  const scope = await state.ports.scopes.get();
  return scope !== undefined && scope.expiresAt > state.ports.clock.now() ? scope : undefined;
}

async function declare(state: State, scope: DeclaredScope | undefined): Promise<void> {
  await state.ports.scopes.set(scope);
  if (scope === undefined) return record(state.ports, 'scope-cleared', {});
  return record(state.ports, 'scope-declared', { grants: scope.grants.map(formatGrant) });
}

async function rejudge(state: State): Promise<readonly HeldEdit[]> {
  for (const held of [...state.held.values()]) {
    const { path, proposal: after, road, origin } = held;
    const accepted = await state.ports.baselines.get(path);
    const baseline = accepted === undefined ? held.baseline : accepted.content;
    const judgement = await judgeEdit(state, baseline, { path, after, road, origin });
    if (state.held.get(path)?.id === held.id) state.held.set(path, { ...held, baseline, judgement });
  }
  return [...state.held.values()];
}
