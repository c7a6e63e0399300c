import { contentFrom } from './redirect.ts';
import { runText, runWords } from './run.ts';
import { nothingKnown, type Shell, type Stream, silence } from './shell.ts';
import { protectedNamed, remove, unknownContent, write } from './touch.ts';
import { hole, type Value } from './value.ts';

/**
 * A small reading of our own of PowerShell: statements, quotes, plain variables, redirections and the commands that
 * write or remove files. There is no well-kept parser to bundle. What it does not follow, it takes as it stands: a
 * .NET call that writes counts as writing every protected file that its statement names.
 */
export function readPowerShell(command: string, shell: Shell): void {
  for (const statement of statementsIn(command)) {
    let input: Stream | undefined;
    for (const words of statement) input = runStatement(words, shell, input);
  }
}

interface Token {
  readonly text: string;
  /** Quoted with single quotes, so that nothing in it is a variable. */
  readonly literal: boolean;
  readonly sign: boolean;
}

/** Each statement as the parts of its pipeline, each part as its tokens. */
function statementsIn(command: string): Token[][][] {
  const statements: Token[][][] = [[[]]];
  for (const token of tokensIn(command)) {
    const pipeline = statements.at(-1) ?? [];
    if (token.sign && /^(?:;|\n|&&|\|\||[{}])$/.test(token.text)) statements.push([[]]);
    else if (token.sign && token.text === '|') pipeline.push([]);
    else pipeline.at(-1)?.push(token);
  }
  return statements;
}

