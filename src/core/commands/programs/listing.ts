import { hasAny, lastValue, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Stream } from '../shell.ts';
import { protectedAt, remove, unknownContent, write } from '../touch.ts';
import { globValue, hasHole, hole, type Value } from '../value.ts';
import { boundedValues } from '../ways.ts';

/** Programs that print names of files, for others to take; `find` does things to them by itself as well. */
export const listingPrograms: readonly (readonly [string, Program])[] = [
  ['ls', list],
  ['dir', list],
  ['find', find],
  ['gfind', find],
  ['fd', listed],
  ['fdfind', listed],
  ['locate', listed],
  ['grep', search],
  ['egrep', search],
  ['fgrep', search],
  ['rg', search],
  ['ag', search],
  ['ack', search],
];

/** Of a folder it prints the names alone, without the folder. */
function list({ shell, args }: Call): Stream {
  const { operands, flags } = readOptions(args, ['I', 'w', 'T']);
  if (operands.length === 0) return { text: undefined, values: [hole.many] };
  const isPlain = (one: Value): boolean =>
    flags.has('d') || hasHole(one) || protectedAt(shell, one).length > 0;
  return { text: undefined, values: operands.flatMap((one) => (isPlain(one) ? [one] : [one, hole.many])) };
}

function listed({ args }: Call): Stream {
  const options = readOptions(args, ['e', 'extension', 't', 'type', 'd', 'E', 'x', 'X', 'g', 'glob']);
  const [pattern = ''] = options.operands;
  const extension = lastValue(options, 'e', 'extension');
  const name = hasAny(options, 'g', 'glob')
    ? globValue(pattern, true)
    : hole.listed + pattern.replace(/[\\^$]/g, '').replace(/[.*+?]+/g, hole.listed) + hole.listed;
  return { text: undefined, values: [extension === undefined ? name : `${hole.listed}.${extension}`] };
}

/** Without `-l` it prints lines of files, in which a name can stand as well. */
function search(call: Call): Stream {
  const { name, args, input } = call;
  const options = readOptions(args, [
    'e',
    'f',
    'm',
    'A',
    'B',
    'C',
    'g',
    'glob',
    't',
    'include',
    'exclude',
    'exclude-dir',
    'regexp',
    'max-count',
    'type',
  ]);
  const lists = hasAny(options, 'l', 'files-with-matches', 'L', 'files', 'files-without-match');
  if (!lists) return { text: undefined, values: input?.values ?? [] };
  const isSplit = hasAny(options, 'e', 'f', 'regexp', 'files');
  const places = isSplit ? options.operands : options.operands.slice(1);
  const goesDown = name === 'rg' || name === 'ag' || name === 'ack' || hasAny(options, 'r', 'R', 'recursive');
  const names = ['include', 'g', 'glob']
    .flatMap((key) => options.values.get(key) ?? [])
    .filter((glob) => !glob.startsWith('!'));
  if (!goesDown) return { text: undefined, values: places };
  const roots = places.length > 0 ? places : ['.'];
  const ends = names.length > 0 ? names.map((glob) => hole.listed + globValue(glob, true)) : [hole.listed];
  return { text: undefined, values: roots.flatMap((root) => [root, ...ends.map((end) => `${root}/${end}`)]) };
}

/** Its expression chooses files by name; what it then does with them is at the end. */
function find(call: Call): Stream {
  const { shell, args } = call;
  const start = args.findIndex((arg) => /^[-(!]/.test(arg) && !/^-[HLPDO]/.test(arg));
  const roots = (start === -1 ? args : args.slice(0, start)).filter((arg) => !arg.startsWith('-'));
  const expression = start === -1 ? [] : args.slice(start);
  const values = (roots.length > 0 ? roots : ['.']).flatMap((root) => namesIn(expression, root));
  const isHarmless = expression.some((word, at) => word === '-empty' && !isNegated(expression, at));
  if (expression.includes('-delete') && !isHarmless) {
    for (const value of values) remove(shell, value, 'find -delete');
  }
  for (const [at, word] of expression.entries()) {
    if (/^-f(?:print0?|printf|ls)$/.test(word))
      write(shell, expression[at + 1] ?? '', unknownContent('find prints into it'), 'find');
    if (/^-(?:exec|execdir|ok|okdir)$/.test(word)) execute(call, expression.slice(at + 1), values);
  }
  return { text: undefined, values };
}

function isNegated(expression: readonly Value[], at: number): boolean {
  const before = expression[at - 1] ?? '';
  return before === '!' || before === '-not';
}

/** Each part between `-o` chooses for itself; what is pruned is not chosen. */
function namesIn(expression: readonly Value[], root: Value): Value[] {
  const at = expression.findIndex((word) => word === '-o' || word === '-or');
  const [own, others] = at === -1 ? [expression, []] : [expression.slice(0, at), expression.slice(at + 1)];
  const rest = others.length > 0 ? namesIn(others, root) : [];
  return own.includes('-prune') ? rest : [...chosenBy(own, root, expression), ...rest];
}

function chosenBy(part: readonly Value[], root: Value, expression: readonly Value[]): Value[] {
  const names = part.flatMap((word, at) => (isNegated(part, at) ? [] : patternFor(word, part[at + 1] ?? '')));
  const depth = Number(expression[expression.indexOf('-maxdepth') + 1]);
  if (expression.includes('-maxdepth') && depth <= 1) {
    const plain = names.map((name) => `${root}/${name.replace(/^\uE002\/?/, '')}`);
    return names.length > 0 ? plain : [`${root}/${hole.name}`];
  }
  // A name is matched at any depth, the starting point itself included.
  if (names.length === 0) return [root, `${root}/${hole.listed}`];
  return names.flatMap((name) => [`${root}/${name}`, `${root}/${name.replace(/^\uE002\/?/, '')}`]);
}

function patternFor(word: Value, given: Value): Value[] {
  if (/^-i?name$/.test(word)) return [`${hole.listed}/${globValue(given, false)}`];
  if (/^-i?(?:path|wholename)$/.test(word))
    return [hole.listed + globValue(given.replace(/^\.?\//, ''), true)];
  if (!/^-i?regex$/.test(word)) return [];
  const literal = given
    .replace(/(?<!\\)\.[*+?]?/g, hole.listed)
    .replaceAll('\\.', '.')
    .replace(/.[?*]/g, hole.listed)
    .replace(/[+()[\]|^$\\{}]+/g, hole.listed);
  return [hole.listed + literal];
}

function execute(call: Call, words: readonly Value[], values: readonly Value[]): void {
  const end = words.findIndex((word, at) => word === ';' || (word === '+' && words[at - 1] === '{}'));
  const own = end === -1 ? words : words.slice(0, end);
  for (const value of boundedValues(values)) {
    call.run(
      own.map((word) => (word === '{}' ? value : word.replaceAll('{}', value))),
      nothingKnown,
    );
  }
}
