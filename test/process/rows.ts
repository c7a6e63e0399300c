import { refusing } from './refusing.ts';

/** One call of the command line and what it must come to. The rows are run in this process and as a process. */
export interface Row {
  readonly name: string;
  readonly args: readonly string[];
  readonly stdin?: string | Uint8Array;
  readonly exit: 0 | 1 | 2 | 3;
  /** All of it, or a pattern in it. Absent where it must be empty. */
  readonly stdout?: string | RegExp;
  readonly stderr?: RegExp;
  /** Where the system or the user running this cannot set the row up. */
  readonly skip?: boolean;
}

const compose = 'docker-compose.yml';
const incident = [compose, 'ai-edit.yml'];
const scope = ['--scope', 'remove service l9-postgres'];

const judging: readonly Row[] = [
  {
    name: 'the incident is held under its own request',
    args: ['check', ...incident, '--request', '@request.txt'],
    exit: 1,
    stdout: /^HELD docker-compose\.yml: 9 of 11 changes outside the scope, 4 with data loss\n/,
  },
  {
    name: 'exactly what was asked for is allowed',
    args: ['check', compose, 'asked-for.yml', ...scope],
    exit: 0,
    stdout: /^ALLOWED docker-compose\.yml: 2 changes, all in scope\n/,
  },
  {
    name: 'without a scope an edit of an AI is held',
    args: ['check', compose, 'asked-for.yml'],
    exit: 1,
    stdout: /^HELD docker-compose\.yml: 2 changes nobody asked for\n/,
  },
  {
    name: 'a person is only asked about data',
    args: ['check', compose, 'asked-for.yml', '--author', 'human'],
    exit: 0,
    stdout: /^ALLOWED/,
  },
  {
    name: 'a text with the same meaning is allowed without a scope',
    args: ['check', compose, 'reordered.yml'],
    exit: 0,
    stdout: /nothing changed in meaning/,
  },
  {
    name: 'the text after can come through standard input',
    args: ['check', compose, '-', ...scope],
    stdin: '@asked-for.yml',
    exit: 0,
    stdout: /^ALLOWED docker-compose\.yml/,
  },
  {
    name: 'the text before can come through standard input, with its name',
    args: ['diff', '-', 'asked-for.yml', '--as', compose],
    stdin: '@docker-compose.yml',
    exit: 1,
    stdout: /^docker-compose\.yml: 2 changes in meaning/,
  },
  {
    name: 'a diff without a change in meaning is told as none',
    args: ['diff', compose, 'reordered.yml'],
    exit: 0,
    stdout: 'docker-compose.yml: nothing changed in meaning\n',
  },
  {
    name: 'folders are compared by the file that is named in them',
    args: ['check', 'one', 'two', '--as', 'compose.yml', '--scope', 'change services.web'],
    exit: 0,
    stdout: /^ALLOWED compose\.yml: 1 change, all in scope/,
  },
  {
    name: 'a new file is judged as all that it adds',
    args: ['check', '/dev/null', compose],
    exit: 1,
    stdout: /added service l9-redis/,
  },
  {
    name: 'a removed file is judged as all that it takes away',
    args: ['check', compose, '/dev/null'],
    exit: 1,
    stdout: /removed volume l9-redis-data {2}data loss/,
  },
  {
    name: 'a request that is not understood grants nothing and says so',
    args: ['check', compose, 'asked-for.yml', '--request', 'please make it nice'],
    exit: 1,
    stdout: /^HELD docker-compose\.yml: 2 changes outside the scope/,
    stderr: /nothing is allowed by it|the scope is empty/,
  },
  {
    name: 'salvage prints the text and nothing else',
    args: ['salvage', ...incident, ...scope],
    exit: 0,
    stdout: '@asked-for.yml',
  },
  {
    name: 'a request becomes grants',
    args: ['scope', '--request', '@request.txt', '--file', compose, '--format', 'json'],
    exit: 0,
    stdout: /"op": "remove",\s*"address": "services\.l9-postgres"/,
  },
];

