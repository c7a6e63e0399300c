import type { AuditRecord, Baseline, Baselines, Quarantine, Receipts, Sessions, Turns } from '../ports.ts';
import type { VerifiableAudit } from './audit.ts';
import { GuardError } from './errors.ts';
import { openSpare, type Spare } from './spare.ts';
import type { OnDamage } from './wholeFile.ts';

export interface StateParts {
  readonly baselines: Baselines;
  readonly quarantine: Quarantine;
  readonly audit: VerifiableAudit;
  readonly turns: Turns;
  readonly sessions: Sessions;
  readonly receipts: Receipts;
}

/**
 * The parts of a state for a guard that is at work. When the state goes away under it, what it has seen of accepted
 * versions is all that is left of them: the state is made anew from these, and the step that missed it runs again. No other
 * step finds the state half made, in which whatever stands on the disk would be the first version. The new record begins
 * without a head, and so says for good that there was one before it.
 */
export function rebuilding(
  parts: StateParts,
  makeFolders: () => void,
  onDamage: OnDamage,
): StateParts & { dispose(): void } {
  const spare = openSpare();
  const known = knownBaselines(spare);
  let underWay: Promise<void> | undefined;
  const rebuild = () => {
    underWay ??= rebuildFrom(parts, known, makeFolders, onDamage).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  const mended =
    <A extends readonly unknown[], R>(step: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await underWay;
      return again(() => step(...args), isGone, rebuild);
    };
  const { baselines, quarantine, audit, turns, sessions, receipts } = parts;
  /** Alone it can go as well, or another guard has not come to it yet. */
  const takeBack = async (path: string) => {
    const baseline = known.get(path);
    if (baseline === undefined) return undefined;
    await mended(baselines.accept)(path, baseline);
    await mended(audit.append)({ at: Date.now(), event: 'baseline-taken', path, note: takenBack });
    return baseline;
  };
  return {
    baselines: {
      get: async (path) => {
        const baseline = await mended(baselines.get)(path);
        if (baseline === undefined) return takeBack(path);
        known.set(path, baseline);
        return baseline;
      },
      accept: async (path, baseline) => {
        await mended(baselines.accept)(path, baseline);
        known.set(path, baseline);
      },
      begin: async (first) => {
        const taken = await mended(baselines.begin)(first);
        for (const path of taken) known.set(path, { content: first.get(path) });
        return taken;
      },
      isLost: mended(baselines.isLost),
      paths: mended(baselines.paths),
      without: mended(baselines.without),
    },
    quarantine: { ...quarantine, keep: mended(quarantine.keep), find: mended(quarantine.find) },
    audit: { ...audit, append: mended(audit.append) },
    sessions: { ...sessions, set: mended(sessions.set) },
    receipts: { ...receipts, add: mended(receipts.add) },
    turns: {
      take: (path, step) => {
        let isTaken = false;
        const takeIt = () =>
          turns.take(path, () => {
            isTaken = true;
            return step();
          });
        // A step that has begun has mended what it missed itself, and does not run twice.
        return again(takeIt, (error) => !isTaken && isGone(error), rebuild);
      },
    },
    dispose: spare.dispose,
  };
}

const takenBack = 'it was gone; a guard at work knew it';

interface KnownBaselines {
  get(path: string): Baseline | undefined;
  set(path: string, baseline: Baseline): void;
  all(): Iterable<readonly [path: string, baseline: Baseline]>;
}

function knownBaselines(contents: Spare): KnownBaselines {
  /** Whether there is to be a file. */
  const known = new Map<string, boolean>();
  const get = (path: string): Baseline | undefined => {
    const isThere = known.get(path);
    if (isThere === undefined) return undefined;
    const content = isThere ? contents.get(path) : undefined;
    // What cannot be read any more was not accepted as a removal.
    return isThere === (content !== undefined) ? { content } : undefined;
  };
  return {
    get,
    set: (path, { content }) => {
      known.set(path, content !== undefined);
      if (content === undefined) contents.forget(path);
      else contents.keep(path, content);
    },
    *all() {
      for (const path of known.keys()) {
        const baseline = get(path);
        if (baseline !== undefined) yield [path, baseline];
      }
    },
  };
}

async function again<T>(
  step: () => Promise<T>,
  isMendable: (error: unknown) => boolean,
  mend: () => Promise<void>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isMendable(error)) throw error;
    await mend();
    return step();
  }
}

function isGone(error: unknown): boolean {
  return error instanceof GuardError && error.code === 'state-gone';
}

async function rebuildFrom(
  { baselines, audit }: StateParts,
  known: KnownBaselines,
  makeFolders: () => void,
  onDamage: OnDamage,
): Promise<void> {
  makeFolders();
  const records: AuditRecord[] = [];
  const note = 'the state was gone; it was made anew from what a guard at work knew';
  for (const [path, baseline] of known.all()) {
    // Another guard may have been here first.
    if ((await baselines.get(path)) !== undefined) continue;
    await baselines.accept(path, baseline);
    records.push({ at: Date.now(), event: 'baseline-taken', path, note });
  }
  if (records.length === 0) return;
  await audit.append(...records);
  onDamage(
    `the state of this folder was gone, and was made anew with ${records.length} accepted version(s). ` +
      'Refused versions, scopes and the record that were in it are lost',
  );
}
