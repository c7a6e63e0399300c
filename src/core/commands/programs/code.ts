import { lastValue, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Stream } from '../shell.ts';
import { protectedAt, protectedNamed, textOf, unknownContent, write } from '../touch.ts';

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
  if (protectedNamed(shell, code).length === 0 && !/\bcompose\b|docker/.test(code)) return nothingKnown;
  for (const command of commandsIn(code)) call.runText(command);
  const calls = writingCalls(code);
  if (calls.length === 0) return nothingKnown;
  const targets = calls.map(({ target }) => target);
  const isPlain = targets.every((target) => target !== undefined);
  const paths = isPlain
    ? targets.flatMap((target) => protectedAt(shell, target ?? ''))
    : protectedNamed(shell, code);
  const why = `code for ${name} writes it`;
  for (const path of new Set(paths)) write(shell, path, unknownContent(why), name);
  return nothingKnown;
}

interface WritingCall {
  /** The file's name where it stands there as a plain text. */
  readonly target: string | undefined;
}

/** Calls that open a file for writing, put a text into one, or move or remove one. */
function writingCalls(code: string): WritingCall[] {
  return writers.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => ({ target: match.groups?.file })),
  );
}

const quoted = String.raw`[rbuf]?["'\`](?<file>[^"'\`\n$]*)["'\`]`;
const writers: readonly RegExp[] = [
  // open("f", "w"), File.open('f', 'a+'), fopen, and a name that is computed.
  new RegExp(
    String.raw`\b(?:open|fopen|openSync)\s*\(\s*(?:file\s*=\s*)?${quoted}\s*,\s*(?:mode\s*=\s*)?["'][rb]*[wax+][wax+bt]*["']`,
    'g',
  ),
  /\b(?:open|fopen|openSync)\s*\((?!\s*(?:file\s*=\s*)?[rbuf]?["'`][^"'`\n$]*["'`]\s*,)[^;\n]*?,\s*(?:mode\s*=\s*)?["'][rb]*[wax+][wax+bt]*["']/g,
  /\.open\s*\(\s*(?:mode\s*=\s*)?["'][rb]*[wax+][wax+bt]*["']/g,
  // Perl: open(my $f, '>', 'x') and open F, ">x".
  /\bopen\b[^;\n]*["']\s*\+?[>]{1,2}[^"']*["']/g,
  // Path('f').write_text(…)
  new RegExp(
    String.raw`\bPath\s*\(\s*${quoted}\s*\)\s*\.\s*(?:write_text|write_bytes|unlink|rename|replace|touch)\b`,
    'g',
  ),
  /(?<!Path\s*\(\s*["'][^"'\n]{0,200}["']\s*\)\s*)\.(?:write_text|write_bytes)\s*\(/g,
  new RegExp(
    String.raw`\b(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|unlink|unlinkSync|rm|rmSync|truncateSync|outputFileSync|file_put_contents|unlink_file|File\.write|File\.delete|os\.remove|os\.unlink|FileUtils\.rm|Bun\.write|Deno\.writeTextFile(?:Sync)?|Deno\.remove(?:Sync)?)\s*\(\s*${quoted}`,
    'g',
  ),
  /\b(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|unlinkSync|rmSync|truncateSync|outputFileSync|file_put_contents|File\.write|File\.delete|os\.remove|os\.unlink|FileUtils\.\w+|Bun\.write|Deno\.writeTextFile(?:Sync)?|Deno\.remove(?:Sync)?)\s*\(\s*(?![rbuf]?["'`][^"'`\n$]*["'`])/g,
  // Moving puts one file over another, so either can be the protected one.
  /\b(?:os\.(?:rename|replace|truncate)|shutil\.\w+|renameSync|rename|copyFileSync|copyFile|cpSync|fileinput\.\w+|File\.rename|IO\.write|spew|unlink)\s*\(/g,
  // A command that is put together when it runs.
  /\b(?:subprocess\.\w+|os\.system|os\.popen|execSync|spawnSync|shell_exec)\s*\(\s*(?!["'[`])/g,
];

/** Commands that code gives to a shell, where they stand as a plain text. */
function commandsIn(code: string): string[] {
  const calls =
    /\b(?:os\.system|os\.popen|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput)|execSync|exec|spawnSync|spawn|system|shell_exec|passthru|`)\s*\(?\s*(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/g;
  return [...code.matchAll(calls)].map((match) => {
    const text = match[1] ?? '';
    if (text.startsWith('['))
      return [...text.matchAll(/["']([^"']*)["']/g)].map((word) => `'${word[1] ?? ''}'`).join(' ');
    return text.slice(1, -1).replace(/\\(.)/g, '$1');
  });
}