const unreadable: readonly Row[] = [
  ...[
    ['broken YAML', 'broken.yml', /^broken\.yml:\d+:\d+: .+\(yaml-syntax\): correct the line/m],
    ['an empty file', 'empty.yml', /^empty\.yml:1:1: .+\(empty-file\): /m],
    ['a binary file', 'binary.yml', /^binary\.yml:1:1: .+\(binary-file\): /m],
    ['a file that is not UTF-8', 'latin1.yml', /^latin1\.yml:1:1: .+\(not-utf8\): /m],
    [
      'a file of 50 MB',
      'huge.yml',
      /^huge\.yml:1:1: the file has 50\.0 MiB; at most 8 MiB can be judged \(too-large\): /m,
    ],
    ['a missing file', 'missing.yml', /^missing\.yml:1:1: there is no such file \(missing-file\): /m],
  ].flatMap(([what, file, stderr]): Row[] => {
    const pattern = stderr instanceof RegExp ? stderr : /./;
    return [
      {
        name: `${what} after is never an allowance`,
        args: ['check', compose, String(file)],
        exit: 3,
        stdout: /^UNDECIDED docker-compose\.yml/,
        stderr: pattern,
      },
      {
        name: `${what} before is never an allowance`,
        args: ['diff', String(file), compose, '--as', compose],
        exit: 3,
        stdout: /^UNDECIDED/,
        stderr: pattern,
      },
      {
        name: `nothing is salvaged from ${what}`,
        args: ['salvage', compose, String(file), ...scope],
        exit: 3,
        stderr: pattern,
      },
    ];
  }),
  {
    name: 'a file that fails while it is read is never an allowance',
    args: ['check', compose, '/proc/self/mem'],
    exit: 3,
    stdout: /^UNDECIDED/,
    stderr: /^\/proc\/self\/mem:1:1: the file cannot be read: .+\(unreadable\)/,
    skip: process.platform !== 'linux',
  },
  {
    name: 'a device without an end is never an allowance',
    args: ['check', compose, '/dev/zero'],
    exit: 3,
    stdout: /^UNDECIDED/,
    stderr: /\(too-large\)/,
    skip: process.platform !== 'linux',
  },
  {
    name: 'a file that may not be read is never an allowance',
    args: ['check', compose, 'locked.yml'],
    exit: 3,
    stdout: /^UNDECIDED/,
    stderr: /^locked\.yml:1:1: the file may not be read: permission denied \(unreadable\)/,
    skip: process.platform === 'win32' || process.getuid?.() === 0,
  },
  {
    name: 'what could not be decided is still one JSON object',
    args: ['check', compose, 'broken.yml', '--format', 'json'],
    exit: 3,
    stdout: /^\{\n {2}"schema": 1,\n {2}"verdict": "undecided",\n {2}"changes": \[\],/,
    stderr: /^broken\.yml:/,
  },
];

const usage: readonly Row[] = [
  {
    name: 'no command at all is answered with the overview',
    args: [],
    exit: 2,
    stderr: /Commands:\n {2}diff/,
  },
  { name: 'help is printed where it is asked for', args: ['--help'], exit: 0, stdout: /Commands:\n {2}diff/ },
  {
    name: 'help on a command tells its options',
    args: ['help', 'check'],
    exit: 0,
    stdout: /--request PROSE/,
  },
  { name: 'a command tells its own help', args: ['check', '--help'], exit: 0, stdout: /--request PROSE/ },
  { name: 'the version is that of the package', args: ['--version'], exit: 0, stdout: /^\d+\.\d+\.\d+\n$/ },
  {
    name: 'a mistyped command is told with the one that was meant',
    args: ['chek', 'a', 'b'],
    exit: 2,
    stderr: /there is no command "chek"\. Did you mean `infrahold check`\?/,
  },
  {
    name: 'a mistyped option is told with the one that was meant',
    args: ['check', 'a', 'b', '--requst=x'],
    exit: 2,
    stderr: /has no option --requst\. Did you mean --request\?/,
  },
  {
    name: 'an option without its value is told',
    args: ['check', 'a', 'b', '--scope'],
    exit: 2,
    stderr: /--scope needs a value/,
  },
  {
    name: 'a format that is not known is told',
    args: ['check', 'a', 'b', '--format', 'jsn'],
    exit: 2,
    stderr: /Did you mean json\?/,
  },
  { name: 'one text is not enough', args: ['check', 'a'], exit: 2, stderr: /two texts are needed/ },
  { name: 'three texts are too many', args: ['diff', 'a', 'b', 'c'], exit: 2, stderr: /does not take "c"/ },
  {
    name: 'an option given twice is told',
    args: ['diff', 'a', 'b', '--as', 'x', '--as', 'y'],
    exit: 2,
    stderr: /only once/,
  },
  {
    name: 'a grant that is none is told',
    args: ['check', ...incident, '--scope', 'zap everything'],
    exit: 2,
    stderr: /"zap" is no operation/,
  },
  {
    name: 'salvage without a scope is told',
    args: ['salvage', ...incident],
    exit: 2,
    stderr: /say what may stay/,
  },
  {
    name: 'folders need the name of the file',
    args: ['check', 'one', 'two'],
    exit: 2,
    stderr: /name the file in them/,
  },
  {
    name: 'a folder and a file do not go together',
    args: ['check', 'one', compose],
    exit: 2,
    stderr: /one is a folder/,
  },
  {
    name: 'standard input serves one side only',
    args: ['check', '-', '-'],
    exit: 2,
    stderr: /only one of BEFORE and AFTER/,
  },
  {
    name: 'a folder without git has no revisions',
    args: ['check', '--staged'],
    exit: 2,
    stderr: /not in a git work tree/,
  },
  {
    name: 'a host that nobody knows is told and refused',
    args: ['hook', 'claud'],
    exit: 2,
    stderr: /no host "claud"/,
  },
];

export const rows: readonly Row[] = [...judging, ...refusing, ...unreadable, ...usage];
