import { commandsIn, writtenBy } from '../foreignCode.ts';
import { lastValue, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Shell, type Stream } from '../shell.ts';
import { knownFiles, protectedAt, protectedNamed, textOf, unknownContent, write } from '../touch.ts';
import { baseName } from '../value.ts';

/** Interpreters that are given code, in an option, in a file that was just written or on their input. */
export const codePrograms: readonly (readonly [string, Program])[] = [
  ['python', (call) => python(call)],
  ['python2', (call) => python(call)],
  ['python3', (call) => python(call)],
  ['ipython', (call) => python(call)],
  ['pypy3', (call) => python(call)],
  [
    'node',
    (call) => script(call, ['e', 'eval', 'p', 'print', 'pe'], ['r', 'require', 'import', 'loader', 'C']),
  ],
  ['nodejs', (call) => script(call, ['e', 'eval', 'p', 'print', 'pe'], ['r', 'require', 'import'])],
  ['bun', (call) => script(call, ['e', 'eval', 'p', 'print'], [])],
  [
    'deno',
    (call) =>
      call.args[0] === 'eval' ? judgeCode(call, call.args.slice(1).join(' ')) : script(call, [], []),
  ],
  ['tsx', (call) => script(call, ['e', 'eval', 'p'], [])],
  ['php', (call) => script(call, ['r', 'B', 'R', 'E'], ['d', 'c'])],
  ['lua', (call) => script(call, ['e'], ['l'])],
  ['Rscript', (call) => script(call, ['e'], [])],
  ['osascript', (call) => script(call, ['e'], [])],
  ['ruby', (call) => oneLiner(call, ['e'], ['I', 'r', 'C'])],
  ['perl', (call) => oneLiner(call, ['e', 'E'], ['I', 'M', 'm', 'l0'])],
];

/** Python has versions in its name, and modules that are programs of their own. */
function python(call: Call): Stream {
  const options = readOptions(call.args, ['c', 'm', 'W', 'X'], true);
  const name = lastValue(options, 'm');
  if (name !== undefined) return call.run([name, ...options.operands]);
  return script(call, ['c'], ['W', 'X']);
}

function script(call: Call, code: readonly string[], withValue: readonly string[]): Stream {
  const { shell, input } = call;
  const options = readOptions(beforeRest(call.args, code), [...code, ...withValue], true);
  const given = code.flatMap((name) => options.values.get(name) ?? []);
  const [file, ...args] = options.operands;
  if (given.length > 0) return judgeCode(call, [...given, ...options.operands].join('\n'));
  const text = file === undefined || file === '-' ? input?.text : textOf(shell, file);
  return text === undefined ? nothingKnown : judgeCode(call, [text, ...args].join('\n'));
}

/** After the code come its arguments, whatever they look like. */
function beforeRest(args: readonly string[], code: readonly string[]): string[] {
  const at = args.findIndex((arg) => code.includes(arg.replace(/^-+/, '')));
  return at === -1 ? [...args] : [...args.slice(0, at + 2), '--', ...args.slice(at + 2)];
}

/** Perl and Ruby: `-i` edits the operands in place, `-e` is code, and letters before it are options of one letter. */
function oneLiner(call: Call, code: readonly string[], withValue: readonly string[]): Stream {
  const { shell, name, args, input } = call;
  const program: string[] = [];
  const operands: string[] = [];
  let isInPlace = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const letters = /^-([A-Za-z0-9.]+)$/.exec(arg)?.[1];
    if (operands.length === 0 && letters !== undefined) {
      if (/^[a-hj-zA-HJ-Z0-9]*i/.test(letters)) isInPlace = true;
      const last = letters.at(-1) ?? '';
      const isExtension = /i\.\w*$/.test(letters);
      if (code.includes(last) && !isExtension) program.push(args[++at] ?? '');
      else if (withValue.includes(letters)) at++;
    } else if (operands.length === 0 && code.some((letter) => arg.startsWith(`-${letter}`)))
      program.push(arg.slice(2));
    else if (!arg.startsWith('-') || arg === '-') operands.push(arg);
  }
  const isScript = program.length === 0 && !isInPlace;
  const why = `what ${name} makes of it is known only when it runs; use the edit tool`;
  const edited = program.length > 0 ? operands : operands.slice(1);
  if (isInPlace) for (const target of edited) write(shell, target, unknownContent(why), `${name} -i`);
  const text = isScript ? (operands.length > 0 ? textOf(shell, operands[0] ?? '') : input?.text) : undefined;
  if (text !== undefined) return judgeCode(call, [text, ...operands.slice(1)].join('\n'));
  return program.length === 0 ? nothingKnown : judgeCode(call, [...program, ...operands].join('\n'));
}

/**
 * Code of another language is not parsed. It counts as writing where it calls something that writes, and then writes
 * the files that stand in such a call; where one of those calls has a computed name, any protected file it names.
 */
function judgeCode(call: Call, code: string): Stream {
  const { shell, name } = call;
  const named = filesNamed(shell, code);
  if (named.length === 0 && !/compose|docker|kubectl|\bgit\b/.test(code)) return nothingKnown;
  for (const command of commandsIn(code, name, named)) call.runText(command);
  const { targets, isComputed } = writtenBy(code, name);
  const paths = isComputed ? named : targets.flatMap((target) => protectedAt(shell, target));
  for (const path of new Set(paths)) write(shell, path, unknownContent(`code for ${name} writes it`), name);
  return nothingKnown;
}

/** Where no name stands there as a whole, its pieces may: `'docker-' + name`, or an ending that a listing is asked for. */
function filesNamed(shell: Shell, code: string): string[] {
  const known = knownFiles(shell);
  const named = protectedNamed(shell, code);
  if (named.some((path) => known.includes(path))) return named;
  const lists = /listdir|glob|scandir|walk|readdir|iterdir|Dir\b|opendir/.test(code);
  const pieces = [...code.matchAll(/["'`]([^"'`\n]*)["'`]/g)].map((match) => match[1] ?? '');
  const telling = pieces.filter(
    (piece) => (lists ? /\w{2}/ : /\w{3}.*[.-]|[.-].*\w{3}/).test(piece) && piece.length > 3,
  );
  const suspects = known.filter((path) => telling.some((piece) => baseName(path).includes(piece)));
  return [...new Set([...named, ...suspects])];
}
