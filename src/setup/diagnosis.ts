import type { HostId } from '../agents/install/host.ts';
import type { Launch } from '../agents/install/launch.ts';
import type { InstalledEdits } from '../store/installed.ts';
import { type AgentReport, examineAgents } from './doctor.ts';
import { openProbePlace } from './probe.ts';
import { findAgents, type Surroundings, targetIn } from './surroundings.ts';

/** What there is to tell about the agents of a folder, those named or all, at both levels. */
export async function diagnose(
  place: Surroundings,
  launch: Launch,
  record: InstalledEdits,
  named?: readonly HostId[],
): Promise<AgentReport[]> {
  const probe = await openProbePlace();
  try {
    const targets = [
      await targetIn(place, 'project', launch, { rules: true }),
      await targetIn(place, 'user', launch, { rules: true }),
    ];
    return await examineAgents(findAgents(place), targets, place, record, probe, named);
  } finally {
    await probe.dispose();
  }
}
