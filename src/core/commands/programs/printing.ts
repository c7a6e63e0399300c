import { hasAny, lastValue, readOptions } from '../options.ts';
import { assign, type Call, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { protectedAt, remove, unknownContent, write } from '../touch.ts';
import { baseName, folderOf, globValue, hasHole, hole, resolvePath, type Value } from '../value.ts';
import { fileStream } from './files.ts';

/** Programs of which only what they print matters: a text that lands in a file, or names that another takes. */
export const printingPrograms: readonly (readonly [string, Program])[] = [
  ['echo', echo],
  ['printf', printf],
  ['cat', cat],
  ['pwd', ({ shell }) => one(shell.cwds[0] ?? '')],
  ['basename', base],
  ['dirname', ({ args }) => lines(readOptions(args).operands.map(folderOf))],
  ['realpath', absolute],
  ['readlink', absolute],
  ['mktemp', () => one('/tmp/mktemp')],
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
  ['base64', (call) => decoded(call, hasAny(readOptions(call.args), 'd', 'D', 'decode'))],
  ['base32', (call) => decoded(call, hasAny(readOptions(call.args), 'd', 'decode'))],
  ['xxd', (call) => decoded(call, hasAny(readOptions(call.args), 'r', 'rp'))],
  ['openssl', (call) => decoded(call, call.args.includes('-d'))],
  ['rev', (call) => decoded(call, true)],
  ['head', passing],
  ['tail', passing],
  ['tac', passing],
  ['cut', passing],
  ['tr', passing],
  ['column', passing],
  ['uniq', passing],
  ['wc', () => nothingKnown],
  ['test', () => silence],
  ['[', () => silence],
  ['true', () => silence],
  ['false', () => silence],
  [':', () => silence],
  ...[
    'diff',
    'cmp',
    'comm',
    'less',
    'more',
    'stat',
    'file',
    'du',
    'df',
    'tree',
    'md5sum',
    'sha256sum',
    'jq',
    'which',
  ].map((name): readonly [string, Program] => [name, () => nothingKnown]),
];

function one(text: Value): Stream {
  return hasHole(text) ? { text: undefined, values: [text] } : { text: `${text}\n`, values: [text] };
}

function lines(values: readonly Value[]): Stream {
  const known = !values.some(hasHole);
  return { text: known ? values.map((value) => `${value}\n`).join('') : undefined, values };
}

function echo({ args }: Call): Stream {
  const first = args.findIndex((arg) => !/^-[neE]+$/.test(arg));
  const options = first === -1 ? args : args.slice(0, first);
  const words = first === -1 ? [] : args.slice(first);
  const raw = words.join(' ');
  const text = options.some((option) => option.includes('e')) ? escaped(raw) : raw;
  const end = options.some((option) => option.includes('n')) ? '' : '\n';
  return printed(text + end, words);
}

/** What names files to come is the words, and each line of them. */
function printed(text: Value, words: readonly Value[]): Stream {
  const values = [...new Set([...words, ...text.split('\n')])].filter((value) => value !== '');
  return { text: hasHole(text) ? undefined : text, values };
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
    '0': '\0',
    a: '',
    b: '',
    e: '',
    f: '\f',
    v: '\v',
  };
  return text.replace(/\\(x[\da-fA-F]{1,2}|0[0-7]{1,3}|u[\da-fA-F]{4}|.)/g, (whole, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (code.startsWith('u')) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^0[0-7]+$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return signs[code] ?? whole;
  });
}

function printf({ shell, args }: Call): Stream {
  const names = args[0] === '-v';
  const [format = '', ...words] = names ? args.slice(2) : args[0] === '--' ? args.slice(1) : args;
  const text = formatted(format, words);
  if (!names) return printed(text, words);
  assign(shell, args[1] ?? '', [[text]]);
  return silence;
}

/** The format is used again as long as there are words left (POSIX printf). */
function formatted(format: Value, words: readonly Value[]): Value {
  const left = [...words];
  const parts: Value[] = [];
  do {
    const before = left.length;
    parts.push(
      escaped(format).replace(/%(?:%|[-+ #0]*\d*(?:\.\d+)?([a-zA-Z]))/g, (sign, kind: string | undefined) => {
        if (sign === '%%') return '%';
        const word = left.shift() ?? '';
        if (kind === 'b') return escaped(word);
        return kind === 's' && sign === '%s'
          ? word
          : kind === 'd' && sign === '%d' && /^\d+$/.test(word)
            ? word
            : hole.unknown;
      }),
    );
    if (left.length === before) break;
  } while (left.length > 0 && parts.length < 200);
  return parts.join('');
}

function cat({ shell, args, input }: Call): Stream {
  const { operands, flags } = readOptions(args);
  if (operands.length === 0 || operands.every((operand) => operand === '-')) return input ?? nothingKnown;
  return flags.size > 0 ? nothingKnown : fileStream(shell, operands);
}

function base({ args }: Call): Stream {
  const options = readOptions(args, ['s', 'suffix']);
  const isMany = hasAny(options, 'a', 's', 'multiple', 'suffix');
  const suffix = lastValue(options, 's', 'suffix') ?? (isMany ? '' : (options.operands[1] ?? ''));
  const paths = isMany ? options.operands : options.operands.slice(0, 1);
  return lines(
    paths
      .map((path) => baseName(path))
      .map((name) => (name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name)),
  );
}

function absolute({ shell, args }: Call): Stream {
  const paths = readOptions(args).operands;
  return {
    text: undefined,
    values: shell.cwds.flatMap((cwd) => paths.map((path) => resolvePath(cwd, path))),
  };
}

/** A stream of names stays one, whatever is cut from it or left out. */
function passing({ shell, args, input }: Call): Stream {
  const { operands } = readOptions(args, ['n', 'c', 'd', 'f', 's']);
  const values = input?.values ?? fileStream(shell, operands).values;
  const isDecoded = input?.isDecoded === true;
  return { text: undefined, values, isDecoded };
}

function decoded({ input }: Call, isDecoded: boolean): Stream {
  return { text: undefined, values: isDecoded ? [] : (input?.values ?? []), isDecoded };
}

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
  for (const value of values.slice(0, 50)) {
    call.run(
      own.map((word) => (word === '{}' ? value : word.replaceAll('{}', value))),
      nothingKnown,
    );
  }
}
