import type { AuditRecord, Baseline, Baselines, Quarantine, Turns } from '../ports.ts';
import type { VerifiableAudit } from './audit.ts';
import { GuardError } from './errors.ts';
import type { OnDamage } from './wholeFile.ts';

export interface StateParts {
  readonly baselines: Baselines;
  readonly quarantine: Quarantine;
  readonly audit: VerifiableAudit;
  readonly turns: Turns;
}

/**
 * The parts of a state for a guard that is at work. When the state goes away under it, what it has seen of accepted
 * versions is all that is left of them: the state is made anew from these, and the step that missed it runs again. The new
 * record begins without a head, and so says for good that there was one before it.
 */
export function rebuilding(parts: StateParts, makeFolders: () => void, onDamage: OnDamage): StateParts {
  const known = new Map<string, Baseline>();
  let underWay: Promise<void> | undefined;
  const rebuild = () => {
    underWay ??= rebuildFrom(parts, known, makeFolders, onDamage).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  const mended =
    <A extends readonly unknown[], R>(step: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      again(() => step(...args), isGone, rebuild);
  const { baselines, quarantine, audit, turns } = parts;
  return {
    baselines: {
      get: async (path) => remember(known, path, await mended(baselines.get)(path)),
      accept: async (path, baseline) => {
        await mended(baselines.accept)(path, baseline);
        known.set(path, baseline);
      },
      isLost: mended(baselines.isLost),
      paths: mended(baselines.paths),
    },
    quarantine: { ...quarantine, keep: mended(quarantine.keep), find: mended(quarantine.find) },
    audit: { ...audit, append: mended(audit.append) },
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
  };
}

function remember(
  known: Map<string, Baseline>,
  path: string,
  baseline: Baseline | undefined,
): Baseline | undefined {
  if (baseline !== undefined) known.set(path, baseline);
  return baseline;
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
  known: ReadonlyMap<string, Baseline>,
  makeFolders: () => void,
  onDamage: OnDamage,
): Promise<void> {
  makeFolders();
  const records: AuditRecord[] = [];
  const note = 'the state was gone; it was made anew from what a guard at work knew';
  for (const [path, baseline] of known) {
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
