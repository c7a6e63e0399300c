import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Target } from '../agents/install/host.ts';
import { encodeText } from '../content.ts';
import { kindOf } from '../core/model/kinds.ts';
import { hasStore } from '../store/glance.ts';
import { openStore } from '../store/open.ts';
import type { OnDamage } from '../store/wholeFile.ts';
import type { Step } from './plan.ts';

/** What a person installs or takes out is their word for it: whoever watches the folder lets it be. */
export async function leaveFor(
  steps: readonly Step[],
  { level, root }: Pick<Target, 'level' | 'root'>,
  onDamage: OnDamage,
): Promise<void> {
  const folder = realpathSync.native(root);
  if (level !== 'project' || !hasStore(folder)) return;
  const { receipts } = await openStore(folder, { onDamage });
  const at = Date.now();
  for (const { path: full, before, outcome } of steps) {
    const path = relative(root, full).split(sep).join('/');
    if ((outcome.kind !== 'write' && outcome.kind !== 'remove') || kindOf(path) !== 'settings') continue;
    const [old, after] = [before, outcome.kind === 'write' ? outcome.after : undefined].map((text) =>
      text === undefined ? undefined : encodeText(text),
    );
    await receipts.add({ path, before: old, after, at, expiresAt: at + untilWritten });
  }
}

const untilWritten = 60_000;
