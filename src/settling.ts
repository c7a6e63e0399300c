import { takeFirst } from './adopting.ts';
import type { HeldEdit } from './choosing.ts';
import { sameBytes } from './content.ts';
import type { Judgement } from './core/verdict/judgement.ts';
import { type Hold, hold, type Kept, keep, type Review, recordAbout, type State } from './holding.ts';
import { type Edit, isApproved, isFirstVersion, judgeEdit, kindAt, passes } from './judging.ts';
import type { AuditEvent, Baseline, Displaced } from './ports.ts';
import { inWords, lastOnRecord, record } from './recording.ts';

export type SettledRoad = 'disk' | 'start' | 'hook';

/** The tool of an agent that has run just now. */
export type ToolRun = Pick<Edit, 'by' | 'call'>;

type Settled = Omit<Edit, 'after' | 'road'> & { readonly road: SettledRoad };

/** Another program may insist on its version; after so many times in a row the guard says that it has lost. */
const mostRestores = 20;
/** And after so many versions where nothing else tells of the next one. */
const mostVersions = 50;
/** A version that comes while another is being kept is read first, but no writer may keep the guard waiting for ever. */
const mostWaits = 3;
/** The pause after which an insisted version is put back again doubles from time to time. */
const longestPause = 250;

/**
 * Whether the disk holds what was accepted, and nothing is left to say about it: most tellings of the watch are of the
 * guard's own restores, and such a look needs no turn.
 */
export async function isSettled({ ports, held, unrecorded }: State, path: string): Promise<boolean> {
  if (held.get(path)?.road === 'start' || unrecorded.has(path)) return false;
  const baseline = await ports.baselines.get(path);
  return baseline !== undefined && ports.files.holds(path, baseline.content);
}

export async function settle(state: State, seen: Settled): Promise<Review | undefined> {
  const { path } = seen;
  const wasUnrecorded = state.unrecorded.has(path);
  const review = await settleFile(state, seen);
  await recordAbout(state, path, []);
  const held = state.held.get(path);
  if (review !== undefined || !wasUnrecorded || held === undefined) return review;
  // It was put back before, and is told only now that it is on record as well.
  return { outcome: 'held', judgement: held.judgement, held, isNew: held.wasRefused !== true };
}

/** What the watch has yet to tell of must not be taken off the disk unseen when a choice lands. */
export async function settleBefore(state: State, { path, proposal }: HeldEdit): Promise<Review | undefined> {
  const { files, baselines } = state.ports;
  const baseline = await baselines.get(path);
  const isKnown = async (content: Uint8Array | undefined) =>
    baseline === undefined || (await files.holds(path, content));
  if ((await isKnown(proposal)) || (await isKnown(baseline?.content))) return undefined;
  return settleFile(state, { path, road: 'disk', origin: { author: 'unknown' } });
}

/** What came onto the disk while a choice landed, and was taken off by it, is an edit of what landed. */
export async function settleTaken(
  state: State,
  { path }: HeldEdit,
  taken: readonly Uint8Array[],
): Promise<readonly Review[]> {
  const reviews: Review[] = [];
  for (const content of taken) {
    const { content: baseline } = (await state.ports.baselines.get(path)) ?? {};
    const edit: Found = { path, road: 'disk', origin: { author: 'unknown' }, after: content, baseline };
    const review = await settleDisplaced(state, edit, content);
    if (review !== undefined) reviews.push(review);
  }
  return reviews;
}

