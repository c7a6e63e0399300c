import type { Guard } from './guard.ts';
import type { Hold } from './holding.ts';
import type { Ports } from './ports.ts';
import { severalAtOnce } from './severalAtOnce.ts';

export interface Looked {
  /** The protected files that are there. */
  readonly found: readonly string[];
  protects(path: string): boolean;
  failed(error: unknown, path: string): void;
}

/**
 * Looks at every protected file when somebody begins to watch: takes what is new as accepted, and judges what was
 * changed, or taken away, while nobody watched. Gives what a person is to be asked about.
 */
export async function firstLook(
  guard: Guard,
  { baselines }: Pick<Ports, 'baselines'>,
  { found, protects, failed }: Looked,
): Promise<readonly Hold[]> {
  const changed: Hold[] = [];
  const fresh = await baselines.without(found);
  // Each of them is taken, or fails, once more below.
  await guard.takeStock(fresh).catch((error) => failed(error, fresh[0] ?? ''));
  const known = await baselines.paths();
  await severalAtOnce([...new Set([...found, ...known.filter(protects)])].sort(), async (path) => {
    try {
      const review = await guard.settle(path, 'start', { author: 'unknown' });
      if (review?.outcome === 'held' && review.isNew) changed.push(review);
    } catch (error) {
      // One file that cannot be looked at must not leave all the others without a guard.
      failed(error, path);
    }
  });
  return changed.sort((one, other) => (one.held.path < other.held.path ? -1 : 1));
}
