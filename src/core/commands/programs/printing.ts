import { hasAny, lastValue, readOptions } from '../options.ts';
import { assign, type Call, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { baseName, folderOf, hasHole, hole, resolvePath, type Value } from '../value.ts';
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
  const isEscaped = options.some((option) => option.includes('e'));
  // Without an option bash leaves a backslash alone, and zsh and dash do not.
  if (!isEscaped && raw.includes('\\'))
    return { text: undefined, values: linesAmong(words, `${raw}\n${escaped(raw)}`) };
  const text = isEscaped ? escaped(raw) : raw;
  const end = options.some((option) => option.includes('n')) ? '' : '\n';
  return printed(text + end, words);
}

/** What names files to come is the words, and each line of them. */
function printed(text: Value, words: readonly Value[]): Stream {
  return { text: hasHole(text) ? undefined : text, values: linesAmong(words, text) };
}

function linesAmong(words: readonly Value[], text: Value): Value[] {
  return [...new Set([...words, ...text.split('\n')])].filter((value) => value !== '');
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
