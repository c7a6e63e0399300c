import { judge } from '../../core/verdict/judge.ts';
import type { Author, Judgement } from '../../core/verdict/judgement.ts';
import { type Call, type Command, type Option, UsageError } from '../command.ts';
import { type ExitCode, exitFor } from '../exit.ts';
import { formatGithub } from '../formats/github.ts';
import { formatJson, formatJsonForFiles } from '../formats/json.ts';
import { paintFor } from '../formats/paint.ts';
import { type Report, worstVerdict } from '../formats/report.ts';
import { formatSarif } from '../formats/sarif.ts';
import { formatProblems, formatText } from '../formats/text.ts';
import { type Comparison, pairsInGit } from '../git.ts';
import { type Pair, readPair } from '../input.ts';
import { nextAfterCheck } from '../next.ts';
import { givenPolicy, type Protection } from '../policy.ts';
import { scopeOptions, type Wanted, wantedBy } from '../wanted.ts';
import { counted } from '../words.ts';
import { write } from '../world.ts';

export const pairOptions = {
  as: { value: 'NAME', about: "Which file the texts are versions of; BEFORE's name by default." },
} as const satisfies Record<string, Option>;

export const check: Command = {
  name: 'check',
  summary: 'judge an edit against the scope',
  usage: [
    'check BEFORE AFTER [--as NAME] [--scope GRANT]... [--request PROSE] [OPTIONS]',
    'check --base REV [OPTIONS]',
    'check --staged [OPTIONS]',
  ],
  options: {
    ...pairOptions,
    ...scopeOptions,
    author: {
      value: 'WHO',
      choices: ['human', 'ai', 'git', 'unknown'],
      about: 'Who made the edit; ai by default.',
    },
    policy: { value: 'FILE', about: 'Which files are protected, in place of .infrahold.yml.' },
    base: { value: 'REV', about: 'Judge every protected file of the work tree against this revision.' },
    staged: { about: 'Judge every protected file of the index against HEAD.' },
    format: {
      value: 'FORMAT',
      choices: ['text', 'json', 'sarif', 'github'],
      about: 'How to say it; text by default.',
    },
  },
  operands: [0, 2],
  notes: [
    'BEFORE and AFTER are two files, or two folders with --as naming the file in each. One of them can be - for\n' +
      'standard input or /dev/null for a file that is not there.',
    'A file that is missing, unreadable, broken, binary or larger than 8 MiB cannot be judged: exit code 3.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const comparison = comparisonOf(call);
  if (comparison === undefined) return checkPair(call);
  const protection = await givenPolicy(call);
  const { pairs, warnings } = await pairsInGit(call.world, comparison, protection);
  for (const warning of warnings) await write(call.world.stderr, `infrahold: ${warning}\n`);
  const judged = pairs.map((pair) => judgePair(call, pair));
  await writeNotes(call, [...new Set(judged.flatMap(({ wanted }) => wanted.notes))]);
  const changed = judged.map(({ report }) => report).filter(({ judgement }) => isWorthTelling(judgement));
  await tell(call, changed, (reports) => formatJsonForFiles(reports));
  if (format(call) === 'text' && changed.length === 0) {
    await write(
      call.world.stdout,
      `No protected file changed in meaning (${counted(pairs.length, 'file')} looked at).\n`,
    );
  }
  return exitFor(worstVerdict(changed));
}

async function checkPair(call: Call): Promise<ExitCode> {
  const protection = await givenPolicy(call);
  const pair = await readPair(call);
  const { report, wanted } = judgePair(call, pair, protection);
  await writeNotes(call, wanted.notes);
  await tell(call, [report], ([only = report]) => formatJson(only));
  return exitFor(report.judgement.verdict);
}

function comparisonOf(call: Call): Comparison | undefined {
  const base = call.value('base');
  const staged = call.flag('staged');
  const inGit = base !== undefined || staged;
  if (base !== undefined && staged) throw new UsageError('--base and --staged exclude each other.');
  if (inGit && call.operands.length > 0)
    throw new UsageError('--base and --staged take their files from git.');
  if (!inGit && call.operands.length < 2) {
    throw new UsageError(`two texts are needed. Usage: infrahold ${check.usage.join('\n       infrahold ')}`);
  }
  if (base !== undefined) return { base };
  return staged ? 'staged' : undefined;
}

function judgePair(
  call: Call,
  { file, before, after }: Pair,
  protection?: Protection,
): { readonly report: Report; readonly wanted: Wanted } {
  const wanted = wantedBy(call, before.document);
  const judgement = judge({
    before: before.document,
    after: after.document,
    scope: wanted.scope,
    author: authorOf(call.value('author')),
  });
  const free = protection !== undefined && protection.kindOf(file) === undefined;
  const report = {
    file,
    before: before.name,
    after: after.name,
    judgement: free ? released(judgement) : judgement,
  };
  return { report, wanted };
}

/** A policy given by hand can release a file; what changes in it is still told. */
function released(judgement: Judgement): Judgement {
  return judgement.verdict === 'undecided' ? judgement : { ...judgement, verdict: 'allow' };
}

function isWorthTelling({ changes, problems }: Judgement): boolean {
  return changes.length > 0 || problems.length > 0;
}

async function writeNotes({ world }: Call, notes: readonly string[]): Promise<void> {
  for (const note of notes) await write(world.stderr, `infrahold: request: ${note}\n`);
}

async function tell(
  call: Call,
  reports: readonly Report[],
  json: (reports: readonly Report[]) => string,
): Promise<void> {
  const { world } = call;
  for (const report of reports) await write(world.stderr, formatProblems(report));
  switch (format(call)) {
    case 'json':
      return write(world.stdout, json(reports));
    case 'sarif':
      return write(world.stdout, formatSarif(reports));
    case 'github':
      return write(world.stdout, formatGithub(reports));
    default: {
      const paint = paintFor(world.stdout, world.env);
      const texts = reports.map((report) => formatText(report, paint, nextAfterCheck(call, report)));
      return write(world.stdout, texts.join('\n'));
    }
  }
}

function format(call: Call): string {
  return call.value('format') ?? 'text';
}

function authorOf(value: string | undefined): Author {
  switch (value) {
    case 'human':
    case 'git':
    case 'unknown':
      return value;
    default:
      return 'ai';
  }
}
