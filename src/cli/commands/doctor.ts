import { hostIds } from '../../agents/install/host.ts';
import { checkPlace } from '../../setup/checks.ts';
import { diagnose } from '../../setup/diagnosis.ts';
import { launchOf } from '../../setup/programs.ts';
import { surroundingsOf } from '../../setup/surroundings.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { doctorAsJson, doctorAsText } from '../formats/doctor.ts';
import { paintFor } from '../formats/paint.ts';
import { write } from '../world.ts';
import { hostsNamed, recordFor, thisProgram } from './install.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'tell which agents really hold an edit here',
  usage: ['doctor [HOST]... [--format text|json]'],
  options: { format: { value: 'FORMAT', choices: ['text', 'json'], about: 'How to tell it.' } },
  operands: [0, hostIds.length],
  notes: [
    'Each hook entry is started as its host would start it, with an edit that has to be refused and one that has to pass\n' +
      'without a word. Both are edits of a project made for it, with a state of its own: nothing of yours is touched, and\n' +
      'no record tells of them. An entry that was not put there by your own `infrahold install` is not started, and no agent\n' +
      'is but for its version.',
    'enforced: both were answered as they should be. advice only: a rules file asks the agent, nothing holds it.\n' +
      'not firing: installed, and an edit would pass, or every edit would be refused. not installed: nothing is there.',
    'Exit codes: 0 everything that is installed enforces, 1 something that is installed does not, 2 wrong usage.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const place = surroundingsOf(world.cwd, world.env);
  const wanted = hostsNamed(call)?.map(({ id }) => id);
  const launch = launchOf(thisProgram(), world.env);
  const agents = await diagnose(place, launch, recordFor(call, place), wanted);
  const checks = await checkPlace(place);
  const paint = paintFor(world.stdout, world.env);
  const report = { version: world.version(), agents, checks };
  await write(
    world.stdout,
    call.value('format') === 'json' ? doctorAsJson(report) : doctorAsText(report, paint, place.root),
  );
  const isSound = agents.every(({ faults }) => faults.length === 0);
  return isSound && checks.every(({ state }) => state !== 'fault') ? exit.allowed : exit.held;
}
