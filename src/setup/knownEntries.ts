import type { InstallableHost, Target } from '../agents/install/host.ts';
import { hookCommand, powershellCommand } from '../agents/install/launch.ts';
import { hostOf } from '../core/model/settings/hookLine.ts';
import { type InstalledEdits, textBefore } from '../store/installed.ts';
import type { FoundInstallation } from './installations.ts';
import { portableLaunch } from './programs.ts';

/**
 * Whether what an entry starts was put there by an installation of this person. A folder that came from elsewhere may
 * hold an entry that looks like ours and starts anything: nobody wants that run by looking.
 */
export async function isKnown(
  host: InstallableHost,
  found: FoundInstallation,
  command: string | undefined,
  targets: readonly Target[],
  record: InstalledEdits,
): Promise<boolean> {
  const known = await record.get(found.path);
  if (known !== undefined && textBefore(known, found.text) !== undefined) return true;
  const launches = [...targets.map(({ launch }) => launch), portableLaunch()];
  if (command !== undefined) {
    const id = hostOf(command) ?? '';
    return launches.some((launch) =>
      [hookCommand(launch, id), powershellCommand(launch, id)].includes(command),
    );
  }
  return targets.some((target) =>
    launches.some((launch) =>
      host
        .files({ ...target, launch })
        .some((file) => file.kind === 'own' && file.path === found.path && file.content === found.text),
    ),
  );
}
