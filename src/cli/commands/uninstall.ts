import { hostIds, type Target } from '../../agents/install/host.ts';
import { installableHosts } from '../../agents/install/hosts.ts';
import { applySteps } from '../../setup/apply.ts';
import { leaveFor } from '../../setup/leave.ts';
import { planUninstall } from '../../setup/plan.ts';
import { portableLaunch } from '../../setup/programs.ts';
import { installedHosts, surroundingsOf, targetIn } from '../../setup/surroundings.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { tellSteps } from '../formats/steps.ts';
import { agentBehind, isPerson } from '../person.ts';
import { write } from '../world.ts';
import { hostsNamed, levelOf, onDamage, recordFor } from './install.ts';

export const uninstall: Command = {
  name: 'uninstall',
  summary: 'take the hook out again, and leave the files as they were',
  usage: ['uninstall [HOST]... [--user] [--dry-run] [--format text|json]'],
  options: {
    user: { about: 'From your own folders instead of this folder.' },
    'dry-run': { about: 'Write nothing; show what would change.' },
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'How to tell what was done.' },
  },
  operands: [0, hostIds.length],
  notes: [
    'A file that only Infrahold has changed is left byte for byte as it was before, and one that it made is removed.\n' +
      'Where others have changed a file since, only the entries of Infrahold are taken out.',
    'An agent is refused: what it starts may look (`--dry-run`) and not take the hook out.',
    'Exit codes: 0 nothing of Infrahold is left, 1 a file was left alone, 2 wrong usage, 3 nothing could be looked at.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const place = surroundingsOf(world.cwd, world.env);
  const hosts = hostsNamed(call) ?? installableHosts;
  const target: Target = await targetIn(place, levelOf(call), portableLaunch(), { rules: true });
  const staying = installedHosts(target)
    .filter((id) => !hosts.some((host) => host.id === id))
    .flatMap((id) => installableHosts.filter((host) => host.id === id));
  const record = recordFor(call, place);
  const steps = await planUninstall(hosts, staying, target, record);
  if (call.flag('dry-run')) return tellSteps(call, steps, hosts, 'uninstall');
  const agent = agentBehind(world.env);
  if (agent !== undefined) {
    await write(
      world.stderr,
      `infrahold: ${agent} started this. Taking the hook out is for a person: run it in a terminal of your own.\n`,
    );
    return exit.held;
  }
  if (isPerson(world)) await leaveFor(steps, target, onDamage(call));
  // What was written last goes first, so that folders are empty when their turn comes.
  const done = await applySteps([...steps].reverse(), record, 'uninstall', target);
  return tellSteps(call, [...done].reverse(), hosts, 'uninstall');
}
