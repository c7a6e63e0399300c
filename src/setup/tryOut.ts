import { dialects, type Failure, letsThrough } from '../agents/install/dialects.ts';
import { commandOf, type FoundHook } from '../agents/install/entries.ts';
import type { HostId, InstallableHost } from '../agents/install/host.ts';
import { entriesBefore, type FoundInstallation } from './installations.ts';
import { pluginProbe } from './pluginProbe.ts';
import { type ProbePlace, type Ran, startAsHost } from './probe.ts';
import type { Surroundings } from './surroundings.ts';

/** Starts what is installed as the host would, and tells what does not answer as it should. */
export async function tryOut(
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

export interface Fault {
  readonly what: string;
  /** Whether edits slip through, or are all refused, because of it. */
  readonly breaks: boolean;
}

/** What came of trying out one installation. */
export interface Tried {
  readonly program?: string | undefined;
  readonly onFailure: string;
  readonly faults: readonly Fault[];
}

/** A probe that starts only what an installation has put there. */
export interface CarefulProbe extends ProbePlace {
  trusts(command?: string): Promise<boolean>;
}

const stranger: Fault = {
  what: 'it is not what was installed here, so it was not started',
  breaks: true,
};

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
