import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { asksForGuard, kindOf, policyFile } from '../../core/model/kinds.ts';
import { printable } from '../../core/printable.ts';

import { findProtected } from '../../disk/find.ts';
import { starterPolicy } from '../../setup/starterPolicy.ts';
import { errnoOf } from '../../store/errors.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { counted } from '../words.ts';
import { write } from '../world.ts';

export const init: Command = {
  name: 'init',
  summary: `write a first ${policyFile} from what is in this folder`,
  usage: ['init'],
  options: {},
  operands: [0, 0],
  notes: [
    'Compose files are protected without it. It names what else was found that runs or ships the project, with a\n' +
      'sentence for each, for you to keep or to strike out. A policy that is there already is never written over.',
  ],
  run,
};

async function run({ world }: Call): Promise<ExitCode> {
  const found: string[] = [];
  await findProtected(world.cwd, (path) => {
    found.push(path);
    return false;
  });
  const byDefault = found.filter((path) => asksForGuard(kindOf(path)) && path !== policyFile);
  try {
    await writeFile(join(world.cwd, policyFile), starterPolicy(found), { flag: 'wx' });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    await write(world.stderr, `infrahold: ${policyFile} is there already; it was left as it is.\n`);
    return exit.held;
  }
  const names = byDefault.slice(0, 5).map(printable).join(', ');
  const list = byDefault.length === 0 ? '' : `: ${names}${byDefault.length > 5 ? ', …' : ''}`;
  await write(
    world.stdout,
    `Wrote ${policyFile}. ${counted(byDefault.length, 'file')} protected by default${list}.\n` +
      'Next: read what it adds, then `infrahold install` puts the hook into your agents.\n',
  );
  return exit.allowed;
}
