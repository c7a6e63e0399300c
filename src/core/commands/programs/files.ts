import { hasAny, lastValue, readOptions } from '../options.ts';
import { contentFrom } from '../redirect.ts';
import { type Call, nothingKnown, type Program, type Shell, type Stream, silence } from '../shell.ts';
import {
  contentOf,
  knownFiles,
  literalPath,
  protectedAt,
  protectedBelow,
  remove,
  streamAt,
  unknownContent,
  write,
} from '../touch.ts';
import { baseName, folderOf, hasHole, type Value } from '../value.ts';

/** Programs that copy, move, remove and fill whole files. */
export const filePrograms: readonly (readonly [string, Program])[] = [
  ['rm', removing],
  ['rmdir', () => silence],
  ['unlink', removing],
  ['trash', removing],
  ['trash-put', removing],
  ['rimraf', removing],
  ['del-cli', removing],
  ['shred', (call) => overwriting(call, ['n', 's', 'iterations', 'size', 'random-source'])],
  ['truncate', (call) => overwriting(call, ['s', 'r', 'size', 'reference'])],
  ['fallocate', (call) => overwriting(call, ['l', 'o', 'length', 'offset'])],
  ['cp', (call) => placing(call, 'copy')],
  ['install', (call) => placing(call, 'copy')],
  ['mv', (call) => placing(call, 'move')],
  ['ln', linking],
  ['rsync', syncing],
  ['scp', (call) => placing(call, 'copy')],
  ['tee', (call) => filling(call, hasAny(readOptions(call.args), 'a', 'append'))],
  ['sponge', (call) => filling(call, hasAny(readOptions(call.args), 'a'))],
  ['dd', dumping],
  ['rename', renaming],
  ['mmv', renaming],
  ['prename', renaming],
  ['gzip', compressing],
  ['bzip2', compressing],
  ['xz', compressing],
  ['zstd', (call) => (hasAny(readOptions(call.args), 'rm') ? compressing(call) : nothingKnown)],
  ['gunzip', decompressing],
  ['bunzip2', decompressing],
  ['unxz', decompressing],
];

function removing({ shell, name, args }: Call): Stream {
  const options = readOptions(args);
  const tree = name !== 'unlink' && (name !== 'rm' || hasAny(options, 'r', 'R', 'recursive'));
  for (const target of options.operands) remove(shell, target, name, { tree });
  return silence;
}

function overwriting({ shell, name, args }: Call, withValue: readonly string[]): Stream {
  const options = readOptions(args, withValue);
  for (const target of options.operands) {
    if (name === 'shred' && hasAny(options, 'u', 'remove')) remove(shell, target, name);
    else if (name === 'truncate' && lastValue(options, 's', 'size') === '0') {
      write(shell, target, { is: 'text', text: '' }, name);
    } else write(shell, target, unknownContent(`${name} changes it in place`), name);
  }
  return silence;
}

function placing({ shell, name, args }: Call, how: 'copy' | 'move'): Stream {
  const options = readOptions(args, placingValues);
  const folder = lastValue(options, 't', 'target-directory');
  const sources = folder === undefined ? options.operands.slice(0, -1) : options.operands;
  const target = folder ?? options.operands.at(-1);
  if (target === undefined || (name === 'install' && hasAny(options, 'd', 'directory'))) return silence;
  if (hasAny(options, 'no-clobber') || (hasAny(options, 'n') && exists(shell, target))) return silence;
  // A target of another machine is none of ours.
  if (name === 'scp' && /^[^/]+:/.test(target)) return silence;
  const isFolder = folder !== undefined || sources.length > 1 || /\/$|(?:^|\/)\.{1,2}$/.test(target);
  const isFile = hasAny(options, 'T', 'no-target-directory');
  const recursive = how === 'move' || hasAny(options, 'r', 'R', 'a', 'recursive', 'archive');
  for (const source of sources) {
    place(shell, source, target, { isFolder: isFolder && !isFile, recursive, by: name });
  }
  if (how === 'move') for (const source of sources) remove(shell, source, name, { tree: true });
  return silence;
}

const placingValues = [
  't',
  'target-directory',
  'S',
  'suffix',
  'm',
  'o',
  'g',
  'mode',
  'owner',
  'group',
  'P',
  'i',
  'F',
  'l',
  'c',
];

interface Placing {
  readonly isFolder: boolean;
  readonly recursive: boolean;
  readonly by: string;
}

/** Without looking at the disk a target can be a file or a folder, so both are thought of. */
function place(shell: Shell, source: Value, target: Value, { isFolder, recursive, by }: Placing): void {
  const content = contentOf(shell, source);
  if (!isFolder) write(shell, target, content, by);
  if (!isFolder && protectedAt(shell, target).length > 0) return;
  const base = /(?:^|\/)\.?$/.test(source) ? '' : baseName(source);
  const inside = `${target.replace(/\/+$/, '')}/${base}`;
  if (hasHole(base)) {
    placeMatches(shell, source, inside, by);
    if (recursive) replaceBelow(shell, folderOf(source), target, by);
    return;
  }
  if (base !== '' && (isFolder || exists(shell, inside))) write(shell, inside, content, by);
  if (!recursive) return;
  if (!isFolder || base === '') replaceBelow(shell, source, target, by);
  if (base !== '') replaceBelow(shell, source, inside, by);
  bringAlong(shell, source, isFolder ? inside : target, by);
}

/** Files that a glob chooses keep their names, so they can replace those of the same name. */
function placeMatches(shell: Shell, source: Value, inside: Value, by: string): void {
  for (const file of protectedAt(shell, inside)) {
    write(shell, file, contentOf(shell, `${folderOf(source)}/${baseName(file)}`), by);
  }
}