async function settleFile(state: State, seen: Settled): Promise<Review | undefined> {
  const { path, road } = seen;
  const { baselines, clock } = state.ports;
  const baseline = await baselines.get(path);
  if (baseline === undefined) return settleFirst(state, seen);
  let told: Review | undefined;
  let insisted = 0;
  let superseded = 0;
  for (let versions = 0; insisted < mostRestores && versions < mostVersions; versions++) {
    const refused = await read(state, seen, baseline);
    const { after: content } = refused;
    const asked = state.held.get(path);
    if (sameBytes(content, baseline.content)) {
      // Once somebody has put it back, the question is answered: the same change made anew is undone.
      if (asked?.road === 'start') state.held.delete(path);
      return told;
    }
    const isInsisted = told?.outcome === 'held' && sameBytes(content, told.held.proposal);
    // The watch tells of a newer version as well, and whoever waits for this path must get a turn.
    if (told !== undefined && !isInsisted && superseded === 0 && road === 'disk') return told;
    insisted = isInsisted ? insisted + 1 : 0;
    if (isInsisted) await clock.pause(Math.min(2 ** insisted, longestPause));
    const isQuestion = asked?.road === 'start' && (await lastOnRecord(state.ports, asked.id)) === 'held';
    if (isQuestion && sameBytes(content, asked.proposal)) {
      return { outcome: 'held', judgement: asked.judgement, held: asked, isNew: false };
    }
    const judged = await acceptable(state, refused);
    if ('outcome' in judged) return judged;
    // Another policy may have come into force since the file was looked at.
    if (state.ports.policy.kindOf(path) === undefined) return told;
    // What changed while nobody watched is one question at the start, and nothing is undone before its answer.
    if (road === 'start') return ask(state, refused, judged);
    const { settled, isSuperseded } = await putBack(state, refused, judged, superseded < mostWaits);
    superseded = isSuperseded ? superseded + 1 : 0;
    if (settled.outcome === 'pass') return settled;
    told = told?.outcome === 'held' && told.isNew ? { ...settled, isNew: true } : settled;
  }
  const note = 'still not the baseline after many tries';
  await record(state.ports, 'restore-failed', { path, road, note });
  throw new Error(`${path}: another program keeps writing; the accepted version could not be put back`);
}

/**
 * Reads the file, and while it is made sure that nobody writes, what was seen of it is on its way into quarantine and
 * being judged.
 */
async function read(
  { ports, passed }: State,
  seen: Settled,
  { content: baseline }: Baseline,
): Promise<Found> {
  const { path, origin } = seen;
  const found = (after: Uint8Array | undefined): Found => {
    const expected = passed.get(path);
    const isExpected = expected !== undefined && sameBytes(after, expected.content);
    return { ...seen, after, baseline, origin: isExpected ? expected.origin : origin };
  };
  let early: Found | undefined;
  const after = await ports.files.read(path, (likely) => {
    if (sameBytes(likely, baseline) || (early !== undefined && sameBytes(likely, early.after))) return;
    ports.quarantine.prepare(likely);
    const edit = found(likely);
    const judgement = judgeEdit(ports, baseline, edit);
    // Whoever wants it is told why it failed; nobody may.
    judgement.catch(() => undefined);
    early = { ...edit, judgement };
  });
  return early !== undefined && sameBytes(after, early.after) ? early : found(after);
}

/**
 * Where an accepted version was lost there is nothing that could be put back, and whatever came meanwhile must not pass
 * for what was accepted.
 */
async function settleFirst(state: State, seen: Settled): Promise<Review | undefined> {
  const { path } = seen;
  const { files, baselines, commits } = state.ports;
  const stock = state.stock.get(path);
  const content = await files.read(path);
  if (!(await baselines.isLost(path, stock ?? content))) {
    if (stock !== undefined) {
      await takeFirst(state.ports, path, stock);
      return settleFile(state, seen);
    }
    const wasNone = await isNewcomer(state, { ...seen, after: content });
    await takeFirst(state.ports, path, wasNone ? undefined : content);
    return wasNone ? settleFile(state, seen) : undefined;
  }
  const edit = { ...seen, after: content, baseline: undefined };
  const judgement = await judgeEdit(state.ports, undefined, edit);
  if (await commits.holds(path, content)) return accept(state, edit, judgement, 'committed');
  return ask(state, { ...edit, road: 'start' }, judgement);
}

/**
 * Whoever watches has taken stock of the files that there are. One that comes later is the first version of itself, and
 * accepted, unless it loosens what holds the guard in place, or overrides a file that is accepted.
 */
async function isNewcomer({ ports }: State, edit: Edit): Promise<boolean> {
  const kind = kindAt(ports, edit.path);
  if (edit.road !== 'disk' || kind === 'text') return false;
  const judgement = await judgeEdit(ports, undefined, edit);
  if (passes(judgement, edit.origin) || isFirstVersion(kind, undefined, judgement)) return false;
  return kind === 'settings' || judgement.problems.every(({ ofModel }) => ofModel);
}

