import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { hostIds, type InstallableHost, isHostId, type Level } from '../../agents/install/host.ts';
import { installableHost, installableHosts } from '../../agents/install/hosts.ts';
import { applySteps } from '../../setup/apply.ts';
import { leaveFor } from '../../setup/leave.ts';
import { planInstall } from '../../setup/plan.ts';
import { launchOf, portableLaunch } from '../../setup/programs.ts';
import {
  findAgents,
  openRecord,
  type Surroundings,
  surroundingsOf,
  targetIn,
} from '../../setup/surroundings.ts';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { tellSteps } from '../formats/steps.ts';
import { isPerson } from '../person.ts';
import { write } from '../world.ts';

export const install: Command = {
  name: 'install',
  summary: 'put the hook into the agents that are in use',
  usage: ['install [HOST]... [--user] [--no-rules] [--portable] [--dry-run] [--format text|json]'],
  options: {
    user: { about: 'For every project of yours, in your own folders, instead of this folder alone.' },
    'no-rules': { about: 'Leave the rules files (CLAUDE.md, AGENTS.md and the like) as they are.' },
    portable: {
      about:
        'Write `infrahold` instead of absolute paths, for files in git: it must be on the PATH wherever they are used.',
    },
    'dry-run': { about: 'Write nothing; show what would change.' },
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'How to tell what was done.' },
  },
  operands: [0, hostIds.length],
  notes: [
    `HOST is one of ${hostIds.join(', ')}. Without one, the agents are\n` +
      'found by their programs on the PATH and their files here and in your home.',
    'Written are hook entries (before a tool, after it, at a prompt, at the start of a session), with the switch that\n' +
      'makes a failing hook refuse where the host has one: `onFailure` for Claude Code, `failClosed` for Cursor. Files\n' +
      'keep their comments and layout, and what others have in them. A file that cannot be understood is left alone.',
    "Native protection is set where it asks about nothing but Infrahold's own files: `permissions.ask` of Claude Code,\n" +
      '`chat.tools.edits.autoApprove` of VS Code, with --user a policy of Gemini CLI. For your infrastructure files it\n' +
      'would ask at every edit, those that change no meaning included; there the hook decides.',
    'Exit codes: 0 everything is in place, 1 a file was left alone, 2 wrong usage, 3 nothing could be looked at.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const place = surroundingsOf(world.cwd, world.env);
  const hosts = hostsNamed(call) ?? findAgents(place).map(({ host }) => host);
  if (hosts.length === 0) {
    await write(
      world.stderr,
      'infrahold: no agent was found here. Name one: infrahold install claude-code\n',
    );
    return exit.undecided;
  }
  const launch = call.flag('portable') ? portableLaunch() : launchOf(thisProgram(), world.env);
  const target = await targetIn(place, levelOf(call), launch, { rules: !call.flag('no-rules') });
  const steps = await planInstall(hosts, target);
  if (call.flag('dry-run')) return tellSteps(call, steps, hosts, 'install');
  if (isPerson(world)) await leaveFor(steps, target, onDamage(call));
  const done = await applySteps(steps, recordFor(call, place), 'install', target);
  return tellSteps(call, done, hosts, 'install');
}

export function levelOf(call: Call): Level {
  return call.flag('user') ? 'user' : 'project';
}

export function recordFor(call: Call, place: Surroundings) {
  return openRecord(place, onDamage(call));
}

export function onDamage({ world }: Call): (message: string) => void {
  return (message) => void write(world.stderr, `infrahold: ${message}\n`);
}

/** The hosts that a command line names, in the order of all lists; `undefined` where it names none. */
export function hostsNamed({ operands }: Call): readonly InstallableHost[] | undefined {
  if (operands.length === 0) return undefined;
  const wrong = operands.find((id) => !isHostId(id));
  if (wrong !== undefined)
    throw new UsageError(`there is no host "${wrong}". Known are ${hostIds.join(', ')}.`);
  return installableHosts.filter(({ id }) => operands.includes(id)).map(({ id }) => installableHost(id));
}

/** The file that was started, which stays the same whatever link it was started by. */
export function thisProgram(): string {
  return realpathSync(resolve(process.argv[1] ?? ''));
}
