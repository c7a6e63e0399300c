import { printable } from '../../core/printable.ts';
import type { AuditRecord } from '../../ports.ts';
import type { AuditVerification } from '../../store/auditLine.ts';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { paintFor } from '../formats/paint.ts';
import { time } from '../time.ts';
import { openWorkspace } from '../workspace.ts';
import { write } from '../world.ts';

export const log: Command = {
  name: 'log',
  summary: 'show what happened to protected files of this folder',
  usage: ['log [--count N] [--format text|json]', 'log --verify [--format text|json]'],
  options: {
    count: { value: 'N', about: 'How many of the newest records; 50 by default.' },
    verify: { about: 'Check that no record was changed, moved, taken out or cut off at the end.' },
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'How to say it; text by default.' },
  },
  operands: [0, 0],
  notes: [
    'The newest record is last. The record holds addresses of what changed, never values of a file.',
    'Beyond 20 MB the oldest records go, which a record that stays says; --verify tells from which on it is whole.',
    'With --verify: exit code 0 when the record is whole, 1 when it is not.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const count = Number(call.value('count') ?? '50');
  if (!Number.isSafeInteger(count) || count < 1)
    throw new UsageError('--count needs a whole number from 1 on.');
  const { ports, store } = await openWorkspace(world.cwd, world);
  if (call.flag('verify')) return sayVerified(call, await store.audit.verify());
  const records = await ports.audit.tail(count);
  if (call.value('format') === 'json') {
    await write(world.stdout, `${JSON.stringify({ schema: 1, records }, null, 2)}\n`);
    return exit.allowed;
  }
  const { dim } = paintFor(world.stdout, world.env);
  const lines = records.flatMap((record) => {
    const [head, ...rest] = linesFor(record);
    return [`${dim(time(record.at))}  ${head}`, ...rest.map((line) => `    ${dim(line)}`)];
  });
  await write(
    world.stdout,
    lines.length === 0 ? 'Nothing has happened here yet.\n' : `${lines.join('\n')}\n`,
  );
  return exit.allowed;
}

async function sayVerified(call: Call, verification: AuditVerification): Promise<ExitCode> {
  const { intact, records, problems, torn, evicted } = verification;
  const lines = [
    ...(evicted === undefined ? [] : [beforeWhich(evicted)]),
    ...problems.map(({ line, message }) => `line ${line}: ${message}`),
    ...torn.map((line) => `line ${line}: half a line, left by a crash; no record was chained to it`),
    intact ? `The record is whole: ${records} records.` : `The record is not whole: ${records} records read.`,
  ];
  const isJson = call.value('format') === 'json';
  const said = isJson ? JSON.stringify({ schema: 1, ...verification }, null, 2) : lines.join('\n');
  await write(call.world.stdout, `${said}\n`);
  return intact ? exit.allowed : exit.held;
}

function beforeWhich({ before, at }: NonNullable<AuditVerification['evicted']>): string {
  return `Records before number ${before} were let go on ${time(at)} for their size.`;
}

/** The event and its file in one line, what belongs to it under it. */
function linesFor({ event, path, road, origin, changes, grants, quarantine, note }: AuditRecord): string[] {
  const by = [origin?.tool ?? origin?.author, origin?.model, road].filter((word) => word !== undefined);
  const head = [event, path, by.length === 0 ? undefined : `(${by.join(', ')})`].filter(
    (word) => word !== undefined,
  );
  const shown = (changes ?? []).slice(0, mostChanges);
  const more = (changes?.length ?? 0) - shown.length;
  return [
    head.join(' '),
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(grants !== undefined && grants.length > 0 ? [`scope: ${grants.join('; ')}`] : []),
    ...(quarantine === undefined ? [] : [`kept as ${quarantine}`]),
    ...(note === undefined ? [] : [note]),
  ].map(printable);
}

/** Enough to recognise an edit by; the JSON has them all. */
const mostChanges = 6;
