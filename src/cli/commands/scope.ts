import { printable } from '../../core/printable.ts';
import { formatGrant } from '../../core/scope/grants.ts';
import { readRequest } from '../../core/scope/request.ts';
import { type Call, type Command, UsageError } from '../command.ts';
import { type ExitCode, exit } from '../exit.ts';
import { plainGrant } from '../formats/json.ts';
import { readSide } from '../input.ts';
import { scopeOptions } from '../options.ts';
import { nameOfCompose, notesOn } from '../wanted.ts';
import { adviceOn } from '../words.ts';
import { write } from '../world.ts';

export const scope: Command = {
  name: 'scope',
  summary: 'read a request in plain words as grants',
  usage: ['scope --request PROSE --file FILE [--as NAME] [--format text|json]'],
  options: {
    request: scopeOptions.request,
    file: { value: 'FILE', about: 'The file that the request is about; - for standard input.' },
    as: { value: 'NAME', about: "Which file the text is; FILE's name by default." },
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'How to say it; text by default.' },
  },
  operands: [0, 0],
  notes: [
    'The same words and the same file always give the same grants. What is not sure is listed and never granted.',
    'Exit code 3 when something in the request is ambiguous or when nothing in it could be read as an order.',
  ],
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { world } = call;
  const request = call.value('request');
  const file = call.value('file');
  if (request === undefined || file === undefined)
    throw new UsageError('both --request and --file are needed.');
  const { name, document } = await readSide(world, file, call.value('as'));
  const [problem] = document.problems;
  if (problem !== undefined) {
    const { line, column, message, code } = problem;
    await write(
      world.stderr,
      `${printable(`${name}:${line}:${column}: ${message} (${code}): ${adviceOn(code)}`)}.\n`,
    );
    return exit.undecided;
  }
  const reading = readRequest(request, document, nameOfCompose(call.value('as') ?? file));
  const { grants, ambiguous, notUnderstood, reasons } = reading;
  if (call.value('format') === 'json') {
    const plain = {
      grants: grants.map(plainGrant),
      ambiguous: ambiguous.map(({ phrase, candidates, grants: meant }) => ({
        phrase,
        candidates,
        say: meant.map(formatGrant),
      })),
      notUnderstood,
      ...(reasons && { reasons }),
    };
    await write(world.stdout, `${JSON.stringify(plain, null, 2)}\n`);
  } else {
    await write(world.stdout, grants.map((grant) => `${printable(formatGrant(grant))}\n`).join(''));
    for (const note of notesOn(reading)) await write(world.stderr, `infrahold: request: ${note}\n`);
  }
  return grants.length > 0 && ambiguous.length === 0 ? exit.allowed : exit.undecided;
}
