/** Hosts let an edit pass when its hook is late, so a late answer is a no in time. */
export async function inTime<T>(judgement: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), judgingTime);
  });
  try {
    const judged = await Promise.race([judgement, late]);
    // Whoever waits for a process of its own to judge must not end it while a person is asked.
    process.send?.('judged');
    return judged;
  } finally {
    clearTimeout(timer);
  }
}

/** How long the judging itself may take, a person's answer aside, in milliseconds. The shortest limit of a host is 3 s. */
export const judgingTime = 2_000;

export function tooLate(): Error {
  return new Error(`no judgement within ${judgingTime / 1000} s`);
}

/**
 * How long a person's answer is waited for, in milliseconds: with the judging before it well within the 30 s that hosts
 * give a hook where nobody says otherwise. Plugins have less; where one has 2.3 s, the agent has to come back.
 */
export function waitFor(host: string): number {
  return ownLimits.get(host) ?? 25_000;
}

/** The plugin of Cline gives a hook 2.3 s, that of opencode 10 s. Windsurf says nothing of its limit. */
const ownLimits: ReadonlyMap<string, number> = new Map([
  ['cline', 0],
  ['opencode', 6_000],
  ['windsurf', 10_000],
]);
