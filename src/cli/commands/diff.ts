import { judgeLoading } from '../../core/verdict/loading.ts';
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
    'Exit code 0 when nothing changed in meaning, 1 when something did, 3 when nothing did and the file could not be\n' +
      'read or is one that Compose would no longer load. Comments, order, quoting, and short against long syntax have\n' +
      'no meaning.',
    'The verdict in the JSON is that on an AI edit for which no scope is declared.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const { file, before, after } = await readPair(call, { isEffective: true });
  const judgement = await judgeLoading({
    before: before.document,
    after: after.document,
    scope: undefined,
    author: 'ai',
  });
  const impact = await judgement.impact();
  const report = { file, before: before.name, after: after.name, judgement, impact };
  await write(world.stderr, formatProblems(report));
  const isJson = call.value('format') === 'json';
  await write(
    world.stdout,
    isJson ? formatJson(report) : formatDiffText(report, paintFor(world.stdout, world.env)),
  );
  if (judgement.changes.length > 0) return exit.held;
  return judgement.verdict === 'undecided' ? exit.undecided : exit.allowed;
}
