import { readOptions } from '../options.ts';
import { assign, type Call, changeFolder, type Program, type Stream, silence } from '../shell.ts';
import { hole, type Value } from '../value.ts';
import { at } from './wrappers.ts';

/** What the shell does to its own state: its folder, its variables, its names for commands. */
export const builtinPrograms: readonly (readonly [string, Program])[] = [
  ['cd', cd],
  ['pushd', cd],
  ['popd', (call) => cd({ ...call, args: [call.shell.context.cwd] })],
  ['export', declare],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['readonly', declare],
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['set', positional],
  ['shift', shift],
  ['unset', (call) => forget(call)],
  ['alias', alias],
];

function cd(call: Call): Stream {
  const { shell } = call;
  const [folder = shell.context.home ?? hole.unknown] = readOptions(call.args).operands;
  assign(shell, 'OLDPWD', [shell.cwds]);
  // Back to where it was: the folder the command began in is one of the few it can be.
  if (call.args[0] === '-') changeFolder(shell, [...shell.cwds, shell.context.cwd]);
  else changeFolder(shell, at(call, folder));
  return silence;
}

/** An array comes as one argument for each of its elements. */
function declare({ shell, args }: Call): Stream {
  const given = new Map<string, Value[]>();
  for (const arg of args) {
    const match = /^([A-Za-z_]\w*)\+?=([\s\S]*)$/.exec(arg);
    if (match?.[1] !== undefined) given.set(match[1], [...(given.get(match[1]) ?? []), match[2] ?? '']);
  }
  if (args.some((arg) => /^-\w*n/.test(arg)))
    for (const [name, [target = '']] of given) shell.references.set(name, target);
  else for (const [name, fields] of given) assign(shell, name, [fields]);
  return silence;
}

function read(call: Call): Stream {
  const { shell, input } = call;
  const options = readOptions(call.args, ['p', 'd', 'n', 'N', 't', 'u', 'i', 'a']);
  const names = [...options.operands, ...(options.values.get('a') ?? [])];
  const lines = input?.values ?? [];
  for (const name of names.length > 0 ? names : ['REPLY']) {
    const fields = lines.flatMap((line) => [line, ...(names.length > 1 ? line.split(/[\s:,;=]+/) : [])]);
    assign(shell, name, fields.length > 0 ? fields.map((field) => [field.trim()]) : [[hole.unknown]]);
  }
  return silence;
}

function mapfile({ shell, args, input }: Call): Stream {
  const [name = 'MAPFILE'] = readOptions(args, ['d', 'n', 'O', 's', 'u', 'C', 'c']).operands;
  const lines = input === undefined || input.values.length === 0 ? [hole.unknown] : input.values;
  // Which line is which element is not always known.
  assign(shell, name, [...lines.map((line) => [line]), lines]);
  return silence;
}

function positional({ shell, args }: Call): Stream {
  if (args[0] === '--') shell.args = args.slice(1);
  return silence;
}

function shift({ shell, args }: Call): Stream {
  shell.args = shell.args.slice(Number(args[0] ?? '1') || 1);
  return silence;
}

function forget({ shell, args }: Call): Stream {
  if (!shell.mayNotRun) for (const name of args) shell.variables.delete(name);
  return silence;
}

function alias({ shell, args }: Call): Stream {
  for (const arg of args) {
    const [, name, text] = /^([\w.-]+)=([\s\S]*)$/.exec(arg) ?? [];
    if (name === undefined || text === undefined) continue;
    const words = [text, '"$@"'].join(' ');
    shell.functions.set(name, {
      is: 'command',
      assigns: [],
      words: [[{ is: 'text', text: 'eval' }], [{ is: 'text', text: words }]],
      redirects: [],
      text: arg,
    });
  }
  return silence;
}
