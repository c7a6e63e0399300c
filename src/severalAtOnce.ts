/**
 * Takes one step for each item, in their order, several under way at a time: each waits for the disk most of the time.
 * The first that fails is thrown, and no other begins after it.
 */
export async function severalAtOnce<T>(
  items: readonly T[],
  step: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      try {
        await step(item);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: most }, work));
}

const most = 16;
