import type { HeldEdit } from './choosing.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import type { Edit } from './judging.ts';
import type { AuditRecord, Origin, Ports, RefusedEntry } from './ports.ts';
import { inWords, isOnRecord, refusalOf } from './recording.ts';
import { returningFrom } from './returns.ts';

export type Review = { readonly outcome: 'pass'; readonly judgement: Judgement } | Hold;

/** `isNew` is false when the same proposal is held already, or was refused: a person was told and is not told again. */
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
  /** What files held when somebody began to watch, until that is accepted. */
  readonly stock: Map<string, Uint8Array>;
  readonly queues: Map<string, Promise<unknown>>;
  /** Why the baseline of a path could not be put back the last time. */
  readonly failed: Map<string, string>;
  /** What is yet to be put on record about a path. */
  readonly unrecorded: Map<string, readonly AuditRecord[]>;
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

/**
 * Holds an edit that was kept, until a person chooses, and puts that on record, with the restore where there was one:
 * two records that are made safe together take no longer than one.
 */
export async function hold(
  state: State,
  edit: Edit & { readonly baseline: Uint8Array | undefined },
  judgement: Judgement,
  { id, at, earlier }: Kept,
  isRestored = false,
): Promise<Hold> {
  const { path, after: proposal, road, origin, baseline } = edit;
  const restored = isRestored ? [{ event: 'restored', path, road, quarantine: id } as const] : [];
  const returns = isOtherRoad(edit)
    ? await returningFrom(state.ports, baseline, { ...edit, id, earlier }, judgement)
    : undefined;
  const wasRefused =
    // What stands on the disk is a question, however often it was answered before.
    road !== 'start' &&
    earlier !== undefined &&
    (await state.ports.quarantine.isRefused(id, refusalOf({ baseline, judgement, returns })));
  const known = state.held.get(path);
  const isSame = known?.id === id && (known.wasRefused === true) === wasRefused;
  if (isSame && (returns === undefined || known.returns === returns)) {
    const held = { ...known, judgement };
    state.held.set(path, held);
    await recordAbout(state, path, restored);
    return { outcome: 'held', judgement, held, isNew: false };
  }
  const held: HeldEdit = {
    ...{ id, path, baseline, proposal, judgement, road, origin, at },
    ...(returns !== undefined && { returns }),
    ...(wasRefused && { wasRefused }),
  };
  state.held.set(path, held);
  state.passed.delete(path);
  const isOneMore = returns === undefined && (await isOnRecord(state.ports, road, earlier));
  const facts = { path, road, origin, quarantine: id, ...inWords(judgement) };
  const isRecorded = edit.isOnRecord === true || isOneMore;
  const refused = isRecorded ? [] : [{ event: 'held', ...facts, ...noteOn(edit, held) } as const];
  await recordAbout(state, path, [...refused, ...restored]);
  const isKnown = wasRefused || (isOneMore && earlier?.isAsked === true);
  return { outcome: 'held', judgement, held, isNew: !isKnown };
}

/** What cannot be put on record now, for want of space, say, is put there before what comes next about the path. */
export async function recordAbout(
  { ports, unrecorded }: State,
  path: string,
  records: readonly Omit<AuditRecord, 'at'>[],
): Promise<void> {
  const at = ports.clock.now();
  const all = [...(unrecorded.get(path) ?? []), ...records.map((one) => ({ at, ...one }))];
  if (all.length === 0) return;
  unrecorded.set(path, all);
  await ports.audit.append(...all);
  unrecorded.delete(path);
}

function isOtherRoad({ by, road }: Edit): boolean {
  return by !== undefined || road === 'disk';
}

function noteOn({ by }: Edit, { returns, wasRefused }: HeldEdit): { readonly note?: string } {
  if (returns !== undefined)
    return { note: `the edit that was refused as ${returns} came back by ${by ?? 'another road'}` };
  return wasRefused === true ? { note: 'a person has refused it before' } : {};
}