/** A version that was found in a file. */
type Found = Edit & {
  readonly baseline: Uint8Array | undefined;
  /** Where it has been judged already. */
  readonly judgement?: Promise<Judgement>;
};

async function ask(state: State, refused: Found, judgement: Judgement): Promise<Hold> {
  return hold(state, refused, judgement, await keep(state, refused, judgement));
}

/**
 * The baseline is made ready while the refused version is being kept, and takes its place at once then. The record
 * follows: a line of it takes longer to be safe than all the rest, and the version must not stand that long. Where a newer
 * version stands there by then, which nobody has kept yet, it stays until it was looked at as well.
 */
async function putBack(
  state: State,
  refused: Found,
  judgement: Judgement,
  waits: boolean,
): Promise<{ readonly settled: Review; readonly isSuperseded: boolean }> {
  const { path, baseline, after } = refused;
  const once = keep(state, refused, judgement);
  let displaced: Displaced | undefined;
  try {
    displaced = await state.ports.files.replace(path, baseline, { once, onlyLastRead: waits });
  } catch (error) {
    await recordFailure(state, refused, judgement, { kept: await once.catch(() => undefined), error });
    throw error;
  }
  const isSuperseded = displaced?.stands === true;
  // Of a restore that failed the person was told why, and not yet what was refused.
  const wasTold = isSuperseded || !state.failed.delete(path);
  const settled = await hold(state, refused, judgement, await once, !isSuperseded);
  const held = wasTold ? settled : { ...settled, isNew: true };
  const isOther = displaced !== undefined && !isSuperseded && !sameBytes(displaced.content, after);
  const other = isOther ? await settleDisplaced(state, refused, displaced?.content) : undefined;
  return { settled: other ?? held, isSuperseded };
}

/** What was written between the last look and the restore is an edit as well: it is kept, or put in place again. */
async function settleDisplaced(
  state: State,
  { judgement: _, ...refused }: Found,
  content: Uint8Array | undefined,
): Promise<Review | undefined> {
  if (content === undefined || sameBytes(content, refused.baseline)) return undefined;
  const edit: Found = { ...refused, after: content };
  const judged = await acceptable(state, edit);
  if (!('outcome' in judged)) return ask(state, edit, judged);
  const next = await state.ports.files.replace(edit.path, content);
  return (await settleDisplaced(state, { ...edit, baseline: content }, next?.content)) ?? judged;
}

/** Once for each reason: a restore that fails is tried again and again. */
async function recordFailure(
  state: State,
  refused: Found,
  judgement: Judgement,
  { kept, error }: { readonly kept: Kept | undefined; readonly error: unknown },
): Promise<void> {
  const { path, road } = refused;
  const note = error instanceof Error ? error.message : String(error);
  const isKnown = state.failed.get(path) === note;
  state.failed.set(path, note);
  try {
    if (kept !== undefined) await hold(state, refused, judgement, kept);
    if (!isKnown) await record(state.ports, 'restore-failed', { path, road, note });
  } catch {
    // The record cannot be written either; whoever asked is told why the restore failed.
  }
}

/** Gives the judgement where it is not. */
async function acceptable(state: State, edit: Found): Promise<Review | Judgement> {
  const { path, after: content, road, baseline } = edit;
  const judgement = await (edit.judgement ?? judgeEdit(state.ports, baseline, edit));
  if (passes(judgement, edit.origin) || (await isApproved(state.ports, baseline, edit)))
    return accept(state, edit, judgement, 'passed');
  if (await state.ports.commits.holds(path, content)) {
    const committed: Edit = { path, after: content, road, origin: { author: 'git' } };
    return accept(state, committed, { ...judgement, verdict: 'allow' }, 'committed');
  }
  return judgement;
}

async function accept(state: State, edit: Edit, judgement: Judgement, event: AuditEvent): Promise<Review> {
  const { path, after: content, road, origin } = edit;
  await state.ports.baselines.accept(path, { content });
  state.passed.delete(path);
  // A version that was accepted over a held proposal does not answer it: the person still can.
  await record(state.ports, event, { path, road, origin, ...inWords(judgement) });
  return { outcome: 'pass', judgement };
}