/** The protected files of a folder that is copied are new ones at its new place. */
function bringAlong(shell: Shell, source: Value, target: Value, by: string): void {
  const root = literalPath(shell, source);
  for (const file of root === undefined ? [] : protectedBelow(shell, source)) {
    const path = `${target.replace(/\/+$/, '')}${file.slice(root?.length ?? 0)}`;
    if (!exists(shell, path)) write(shell, path, contentOf(shell, file), by);
  }
}

/** What a folder brings lands under the same names, so it can replace the protected files that are there. */
function replaceBelow(shell: Shell, source: Value, target: Value, by: string): void {
  const root = literalPath(shell, target);
  for (const file of root === undefined ? [] : protectedBelow(shell, target)) {
    const name = file.slice(root === '/' ? 1 : (root?.length ?? 0) + 1);
    const from = `${source.replace(/\/+$/, '')}/${name}`;
    // Which protected files there are is known, so what is not among them is not brought.
    if (protectedAt(shell, from).length === 0 || exists(shell, from))
      write(shell, file, contentOf(shell, from), by);
  }
}

function exists(shell: Shell, path: Value): boolean {
  return protectedAt(shell, path).some((file) => knownFiles(shell).includes(file));
}

function linking({ shell, args }: Call): Stream {
  const options = readOptions(args, ['t', 'target-directory', 'S', 'suffix']);
  const folder = lastValue(options, 't', 'target-directory');
  const [source = '', target] = options.operands;
  const link = folder === undefined ? target : `${folder}/${baseName(source)}`;
  const from = literalPath(shell, source);
  if (link === undefined || from === undefined) return silence;
  const at = literalPath(shell, link);
  if (protectedAt(shell, link).length > 0) write(shell, link, contentOf(shell, source), 'ln');
  else if (at !== undefined) shell.found.links.set(at, from);
  return silence;
}

function syncing({ shell, args }: Call): Stream {
  const options = readOptions(args, [
    'e',
    'rsh',
    'f',
    'filter',
    'exclude',
    'include',
    'exclude-from',
    'include-from',
    'files-from',
    'B',
    'T',
  ]);
  const target = options.operands.at(-1) ?? '';
  const sources = options.operands.slice(0, -1);
  if (hasAny(options, 'n', 'dry-run') || sources.length === 0) return silence;
  if (!/^[^/]+:/.test(target)) {
    if (hasAny(options, 'delete', 'del', 'delete-after', 'delete-before', 'delete-excluded')) {
      remove(shell, target, 'rsync --delete', { tree: true });
    }
    for (const source of sources)
      place(shell, source, target, {
        isFolder: /(?:^|\/)\.{0,2}$/.test(target),
        recursive: true,
        by: 'rsync',
      });
  }
  if (hasAny(options, 'remove-source-files'))
    for (const source of sources) remove(shell, source, 'rsync', { tree: true });
  return silence;
}

function filling({ shell, name, args, input }: Call, appends: boolean): Stream {
  const stream = input ?? nothingKnown;
  const how = appends ? 'append' : 'write';
  for (const target of readOptions(args).operands) write(shell, target, contentFrom(stream, how), name);
  return name === 'tee' ? stream : silence;
}

function dumping({ shell, args, input }: Call): Stream {
  const given = new Map(args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]));
  const target = given.get('of');
  const source = given.get('if');
  if (target === undefined) return source === undefined ? (input ?? nothingKnown) : nothingKnown;
  const isWhole = ![...given.keys()].some((name) =>
    ['count', 'skip', 'seek', 'conv', 'iseek', 'oseek'].includes(name),
  );
  const whole = source === undefined ? contentFrom(input ?? nothingKnown, 'write') : contentOf(shell, source);
  write(shell, target, isWhole ? whole : unknownContent('dd writes a part of it'), 'dd');
  return silence;
}

/** The new names come from an expression, so that only the old ones are known. */
function renaming({ shell, name, args }: Call): Stream {
  const { operands, flags } = readOptions(args);
  if (flags.has('n') || flags.has('no-act')) return silence;
  for (const target of operands.slice(1)) remove(shell, target, name);
  return silence;
}

function compressing(call: Call): Stream {
  const { shell, name, args } = call;
  const options = readOptions(args, ['S', 'suffix', 'T', 'threads']);
  if (hasAny(options, 'd', 'decompress', 'uncompress')) return decompressing(call);
  if (hasAny(options, 'c', 'stdout', 'k', 'keep', 't', 'l', 'test', 'list')) return nothingKnown;
  for (const target of options.operands) remove(shell, target, name, { tree: hasAny(options, 'r') });
  return silence;
}

function decompressing({ shell, name, args }: Call): Stream {
  const options = readOptions(args, ['S', 'suffix']);
  if (hasAny(options, 'c', 'stdout', 't', 'l')) return nothingKnown;
  for (const target of options.operands) {
    const plain = target.replace(/\.(?:gz|bz2|xz|zst|z)$/i, '');
    write(shell, plain, unknownContent(`${name} unpacks it`), name);
  }
  return silence;
}

/** Text of a file that was written before in the same command, or what nobody knows. */
export function fileStream(shell: Shell, targets: readonly Value[]): Stream {
  const streams = targets.map((target) => streamAt(shell, target));
  const texts = streams.map(({ text }) => text);
  const isKnown = texts.every((one) => one !== undefined) && texts.length > 0;
  return { text: isKnown ? texts.join('') : undefined, values: streams.flatMap(({ values }) => values) };
}
