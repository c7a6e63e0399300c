import type { Author, Judgement } from '../../core/verdict/judgement.ts';
import { broughtProblems, judgeLoading } from '../../core/verdict/loading.ts';
import type { ProtectionPolicy } from '../../ports.ts';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exitFor } from '../exit.ts';
import { paintFor } from '../formats/paint.ts';
import { type Report, worstVerdict } from '../formats/report.ts';
import { formatProblems, formatText } from '../formats/text.ts';
import type { Comparison } from '../git.ts';
import { type Pair, readPair } from '../input.ts';
import { nextAfterCheck } from '../next.ts';
import { effectiveOptions, pairOptions, scopeOptions } from '../options.ts';
import { givenPolicy } from '../policy.ts';
import { type Wanted, wantedBy } from '../wanted.ts';
import { counted } from '../words.ts';
import { write } from '../world.ts';

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
    ...effectiveOptions,
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
  const policy = await givenPolicy(call);
  const { pairsInGit } = await import('../git.ts');
  const { pairs, warnings } = await pairsInGit(call.world, comparison, policy);
  for (const warning of warnings) await write(call.world.stderr, `infrahold: ${warning}\n`);
  const judged = (await Promise.all(pairs.map((pair) => judgePair(call, pair)))).filter(isWorthTelling);
  await writeNotes(call, [...new Set(judged.flatMap(({ wanted }) => wanted.notes))]);
  const changed = judged.map(({ report }) => report);
  await tell(call, changed, async (reports) =>
    (await import('../formats/json.ts')).formatJsonForFiles(reports),
  );
  if (format(call) === 'text' && changed.length === 0) {
    await write(
      call.world.stdout,
      `No protected file changed in meaning (${counted(pairs.length, 'file')} looked at).\n`,
    );
  }
  return exitFor(worstVerdict(changed));
}

async function checkPair(call: Call): Promise<ExitCode> {
  const policy = await givenPolicy(call);
  const pair = await readPair(call, { isEffective: true });
  const { report, wanted } = await judgePair(call, pair, policy);
  await writeNotes(call, wanted.notes);
  await tell(call, [report], async () => (await import('../formats/json.ts')).formatJson(report));
  return exitFor(report.judgement.verdict);
}

/** What is compared: two texts that are named, or what git holds. `undefined` for the former. */
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

interface Judged {
  readonly report: Report;
  readonly wanted: Wanted;
}

async function judgePair(
  call: Call,
  { file, before, after }: Pair,
  policy?: ProtectionPolicy,
): Promise<Judged> {
  const wanted = await wantedBy(call, before.document, file);
  const judgement = await judgeLoading({
    before: before.document,
    after: after.document,
    scope: wanted.scope,
    author: authorOf(call.value('author')),
  });
  const free = policy !== undefined && policy.kindOf(file) === undefined;
  const report = {
    file,
    before: before.name,
    after: after.name,
    judgement: free ? released(judgement) : judgement,
    impact: await judgement.impact(),
  };
  return { report, wanted };
}

/** A policy given by hand can release a file; what changes in it is still told. */
function released(judgement: Judgement): Judgement {
  const isReadable = judgement.problems.every(({ ofModel }) => ofModel);
  return isReadable ? { ...judgement, verdict: 'allow' } : judgement;
}

/** A file that was only reformatted is not mentioned. */
function isWorthTelling({ report: { judgement } }: Judged): boolean {
  return judgement.changes.length > 0 || broughtProblems(judgement).length > 0;
}

/** On standard error in every format: standard output is for the judgement alone. */
async function writeNotes({ world }: Call, notes: readonly string[]): Promise<void> {
  for (const note of notes) await write(world.stderr, `infrahold: request: ${note}\n`);
}

async function tell(
  call: Call,
  reports: readonly Report[],
  json: (reports: readonly Report[]) => Promise<string>,
): Promise<void> {
  const { world } = call;
  for (const report of reports) await write(world.stderr, formatProblems(report));
  switch (format(call)) {
    case 'json':
      return write(world.stdout, await json(reports));
    case 'sarif':
      return write(world.stdout, (await import('../formats/sarif.ts')).formatSarif(reports, world.version()));
    case 'github':
      return write(world.stdout, (await import('../formats/github.ts')).formatGithub(reports));
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
