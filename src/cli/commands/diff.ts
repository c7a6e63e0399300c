import { judge } from '../../core/verdict/judge.ts';
import type { Call, Command } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { formatJson } from '../formats/json.ts';
import { paintFor } from '../formats/paint.ts';
import { formatDiffText, formatProblems } from '../formats/text.ts';
import { readPair } from '../input.ts';
import { effectiveOptions, pairOptions } from '../options.ts';
import { write } from '../world.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'show what an edit changes in meaning',
  usage: ['diff BEFORE AFTER [--as NAME] [--format text|json]'],
  options: {
    ...pairOptions,
    ...effectiveOptions,
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'How to say it; text by default.' },
  },
  operands: [2, 2],
  notes: [
    'Exit code 0 when nothing changed in meaning, 1 when something did. Comments, order, quoting, and short against\n' +
      'long syntax have no meaning.',
    'The verdict in the JSON is that on an AI edit for which no scope is declared.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const { file, before, after } = await readPair(call, { isEffective: true });
  const judgement = judge({ before: before.document, after: after.document, scope: undefined, author: 'ai' });
  const impact = await judgement.impact();
  const report = { file, before: before.name, after: after.name, judgement, impact };
  await write(world.stderr, formatProblems(report));
  const isJson = call.value('format') === 'json';
  await write(
    world.stdout,
    isJson ? formatJson(report) : formatDiffText(report, paintFor(world.stdout, world.env)),
  );
  if (judgement.verdict === 'undecided') return exit.undecided;
  return judgement.changes.length === 0 ? exit.allowed : exit.held;
}
