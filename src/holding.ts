import type { HeldEdit } from './choosing.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import type { Edit } from './judging.ts';
import type { Origin, Ports, RefusedEntry } from './ports.ts';
import { inWords, isOnRecord, record } from './recording.ts';
import { returningFrom } from './returns.ts';

export type Review = { readonly outcome: 'pass'; readonly judgement: Judgement } | Hold;

/** `isNew` is false when the same proposal is held already: the person was told once and is not told again. */
export interface Hold {
  readonly outcome: 'held';
  readonly judgement: Judgement;
  readonly held: HeldEdit;
  readonly isNew: boolean;
}

/** What one guard knows of the edits that are under way. */
export interface State {
  readonly ports: Ports;
  readonly held: Map<string, HeldEdit>;
  /** What a review let pass and what has not reached the disk yet, with who wrote it. */
  readonly passed: Map<string, { readonly content: Uint8Array | undefined; readonly origin: Origin }>;
  readonly queues: Map<string, Promise<unknown>>;
  /** Why the baseline of a path could not be put back the last time. */
  readonly failed: Map<string, string>;
}

/** A version that is safe in quarantine, and what was known of the same content before. */
export interface Kept {
  readonly id: string;
  readonly at: number;
  readonly earlier: RefusedEntry | undefined;
}

/** Puts a refused version in quarantine, whole: from then on it may go from the disk. */
export async function keep({ ports }: State, edit: Edit, { verdict }: Judgement): Promise<Kept> {
  const { path, after: content, road, origin } = edit;
  const at = ports.clock.now();
  // What is kept now may take the place of what was known of it.
  const earlier = await ports.quarantine.find(path, content);
  return { id: await ports.quarantine.keep({ path, content, at, road, origin, verdict }), at, earlier };
}

/** Holds an edit that was kept, until a person chooses, and puts that on record. */
export async function hold(
  state: State,
  edit: Edit & { readonly baseline: Uint8Array | undefined },
  judgement: Judgement,
  { id, at, earlier }: Kept,
): Promise<Hold> {
  const { path, after: proposal, road, origin, baseline } = edit;
  const returns = isOtherRoad(edit)
    ? await returningFrom(state.ports, baseline, { ...edit, id, earlier }, judgement)
    : undefined;
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

function isOtherRoad({ by, road }: Edit): boolean {
  return by !== undefined || road === 'disk';
}

function returned(id: string, { by }: Edit): string {
  return `the edit that was refused as ${id} came back by ${by ?? 'another road'}`;
}
