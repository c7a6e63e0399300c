import { setTimeout as delay } from 'node:timers/promises';

/** Hosts let an edit pass when its hook is late, so a late answer is a no in time. */
export async function inTime<T>(judgement: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(judgingTime, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no judgement within ${judgingTime / 1000} s`);
  });
  try {
    return await Promise.race([judgement, late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}

/** How long the judging itself may take, a person's answer aside. The shortest limit of a host is 3 s. */
const judgingTime = 2_000;

/**
 * How long a person's answer is waited for, in milliseconds: with the judging before it well within the 15 s for which
 * the hooks are set up. Cline ends the whole run when its plugin takes 3 s; there the agent has to come back.
 */
export function waitFor(host: string): number {
  return host === 'cline' ? 0 : 10_000;
}
