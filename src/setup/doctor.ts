import { dialects, type Failure, letsThrough } from '../agents/install/dialects.ts';
import { commandOf, type FoundHook } from '../agents/install/entries.ts';
import type { HostId, InstallableHost, Level, Target } from '../agents/install/host.ts';
import { installableHosts } from '../agents/install/hosts.ts';
import type { InstalledEdits } from '../store/installed.ts';
import { entriesBefore, type FoundInstallation, findInstallation, rulesFiles } from './hookEntries.ts';
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
}

/** Tries out each agent that is in use or has the hook, through the very entry that its host would start. */
export async function examineAgents(
  found: readonly FoundAgent[],
  targets: readonly Target[],
  place: Surroundings,
  record: InstalledEdits,
  probe: ProbePlace,
): Promise<AgentReport[]> {
  const reports = installableHosts.map(async (host) => {
    const installations = targets.flatMap((target) => findInstallation(host, target) ?? []);
    const rules = targets.flatMap((target) => rulesFiles(host, target));
    const agent = found.find((one) => one.host.id === host.id);
    const lost = installations.length > 0 ? [] : await lostEntries(host, targets, record);
    if (agent === undefined && installations.length === 0 && lost.length === 0) return [];
    const examined = await Promise.all(
      installations.map((installation) => examine(host, installation, place, probe)),
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
  probe: ProbePlace,
): Promise<Examined> {
  const trust = await trustOf(host.id, found.level, found.path, place);
  const distrust =
    trust.state === 'not trusted' ? [`${host.name} does not run it: ${trust.advice ?? 'not trusted'}`] : [];
  const { onFailure, faults } = await tryOut(host, found, place, probe);
  return {
    report: {
      level: found.level,
      file: found.path,
      trust: trust.state,
      onFailure,
      holds: faults.every(({ breaks }) => !breaks),
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
  readonly onFailure: string;
  readonly faults: readonly Fault[];
}

async function tryOut(
  { id }: InstallableHost,
  found: FoundInstallation,
  place: Surroundings,
  probe: ProbePlace,
): Promise<Tried> {
  if (id === 'opencode' || id === 'cline') {
    const faults = await probed((text) => {
      const program = pluginProbe(id, found.plugin ?? '', { ...editOf(probe), text });
      const env = { ...place.env, ...probe.env, ELECTRON_RUN_AS_NODE: '1' };
      const command = [process.execPath, '--input-type=module', '-e', program] as const;
      return startAsHost({ command, cwd: place.root, env, input: '', timeout: 15_000 }).then((ran) => ({
        ran,
        refuses: ran.exit === 0 && ran.stdout !== '',
      }));
    }, probe);
    return { onFailure: 'closed, but open where the plugin does not load', faults };
  }
  const { before, tool, timeout, onFailure } = dialects[id];
  const hooks = entriesBefore(found.hooks, before);
  const [hook] = hooks.filter(({ group }) => letsThrough(group.matcher, tool));
  const failure = failureInWords(onFailure, hook ?? hooks[0]);
  if (hook === undefined) {
    const why =
      hooks.length === 0
        ? `no entry for ${before}, which comes before an edit`
        : `its matcher "${String(hooks[0]?.group.matcher)}" leaves out the tool ${tool}`;
    return { onFailure: failure.words, faults: [{ what: why, breaks: true }] };
  }
  const given = hook.handler[timeout.name] ?? hook.handler.timeout;
  const wait = typeof given === 'number' ? given * timeout.unit : timeout.usual;
  const faults = await probed((text) => throughEntry(id, hook, wait, text, place, probe), probe);
  return { onFailure: failure.words, faults: [...faults, ...failure.faults] };
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

function editOf({ folder, file, current }: ProbePlace) {
  return { folder, file, current };
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
  timeout: number,
  text: string,
  place: Surroundings,
  probe: ProbePlace,
) {
  const dialect = dialects[id];
  const withheld = dialect.withheld;
  const kept = Object.entries(place.env).filter(([name]) => withheld?.test(name) !== true);
  const ran = await startAsHost({
    command: commandOf(hook.handler) ?? '',
    cwd: place.root,
    env: { ...Object.fromEntries(kept), ...probe.env, ...dialect.env(probe.folder) },
    input: `${JSON.stringify(dialect.payload({ ...editOf(probe), text }))}\n`,
    timeout,
  });
  return { ran, refuses: ran.exit !== undefined && dialect.refuses(ran) };
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
