import { sameBytes } from './content.ts';
import type { State } from './holding.ts';
import type { Ports } from './ports.ts';
import { record } from './recording.ts';
import { severalAtOnce } from './severalAtOnce.ts';

/** What damage took away is not begun anew: a person is asked. */
export async function adopt({ ports, stock }: State, path: string): Promise<void> {
  const { baselines, files } = ports;
  if ((await baselines.get(path)) !== undefined) return;
  const content = stock.get(path) ?? (await files.read(path));
  if (!(await baselines.isLost(path, content))) await takeFirst(ports, path, content);
}

/** Takes a content as the first that is accepted of a path. */
export async function takeFirst(ports: Ports, path: string, content: Uint8Array | undefined): Promise<void> {
  await ports.baselines.accept(path, { content });
  await record(ports, 'baseline-taken', { path });
}

/** So many go together: what is to be safe on disk is waited for once for all of them. */
const together = 250;

/**
 * Takes stock of files when somebody begins to watch: what they hold at this moment is the first version of those that have
 * none, though it take its time until all are recorded. Whatever comes meanwhile is judged as an edit of it.
 */
export async function takeStock({ ports, stock }: State, paths: readonly string[]): Promise<void> {
  await severalAtOnce(paths, async (path) => {
    // What cannot be read is said by whoever settles it.
    const content = await ports.files.read(path).catch(() => undefined);
    if (content !== undefined) stock.set(path, content);
  });
  const all = [...stock];
  for (let at = 0; at < all.length; at += together) {
    const taken = await ports.baselines.begin(new Map(all.slice(at, at + together)));
    const now = ports.clock.now();
    await ports.audit.append(...taken.map((path) => ({ at: now, event: 'baseline-taken', path }) as const));
  }
  // Not one by one: a step that has found no accepted version must still find this.
  stock.clear();
}

export async function catchUp(ports: Ports, path: string): Promise<void> {
  const { baselines, files } = ports;
  const baseline = await baselines.get(path);
  const content = await files.read(path);
  if (baseline === undefined ? content === undefined : sameBytes(content, baseline.content)) return;
  await baselines.accept(path, { content });
  const note = baseline === undefined ? {} : { note: 'it was changed while nobody watched' };
  await record(ports, 'baseline-taken', { path, ...note });
}
