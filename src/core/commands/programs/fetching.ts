import { hasAny, lastValue, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { protectedBelow, unknownContent, write } from '../touch.ts';
import { baseName, type Value } from '../value.ts';

/** Programs that bring files from elsewhere or out of an archive. */
export const fetchingPrograms: readonly (readonly [string, Program])[] = [
  ['curl', curl],
  ['wget', wget],
  ['http', saved],
  ['xh', saved],
  ['aria2c', saved],
  ['tar', tar],
  ['bsdtar', tar],
  ['unzip', unzip],
  ['7z', sevenZip],
  ['cpio', cpio],
];

const unknownArchive = 'what is in the archive is known only when it is unpacked';

function fetched({ shell, name }: Call, target: Value): void {
  write(shell, target, unknownContent(`${name} fetches it from elsewhere`), name);
}

function curl(call: Call): Stream {
  const options = readOptions(call.args, [
    'o',
    'output',
    'H',
    'd',
    'X',
    'u',
    'A',
    'b',
    'c',
    'F',
    'm',
    'T',
    'e',
    'w',
    'x',
    'K',
    'header',
    'data',
    'request',
    'user',
    'output-dir',
    'data-raw',
    'data-binary',
    'retry',
    'max-time',
    'connect-timeout',
    'cacert',
    'form',
  ]);
  const folder = lastValue(options, 'output-dir');
  const put = (name: Value): void => fetched(call, folder === undefined ? name : `${folder}/${name}`);
  for (const target of [...(options.values.get('o') ?? []), ...(options.values.get('output') ?? [])])
    put(target);
  if (hasAny(options, 'O', 'remote-name', 'remote-name-all'))
    for (const url of options.operands) put(nameIn(url));
  return hasAny(options, 'o', 'output', 'O') ? silence : nothingKnown;
}

function wget(call: Call): Stream {
  const options = readOptions(call.args, [
    'O',
    'output-document',
    'P',
    'directory-prefix',
    'o',
    'U',
    't',
    'T',
    'header',
    'post-data',
    'i',
    'e',
    'user',
    'password',
  ]);
  const target = lastValue(options, 'O', 'output-document');
  const folder = lastValue(options, 'P', 'directory-prefix');
  if (target === '-' || hasAny(options, 'spider')) return nothingKnown;
  if (target !== undefined) fetched(call, target);
  else
    for (const url of options.operands)
      fetched(call, folder === undefined ? nameIn(url) : `${folder}/${nameIn(url)}`);
  return silence;
}

function saved(call: Call): Stream {
  const target = lastValue(readOptions(call.args, ['o', 'output', 'd', 'out']), 'o', 'output', 'out');
  if (target !== undefined) fetched(call, target);
  return nothingKnown;
}

function nameIn(url: Value): Value {
  return baseName(url.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/, ''));
}

function tar(call: Call): Stream {
  // The old style has its letters without a dash: `tar xzf file`.
  const [first = '', ...rest] = call.args;
  const args = /^[A-Za-z]+$/.test(first) ? [`-${first}`, ...rest] : call.args;
  const options = readOptions(args, [
    'f',
    'file',
    'C',
    'directory',
    'T',
    'X',
    'I',
    'exclude',
    'strip-components',
    'transform',
  ]);
  const archive = lastValue(options, 'f', 'file');
  if (hasAny(options, 'x', 'extract', 'get')) {
    const isPrinted = hasAny(options, 'O', 'to-stdout', 'k', 'keep-old-files', 'skip-old-files');
    if (!isPrinted) unpack(call, lastValue(options, 'C', 'directory') ?? '.', options.operands);
  } else if (hasAny(options, 'c', 'create') && archive !== undefined && archive !== '-') {
    write(call.shell, archive, unknownContent('tar writes an archive'), 'tar');
  }
  if (hasAny(options, 'remove-files'))
    for (const operand of options.operands) call.run(['rm', '-r', operand]);
  return nothingKnown;
}

function unzip(call: Call): Stream {
  const options = readOptions(call.args, ['d', 'x', 'P']);
  if (hasAny(options, 'l', 'p', 't', 'v', 'Z', 'n')) return nothingKnown;
  unpack(call, lastValue(options, 'd') ?? '.', options.operands.slice(1));
  return silence;
}

function sevenZip(call: Call): Stream {
  const [verb, ...rest] = call.args;
  if (verb !== 'x' && verb !== 'e') return nothingKnown;
  const folder = rest.find((arg) => /^-o./.test(arg))?.slice(2);
  unpack(call, folder ?? '.', []);
  return silence;
}

function cpio(call: Call): Stream {
  const options = readOptions(call.args, ['D', 'F', 'E', 'H']);
  if (hasAny(options, 'i', 'extract') && !hasAny(options, 't', 'list'))
    unpack(call, lastValue(options, 'D') ?? '.', []);
  return nothingKnown;
}

/** Members that are named are told from those that are not; any protected file in the folder may be one of these. */
function unpack(call: Call, folder: Value, members: readonly Value[]): void {
  const { shell, name } = call;
  if (members.length > 0) {
    for (const member of members) {
      write(shell, `${folder}/${member}`, unknownContent(unknownArchive), name);
      for (const file of protectedBelow(shell, `${folder}/${member}`))
        write(shell, file, unknownContent(unknownArchive), name);
    }
    return;
  }
  // Its own root can be one or more folders deep, but what is there already lies under its own name.
  for (const file of protectedBelow(shell, folder)) {
    write(shell, file, unknownContent(unknownArchive), name);
  }
}
