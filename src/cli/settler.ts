export interface Settler {
  /** Runs the step for a path; a path that is running already runs once more, however often it is named. */
  soon(path: string): void;
  /** Waits for every step that was asked for. */
  done(): Promise<void>;
}

/** One step at a time for each path: a thousand writes in a row must not queue a thousand judgements. */
export function settler(step: (path: string) => Promise<void>, failed: (error: unknown) => void): Settler {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const runAll = async (path: string): Promise<void> => {
    do {
      again.delete(path);
      await step(path).catch(failed);
    } while (again.has(path));
    running.delete(path);
  };
  return {
    soon: (path) => {
      if (running.has(path)) again.add(path);
      else running.set(path, runAll(path));
    },
    done: async () => {
      await Promise.all(running.values());
    },
  };
}
