import { sameBytes } from './content.ts';
import type { Ports } from './ports.ts';
import { record } from './recording.ts';

/** What damage took away is not begun anew: a person is asked. */
export async function adopt(ports: Ports, path: string): Promise<void> {
  const { baselines, files } = ports;
  if ((await baselines.get(path)) !== undefined) return;
  const content = await files.read(path);
  if (!(await baselines.isLost(path, content))) await takeFirst(ports, path, content);
}

/** Takes a content as the first that is accepted of a path. */
export async function takeFirst(ports: Ports, path: string, content: Uint8Array | undefined): Promise<void> {
  await ports.baselines.accept(path, { content });
  await record(ports, 'baseline-taken', { path });
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