const tokenForms =
  /(?<gap>[^\S\n]+|`\r?\n|<#[\s\S]*?#>|#[^\n]*)|@'\r?\n(?<hereLiteral>[\s\S]*?)\r?\n'@|@"\r?\n(?<here>[\s\S]*?)\r?\n"@|'(?<single>(?:[^']|'')*)'|"(?<double>(?:[^"`]|`[\s\S]|"")*)"|(?<sign>\|\||&&|[;\n|{}]|(?:\d|\*)?>>?(?:&\d)?)|(?<word>(?:`[\s\S]|[^\s;|{}>"'])+)|(?<other>[\s\S])/g;

function tokensIn(command: string): Token[] {
  return [...command.matchAll(tokenForms)].flatMap(({ groups, 0: whole }): Token[] => {
    if (groups === undefined || groups.gap !== undefined) return [];
    const literal = groups.hereLiteral ?? groups.single?.replaceAll("''", "'");
    if (literal !== undefined) return [{ text: literal, literal: true, sign: false }];
    if (groups.sign !== undefined) return [{ text: whole, literal: false, sign: true }];
    const text = groups.here ?? groups.double ?? groups.word ?? whole;
    return [{ text: text.replace(/`(.)/g, '$1'), literal: false, sign: false }];
  });
}

function runStatement(tokens: readonly Token[], shell: Shell, input: Stream | undefined): Stream {
  const text = tokens.map((token) => token.text).join(' ');
  const [first, second] = tokens;
  if (first === undefined) return silence;
  const name = /^\$(\w+)$/.exec(first.text)?.[1];
  if (name !== undefined && second?.text === '=') {
    const value = tokens
      .slice(2)
      .map((token) => textFor(token, shell))
      .join(' ');
    shell.variables.set(name.toLowerCase(), [[value]]);
    return silence;
  }
  const { words, targets } = splitRedirects(tokens, shell);
  const output = runPowerWords(
    words.filter((word) => word !== '&' && word !== '.'),
    shell,
    input,
    text,
  );
  for (const { target, sign } of targets) {
    write(
      shell,
      slashed(target),
      contentFrom(output.text === undefined ? nothingKnown : output, 'both'),
      sign,
    );
  }
  dotNet(text, shell);
  return output;
}

function splitRedirects(
  tokens: readonly Token[],
  shell: Shell,
): { words: Value[]; targets: { target: Value; sign: string }[] } {
  const words: Value[] = [];
  const targets: { target: Value; sign: string }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (!token.sign) words.push(textFor(token, shell));
    else if (!token.text.includes('&')) {
      const next = tokens[++at];
      if (next !== undefined)
        targets.push({ target: textFor(next, shell), sign: token.text.replace(/^[\d*]/, '') });
    }
  }
  return { words, targets };
}

/** Variables of this command are followed; others are holes. */
function textFor({ text, literal }: Token, shell: Shell): Value {
  if (literal) return text;
  return text
    .replace(/\$\{?(?:env:)?(\w+)\}?/gi, (whole, name: string) => {
      if (whole.toLowerCase().includes('env:')) return hole.unknown;
      if (/^pwd$/i.test(name)) return shell.cwds[0] ?? hole.unknown;
      return shell.variables.get(name.toLowerCase())?.[0]?.[0] ?? hole.unknown;
    })
    .replace(/^\((.*?)\)?$/, '$1');
}

function slashed(path: Value): Value {
  return path.replaceAll('\\', '/').replaceAll('*', hole.many).replaceAll('?', hole.one);
}

interface Given {
  readonly named: ReadonlyMap<string, Value>;
  readonly operands: readonly Value[];
}

function runPowerWords(
  words: readonly Value[],
  shell: Shell,
  input: Stream | undefined,
  text: string,
): Stream {
  const [first = '', ...args] = words;
  const verb = cmdlets.get(first.toLowerCase());
  if (verb === undefined) {
    const shellWords = [
      slashed(first).replace(/\.exe$/i, ''),
      ...args.map((arg) => (/\s/.test(arg) ? arg : slashed(arg))),
    ];
    return /^(?:powershell|pwsh|cmd)$/i.test(first)
      ? nested(args, shell)
      : runWords(shellWords, shell, input, text);
  }
  return verb(givenIn(args), shell, input, text);
}

function nested(args: readonly Value[], shell: Shell): Stream {
  const at = args.findIndex((arg) => /^[-/](?:c|command)$/i.test(arg));
  const inner = args.slice(at + 1).join(' ');
  if (at !== -1 && shell.depth < 8) readPowerShell(inner, { ...shell, depth: shell.depth + 1 });
  return nothingKnown;
}

function givenIn(args: readonly Value[]): Given {
  const named = new Map<string, Value>();
  const operands: Value[] = [];
  for (let at = 0; at < args.length; at++) {
    const name = /^-([A-Za-z]+):?$/.exec(args[at] ?? '')?.[1]?.toLowerCase();
    if (name === undefined) operands.push(...(args[at] ?? '').split(',').filter((one) => one !== ''));
    else named.set(name, switches.has(name) ? '' : (args[++at] ?? ''));
  }
  return { named, operands };
}

const switches: ReadonlySet<string> = new Set([
  'recurse',
  'force',
  'append',
  'nonewline',
  'raw',
  'passthru',
  'whatif',
  'confirm',
  'noclobber',
  'r',
  'f',
]);

type Cmdlet = (given: Given, shell: Shell, input: Stream | undefined, text: string) => Stream;

function pathsIn({ named, operands }: Given): Value[] {
  const path = ['path', 'literalpath', 'filepath', 'outfile', 'destinationpath'].flatMap(
    (name) => named.get(name)?.split(',') ?? [],
  );
  return (path.length > 0 ? path : operands.slice(0, 1)).map((one) => slashed(one.trim()));
}

const fills: Cmdlet = (given, shell, _input, text) => {
  const by = text.split(' ')[0] ?? '';
  const why = `what ${by} writes is known only when it runs; use the edit tool`;
  if (!given.named.has('whatif'))
    for (const path of pathsIn(given)) write(shell, path, unknownContent(why), by);
  return silence;
};

const removes: Cmdlet = (given, shell, input, text) => {
  const paths = [...pathsIn(given), ...given.operands.slice(1).map(slashed)];
  const targets = paths.length > 0 ? paths : (input?.values ?? []);
  if (!given.named.has('whatif'))
    for (const path of targets) remove(shell, path, text.split(' ')[0] ?? '', { tree: true });
  return silence;
};

function places(program: 'cp' | 'mv'): Cmdlet {
  return (given, shell, input, text) => {
    const [source = hole.unknown] = pathsIn(given);
    const target =
      given.named.get('destination') ??
      given.named.get('newname') ??
      given.operands.at(given.named.has('path') ? 0 : 1) ??
      '.';
    return runWords(
      [program, ...(program === 'cp' ? ['-r'] : []), source, slashed(target)],
      shell,
      input,
      text,
    );
  };
}

const lists: Cmdlet = ({ named, operands }) => {
  const filter = slashed(named.get('filter') ?? named.get('include') ?? hole.many);
  const root = slashed(named.get('path') ?? operands[0] ?? '.');
  return {
    text: undefined,
    values: [
      `${root}/${filter}`,
      ...(named.has('recurse') ? [`${root}/${hole.listed}/${filter}`] : []),
      root,
    ],
  };
};

const speaks: Cmdlet = ({ operands }, shell) => {
  runText(operands.join(' '), shell);
  return nothingKnown;
};

const cmdlets: ReadonlyMap<string, Cmdlet> = new Map<string, Cmdlet>([
  ...[
    'set-content',
    'add-content',
    'out-file',
    'tee-object',
    'clear-content',
    'sc',
    'ac',
    'clc',
    'tee',
    'new-item',
    'ni',
    'export-csv',
    'invoke-webrequest',
    'iwr',
    'expand-archive',
    'start-bitstransfer',
  ].map((name): [string, Cmdlet] => [name, fills]),
  ...['remove-item', 'ri', 'rm', 'del', 'erase', 'rd', 'rmdir'].map((name): [string, Cmdlet] => [
    name,
    removes,
  ]),
  ...['copy-item', 'cpi', 'cp', 'copy'].map((name): [string, Cmdlet] => [name, places('cp')]),
  ...['move-item', 'mi', 'mv', 'move', 'rename-item', 'rni', 'ren'].map((name): [string, Cmdlet] => [
    name,
    places('mv'),
  ]),
  ...['get-childitem', 'gci', 'ls', 'dir'].map((name): [string, Cmdlet] => [name, lists]),
  ...['invoke-expression', 'iex'].map((name): [string, Cmdlet] => [name, speaks]),
  ...[
    'get-content',
    'gc',
    'cat',
    'type',
    'select-string',
    'write-output',
    'write-host',
    'echo',
    'test-path',
    'get-item',
  ].map((name): [string, Cmdlet] => [name, () => nothingKnown]),
]);

/** `[System.IO.File]::WriteAllText('file', …)` and its like. */
function dotNet(text: string, shell: Shell): void {
  if (!/::\s*(?:WriteAll\w+|AppendAll\w+|Delete|Move|Copy|Replace|Create\w*|OpenWrite)\b/i.test(text)) return;
  for (const path of protectedNamed(shell, text))
    write(shell, path, unknownContent('a .NET call writes it'), '[IO.File]');
}
