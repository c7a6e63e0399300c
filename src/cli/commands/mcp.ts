import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';

export const mcp: Command = {
  name: 'mcp',
  summary: 'let an agent read its scope, check an edit and ask a person for more, over MCP',
  usage: ['mcp [FOLDER]'],
  options: {},
  operands: [0, 1],
  notes: [
    'An agent starts it and speaks with it on standard input and output. FOLDER is the project; the current folder by\n' +
      'default. It opens no port, and ends with its standard input.',
    'Tools: current_scope tells what may be done, check_edit judges a text before it is written and records nothing,\n' +
      'request_scope asks a person, in the agent (by MCP elicitation) or in the editor. Nothing approves itself.',
    '`elicitation: false` in .infrahold.yml leaves the approvals to the editor.',
  ],
  run,
};

async function run({ world, operands }: Call): Promise<ExitCode> {
  const folder = resolve(world.cwd, operands[0] ?? '');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${folder} is no folder.`);
  const { serve } = await import('../mcp/serve.ts');
  await serve(folder, world);
  return exit.allowed;
}
