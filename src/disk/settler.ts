export interface Settler {
  /** Runs the step for a path; a path that is running already runs once more, however often it is named. */
  soon(path: string): void;
  /** Whether a step runs right now. */
  isBusy(): boolean;
  /** Waits for every step that was asked for, and tries none again that has failed. */
  done(): Promise<void>;
}

/** What kept a step from its end, a full disk, say, may be gone later: it is tried again after this long, then twice this. */
const firstPause = 500;
const longestPause = 30_000;

/**
 * One step at a time for each path: a thousand writes in a row must not queue a thousand judgements. A step that fails
 * is tried again until it does not, and each reason is told once.
 */
export function settler(
  step: (path: string) => Promise<void>,
  failed: (error: unknown, path: string) => void,
): Settler {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const failures = new Map<string, { readonly reason: string; readonly pause: number }>();
  const timers = new Set<NodeJS.Timeout>();
  const runOnce = async (path: string): Promise<void> => {
    try {
      await step(path);
      failures.delete(path);
    } catch (error) {
      const before = failures.get(path);
      const reason = String(error);
      const pause = Math.min((before?.pause ?? firstPause / 2) * 2, longestPause);
      failures.set(path, { reason, pause });
      if (before?.reason !== reason) failed(error, path);
      const timer = setTimeout(() => {
        timers.delete(timer);
        soon(path);
      }, pause);
      timers.add(timer);
    }
  };
  const runAll = async (path: string): Promise<void> => {
    do {
      again.delete(path);
      await runOnce(path);
    } while (again.has(path));
    running.delete(path);
  };
  const soon = (path: string): void => {
    if (running.has(path)) again.add(path);
    else running.set(path, runAll(path));
  };
  return {
    soon,
    isBusy: () => running.size > 0,
    done: async () => {
      await Promise.all(running.values());
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
