import { hasAny, lastValue, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { protectedAt, unknownContent, write } from '../touch.ts';
import { baseName, hasHole, hole, type Value } from '../value.ts';
import { fileStream } from './files.ts';

/** Programs that edit a file where it is, or write beside what they print. */
export const inPlacePrograms: readonly (readonly [string, Program])[] = [
  ['sed', sed],
  ['gsed', sed],
  ['awk', awk],
  ['gawk', awk],
  ['mawk', awk],
  ['nawk', awk],
  ['ed', lineEditor],
  ['ex', lineEditor],
  ['vi', lineEditor],
  ['vim', lineEditor],
  ['nvim', lineEditor],
  ['patch', patch],
  ['sort', sort],
  ['uniq', (call) => secondOperand(call, ['f', 's', 'w'])],
  ['yq', (call) => withFlag(call, ['i', 'inplace', 'in-place'])],
  ['sd', (call) => (hasAny(readOptions(call.args), 'p', 'preview') ? nothingKnown : changeOperands(call, 2))],
  ['dos2unix', (call) => changeOperands(call, 0)],
  ['unix2dos', (call) => changeOperands(call, 0)],
  ['prettier', (call) => withFlag(call, ['w', 'write'])],
  [
    'yamlfmt',
    (call) => (hasAny(readOptions(call.args), 'dry', 'lint', 'in') ? nothingKnown : changeOperands(call, 0)),
  ],
  ['crudini', (call) => withFlag(call, ['set', 'del', 'merge'])],
  ['ast-grep', (call) => withFlag(call, ['U', 'update-all'])],
  ['ansible-vault', (call) => changeOperands(call, 1)],
  ['sops', (call) => withFlag(call, ['i', 'in-place'])],
];

/** What any other program may write: the file after `-o`, and its operands where it says that it works in place. */
export function otherProgram(call: Call): Stream {
  const { shell, name, args } = call;
  const options = readOptions(args, ['o', 'output', 'out', 'outfile', 'output-file', 'out-file']);
  const target = lastValue(options, 'o', 'output', 'out', 'outfile', 'output-file', 'out-file');
  if (target !== undefined) write(shell, target, unknownContent(`${name} writes it`), name);
  if (hasAny(options, 'in-place', 'inplace', 'write', 'fix', 'overwrite')) changeOperands(call, 0);
  return nothingKnown;
}

function change({ shell, name }: Call, targets: readonly Value[], by = name): void {
  const why = `what ${by} makes of it is known only when it runs; use the edit tool`;
  for (const target of targets) write(shell, target, unknownContent(why), by);
}

function changeOperands(call: Call, from: number): Stream {
  change(call, readOptions(call.args).operands.slice(from));
  return nothingKnown;
}

function withFlag(call: Call, flags: readonly string[]): Stream {
  const options = readOptions(call.args, ['config', 'parser', 'o']);
  if (!hasAny(options, ...flags)) return nothingKnown;
  change(call, options.operands, `${call.name} -${flags.find((flag) => options.flags.has(flag)) ?? ''}`);
  return nothingKnown;
}

function secondOperand(call: Call, withValue: readonly string[]): Stream {
  change(call, readOptions(call.args, withValue).operands.slice(1, 2));
  return nothingKnown;
}

function sort(call: Call): Stream {
  const options = readOptions(call.args, ['o', 'output', 'k', 't', 'S', 'T']);
  change(call, options.values.get('o') ?? options.values.get('output') ?? []);
  return { text: undefined, values: call.input?.values ?? [] };
}

/**
 * GNU sed takes the suffix of the copy with the option (`-i.bak`), BSD sed as the next argument (`-i ''`, `-i .bak`).
 * An empty one can only be BSD's; for the rest GNU's reading is taken and BSD's suffix is no file of ours.
 */
function sed(call: Call): Stream {
  const { shell, args } = call;
  const options = readOptions(
    args.filter((arg, index) => !(arg === '' && /^-\w*i$/.test(args[index - 1] ?? ''))),
    ['e', 'expression', 'f', 'file', 'l', 'line-length'],
  );
  const hasScript = hasAny(options, 'e', 'expression', 'f', 'file');
  const [script = '', ...rest] = hasScript ? ['', ...options.operands] : options.operands;
  const scripts = [script, ...(options.values.get('e') ?? []), ...(options.values.get('expression') ?? [])];
  const isInPlace =
    args.some((arg) => /^-[nErsuz]*i/.test(arg) || /^--in-place/.test(arg)) || hasAny(options, 'i');
  for (const text of scripts) for (const target of filesWritten(text)) change(call, [target], 'sed');
  if (!isInPlace) return edited(call);
  // Where the script is an operand, BSD's suffix would take its place, and the script that of a file.
  const targets = hasScript || rest.length > 0 ? rest : [script];
  const program = sedArguments(args, targets);
  for (const target of targets) {
    const isKnown = program !== undefined && protectedAt(shell, target).length > 0 && !hasHole(target);
    const why = 'what sed makes of it is known only when it runs; use the edit tool';
    write(shell, target, isKnown ? { is: 'sed', args: program } : unknownContent(why), 'sed -i');
  }
  return silence;
}

/** Names that go through sed come out changed, at an end or in the middle. */
function edited({ input }: Call): Stream {
  const values = input?.values ?? [];
  return { text: undefined, values: values.map((value) => hole.unknown + value + hole.unknown) };
}

/** The arguments without the files and without `-i`, where they can be given to another sed as they are. */
function sedArguments(args: readonly Value[], targets: readonly Value[]): string[] | undefined {
  const names = new Set(targets);
  const left = args.filter((arg) => !names.has(arg)).flatMap(withoutInPlace);
  return left.some((arg) => hasHole(arg) || arg === '-f' || arg.startsWith('--file')) ? undefined : left;
}

function withoutInPlace(arg: string): string[] {
  if (arg.startsWith('--in-place')) return [];
  const match = /^-([nErsuz]*)i/.exec(arg);
  if (match === null) return arg === '' ? [] : [arg];
  return match[1] === '' ? [] : [`-${match[1]}`];
}

/** `w file` and `s///w file` write a file of their own. */
function filesWritten(script: string): string[] {
  return [...script.matchAll(/(?:^|[;}/,|#@!\d$]\s*[gpiImM\d]*)[wW]\s+([^\n;}]+)/g)].map((match) =>
    (match[1] ?? '').trim(),
  );
}

function awk(call: Call): Stream {
  const { args, input } = call;
  const options = readOptions(
    args,
    ['f', 'F', 'v', 'i', 'include', 'file', 'assign', 'field-separator'],
    true,
  );
  const program = hasAny(options, 'f', 'file') ? '' : (options.operands[0] ?? '');
  for (const [, , target] of program.matchAll(/(?:print|printf)\b[^;{}\n]{0,300}?(>>?)\s{0,20}"([^"]+)"/g)) {
    if (target !== undefined) change(call, [target], 'awk');
  }
  // A name that is given from outside: `-v f=…`, `f=…` among the files, or the file that is being read.
  if (/\bprintf?\b[^;{}\n]{0,300}>>?\s{0,20}[A-Za-z]/.test(program)) {
    const given = args.flatMap((arg) => /^\w+=([\s\S]+)$/.exec(arg)?.[1] ?? []);
    change(call, /FILENAME/.test(program) ? options.operands.slice(1) : given, 'awk');
  }
  for (const [, command] of program.matchAll(/(?:system\s*\(\s*|\|\s*)"([^"]+)"/g))
    call.runText(command ?? '');
  const library = lastValue(options, 'i', 'include') ?? '';
  if (library.startsWith('inplace'))
    change(call, options.operands.slice(program === '' ? 0 : 1), 'awk -i inplace');
  return { text: undefined, values: input?.values ?? [] };
}

/** With a script it changes its files; without one a person sits there, and an agent's terminal has none. */
function lineEditor(call: Call): Stream {
  const { name, args, input } = call;
  const options = readOptions(
    args.map((arg) => (arg.startsWith('+') ? '-c' : arg)),
    ['c', 'S', 's', 'u', 'p', 'cmd'],
  );
  const hasScript = input !== undefined || hasAny(options, 'c', 'S', 's', 'es', 'E');
  const targets = [...options.operands, ...(options.values.get('s') ?? [])];
  if (!hasScript || hasAny(options, 'R', 'version', 'help')) return nothingKnown;
  change(call, targets, name);
  return silence;
}

/** The patch names the files; the operand, if there is one, takes their place. */
function patch(call: Call): Stream {
  const { shell, args, input } = call;
  const options = readOptions(args, [
    'i',
    'input',
    'p',
    'strip',
    'd',
    'directory',
    'o',
    'output',
    'r',
    'B',
    'D',
    'F',
    'z',
    'Y',
    'g',
    'V',
    'reject-file',
  ]);
  if (hasAny(options, 'dry-run', 'C', 'check')) return silence;
  const output = lastValue(options, 'o', 'output');
  const [operand, second] = options.operands;
  if (output !== undefined || operand !== undefined) {
    change(call, [output ?? operand ?? ''], 'patch');
    return silence;
  }
  const from = lastValue(options, 'i', 'input') ?? second;
  const text = from === undefined ? input?.text : fileStream(shell, [from]).text;
  const folder = lastValue(options, 'd', 'directory');
  if (text === undefined) {
    anyFile(call, 'patch');
    return silence;
  }
  const strip = lastValue(options, 'p', 'strip');
  for (const name of filesInPatch(text, strip === undefined ? undefined : Number(strip)))
    change(call, [folder === undefined ? name : `${folder}/${name}`], 'patch');
  return silence;
}

/**
 * Files that a unified or context diff changes. So many folders are cut off in front; where that is not said, the name
 * and what is left of it without folders are thought of, as patch does.
 */
export function filesInPatch(text: string, strip: number | undefined): string[] {
  const names = [...text.matchAll(/^(?:---|\+\+\+|\*\*\*|Index:) ([^\t\n*]+)/gm)].map((match) =>
    (match[1] ?? '').trim(),
  );
  const renamed = [...text.matchAll(/^rename (?:to|from) (.+)$/gm)].map((match) => (match[1] ?? '').trim());
  const paths = names
    .filter((name) => name !== '/dev/null')
    .flatMap((path) => {
      if (strip === undefined) return [path, baseName(path)];
      return [path.split('/').slice(strip).join('/')];
    });
  return [...new Set([...paths, ...renamed])];
}

/** A patch that lies in a file changes whatever it names; only reading it would tell. */
export function anyFile({ shell }: Call, by: string): void {
  if (shell.context.files.length === 0) return;
  shell.found.unknown.push({
    kind: 'computed',
    why: `which files ${by} changes stands in a patch that is read only when it runs`,
  });
}
