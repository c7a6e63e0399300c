import type { HostId, InstallableHost, Level, Target } from '../agents/install/host.ts';
import { installableHosts } from '../agents/install/hosts.ts';
import type { InstalledEdits } from '../store/installed.ts';
import { type FoundInstallation, findInstallation, rulesFiles } from './installations.ts';
import { isKnown } from './knownEntries.ts';
import { type ProbePlace, startAsHost } from './probe.ts';
import type { FoundAgent, Surroundings } from './surroundings.ts';
import { switchedOff } from './switches.ts';
import { type Trust, trustOf } from './trust.ts';
import { type CarefulProbe, tryOut } from './tryOut.ts';

export type AgentState = 'enforced' | 'advice only' | 'not firing' | 'not installed';

/** What is true of one agent on this machine, as far as it could be tried out. */
export interface AgentReport {
  readonly host: HostId;
  readonly name: string;
  readonly state: AgentState;
  readonly version: string | undefined;
  readonly installations: readonly InstallationReport[];
  readonly rules: readonly string[];
  /** What is installed and does not do what it should. */
  readonly faults: readonly string[];
  /** Whether installing again is what mends it; trust is for a person to give. */
  readonly reinstall: boolean;
  readonly advice: string | undefined;
}

export interface InstallationReport {
  readonly level: Level;
  readonly file: string;
  readonly trust: Trust['state'];
  readonly onFailure: string;
  /** Whether the probes were answered as they should be. */
  readonly holds: boolean;
  /** The version of the program that the entry starts; none where it does not say. */
  readonly program: string | undefined;
}

/** Tries out each agent that is named, or that is in use or has the hook, through the very entry that its host would start. */
export async function examineAgents(
  found: readonly FoundAgent[],
  targets: readonly Target[],
  place: Surroundings,
  record: InstalledEdits,
  probe: ProbePlace,
  named: readonly HostId[] | undefined,
): Promise<AgentReport[]> {
  const hosts = installableHosts.filter(({ id }) => named?.includes(id) ?? true);
  const reports = hosts.map(async (host) => {
    const installations = targets.flatMap((target) => findInstallation(host, target) ?? []);
    const rules = targets.flatMap((target) => rulesFiles(host, target));
    const agent = found.find((one) => one.host.id === host.id);
    const lost = installations.length > 0 ? [] : await lostEntries(host, targets, record);
    const isOthers = installations.every(({ path }) => isHookOfOthers(path, host, found, targets));
    if (agent === undefined && isOthers && lost.length === 0 && named === undefined) return [];
    const examined = await Promise.all(
      installations.map((installation) => {
        const trusts = (command?: string) => isKnown(host, installation, command, targets, record);
        return examine(host, installation, place, { ...probe, trusts });
      }),
    );
    const off = installations.length === 0 ? [] : await switchedOff(host.id, place);
    const faults = [...lost, ...off, ...examined.flatMap(({ faults: own }) => own)];
    const report: AgentReport = {
      host: host.id,
      name: host.name,
      state: stateOf(examined, rules, faults, off),
      version: await versionOf(agent?.program, place),
      installations: examined.map(({ report: own }) => own),
      rules,
      faults,
      reinstall: lost.length > 0 || examined.some(({ isBroken }) => isBroken),
      advice: examined.find(({ advice }) => advice !== undefined)?.advice,
    };
    return [report];
  });
  return (await Promise.all(reports)).flat();
}

/** A file that was written for an agent in use, and that another one would read if it were here. */
function isHookOfOthers(
  path: string,
  host: InstallableHost,
  found: readonly FoundAgent[],
  targets: readonly Target[],
): boolean {
  const others = found.filter((agent) => agent.host.id !== host.id);
  const files = others.flatMap((agent) => targets.flatMap((target) => agent.host.files(target)));
  return files.some((file) => file.what === 'hook' && file.path === path);
}

interface Examined {
  readonly report: InstallationReport;
  readonly isBroken: boolean;
  readonly faults: readonly string[];
  readonly advice: string | undefined;
}

function stateOf(
  examined: readonly Examined[],
  rules: readonly string[],
  faults: readonly string[],
  off: readonly string[],
): AgentState {
  if (off.length === 0 && examined.some(({ report }) => report.holds && report.trust !== 'not trusted'))
    return 'enforced';
  if (examined.length > 0 || faults.length > 0) return 'not firing';
  return rules.length > 0 ? 'advice only' : 'not installed';
}

async function examine(
  host: InstallableHost,
  found: FoundInstallation,
  place: Surroundings,
  probe: CarefulProbe,
): Promise<Examined> {
  const trust = await trustOf(host.id, found.level, found.path, place);
  const distrust =
    trust.state === 'not trusted' ? [`${host.name} does not run it: ${trust.advice ?? 'not trusted'}`] : [];
  const { onFailure, faults, program } = await tryOut(host, found, place, probe);
  return {
    report: {
      level: found.level,
      file: found.path,
      trust: trust.state,
      onFailure,
      holds: faults.every(({ breaks }) => !breaks),
      program,
    },
    isBroken: faults.length > 0,
    faults: [...faults.map(({ what }) => what), ...distrust].map((what) => `${found.path}: ${what}`),
    advice: trust.state === 'trusted' ? undefined : trust.advice,
  };
}

/** What the record says was written, and the file does not hold any more. */
async function lostEntries(
  host: InstallableHost,
  targets: readonly Target[],
  record: InstalledEdits,
): Promise<string[]> {
  const files = targets.flatMap((target) => host.files(target)).filter(({ what }) => what === 'hook');
  const known = await Promise.all(files.map(({ path }) => record.get(path)));
  return files
    .filter((_, index) => known[index] !== undefined)
    .map(({ path }) => `${path}: the hook was installed here and is gone`);
}

async function versionOf(program: string | undefined, place: Surroundings): Promise<string | undefined> {
  if (program === undefined) return undefined;
  const { stdout } = await startAsHost({
    command: [program, '--version'],
    cwd: place.root,
    env: place.env,
    input: '',
    timeout: 5_000,
  });
  return /\d+\.\d+[\w.+-]*/.exec(stdout)?.[0];
}
