import { dialects, type Failure, letsThrough } from '../agents/install/dialects.ts';
import { commandOf, type FoundHook } from '../agents/install/entries.ts';
import type { HostId, InstallableHost, Level, Target } from '../agents/install/host.ts';
import { installableHosts } from '../agents/install/hosts.ts';
import type { InstalledEdits } from '../store/installed.ts';
import { entriesBefore, type FoundInstallation, findInstallation, rulesFiles } from './hookEntries.ts';
import { isKnown } from './knownEntries.ts';
import { pluginProbe } from './pluginProbe.ts';
import { type ProbePlace, type Ran, startAsHost } from './probe.ts';
import type { FoundAgent, Surroundings } from './surroundings.ts';
import { switchedOff } from './switches.ts';
import { type Trust, trustOf } from './trust.ts';

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
    const isNowhere = agent === undefined && installations.length === 0 && lost.length === 0;
    if (isNowhere && named === undefined) return [];
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

interface Fault {
  readonly what: string;
  /** Whether edits slip through, or are all refused, because of it. */
  readonly breaks: boolean;
}

interface Tried {
  readonly program?: string | undefined;
  readonly onFailure: string;
  readonly faults: readonly Fault[];
}

/** A probe that starts only what an installation has put there. */
interface CarefulProbe extends ProbePlace {
  trusts(command?: string): Promise<boolean>;
}

const stranger: Fault = {
  what: 'it is not what was installed here, so it was not started',
  breaks: true,
};

async function tryOut(
  { id }: InstallableHost,
  found: FoundInstallation,
  place: Surroundings,
  probe: CarefulProbe,
): Promise<Tried> {
  if (id === 'opencode' || id === 'cline') {
    const onFailure = 'closed, but open where the plugin does not load';
    if (!(await probe.trusts())) return { onFailure, faults: [stranger] };
    return { onFailure, faults: await probed((text) => throughPlugin(id, found, text, place, probe), probe) };
  }
  const { before, tool, onFailure } = dialects[id];
  const hooks = entriesBefore(found.hooks, before);
  const [hook] = hooks.filter(({ group }) => letsThrough(group.matcher, tool));
  const failure = failureInWords(onFailure, hook ?? hooks[0]);
  const told = (...faults: readonly Fault[]) => ({ onFailure: failure.words, faults });
  if (hook === undefined) {
    const why =
      hooks.length === 0
        ? `no entry for ${before}, which comes before an edit`
        : `its matcher "${String(hooks[0]?.group.matcher)}" leaves out the tool ${tool}`;
    return told({ what: why, breaks: true });
  }
  if (!(await probe.trusts(commandOf(hook.handler)))) return told(stranger);
  const faults = await probed((text) => throughEntry(id, hook, text, place, probe), probe);
  return { ...told(...faults, ...failure.faults), program: await programVersion(hook, place) };
}

/** The same program, started in the same way, asked for its version. */
async function programVersion(hook: FoundHook, { root, env }: Surroundings): Promise<string | undefined> {
  const command = commandOf(hook.handler)?.replace(/\shook\s+[a-z-]+.*$/s, ' --version') ?? '';
  const { stdout, exit } = await startAsHost({ command, cwd: root, env, input: '', timeout: 5_000 });
  return exit === 0 ? stdout.trim() : undefined;
}

/** The edit that has to be refused and the one that has to pass without a word. */
async function probed(
  run: (text: string) => Promise<{ readonly ran: Ran; readonly refuses: boolean }>,
  probe: ProbePlace,
): Promise<Fault[]> {
  const denied = await run(probe.forbidden);
  if (!denied.refuses)
    return [{ what: `an edit beyond the scope is not refused${aside(denied.ran)}`, breaks: true }];
  const passed = await run(probe.innocent);
  const isSilent = passed.ran.exit === 0 && passed.ran.stdout === '';
  return isSilent
    ? []
    : [
        {
          what: `an edit that changes no meaning does not pass without a word${aside(passed.ran)}`,
          breaks: true,
        },
      ];
}

function aside({ why, exit, stdout, stderr }: Ran): string {
  const last =
    `${stderr}\n${stdout}`
      .trim()
      .split('\n')
      .find((line) => /rror|not found|infrahold/.test(line)) ?? '';
  const how = why ?? (exit === 0 ? '' : `exit code ${exit}`);
  const both = [how, last.trim()].filter((part) => part !== '').join(': ');
  return both === '' ? '' : ` (${both})`;
}

async function throughEntry(
  id: Exclude<HostId, 'opencode' | 'cline'>,
  hook: FoundHook,
  text: string,
  place: Surroundings,
  probe: ProbePlace,
) {
  const dialect = dialects[id];
  const { withheld, timeout } = dialect;
  const given = hook.handler[timeout.name] ?? hook.handler.timeout;
  const kept = Object.entries(place.env).filter(([name]) => withheld?.test(name) !== true);
  const ran = await startAsHost({
    command: commandOf(hook.handler) ?? '',
    cwd: place.root,
    env: { ...Object.fromEntries(kept), ...probe.env, ...dialect.env(probe.folder) },
    input: `${JSON.stringify(dialect.payload({ ...probe, text }))}\n`,
    timeout: typeof given === 'number' ? given * timeout.unit : timeout.usual,
  });
  return { ran, refuses: ran.exit !== undefined && dialect.refuses(ran) };
}

async function throughPlugin(
  id: 'opencode' | 'cline',
  { plugin = '' }: FoundInstallation,
  text: string,
  place: Surroundings,
  { folder, file, current, env }: ProbePlace,
) {
  const program = pluginProbe(id, plugin, { folder, file, current, text });
  const ran = await startAsHost({
    command: [process.execPath, '--input-type=module', '-e', program],
    cwd: place.root,
    env: { ...place.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
    input: '',
    timeout: 15_000,
  });
  return { ran, refuses: ran.exit === 0 && ran.stdout !== '' };
}

function failureInWords(failure: Failure, hook: FoundHook | undefined) {
  const none: readonly Fault[] = [];
  if (failure.kind !== 'switch') {
    const but = failure.but === undefined ? '' : `, ${failure.but}`;
    return { words: `${failure.kind}${but}`, faults: none };
  }
  if (hook?.handler[failure.name] === failure.value) return { words: 'closed', faults: none };
  const what = `"${failure.name}" is not ${JSON.stringify(failure.value)}: an edit passes when the hook fails`;
  return { words: 'open', faults: [{ what, breaks: false }] };
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
