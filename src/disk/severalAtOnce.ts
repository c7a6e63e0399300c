const mostAtOnce = 16;

/** Runs the step for every one: each waits for the disk most of the time. Gives what came out, in the order given. */
export async function severalAtOnce<T, R>(
  all: Iterable<T>,
  step: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const waiting = [...all].map((one, at) => ({ one, at }));
  const results: R[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next.at] = await step(next.one);
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, work));
  return results;
}
