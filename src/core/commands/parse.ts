import {
  type Assignment as LibraryAssignment,
  type CompoundList as LibraryList,
  type Redirection as LibraryRedirect,
  type ParsedScript,
  type PipelineNode,
  parse,
  type Script,
  type Statement,
} from 'unbash';
import { heredocWord, nestedScripts, type Reading, wordOf } from './parseWord.ts';
import type { Assign, Node, Parsed, Redirect, SimpleCommand, Word } from './syntax.ts';

/**
 * Reads the shell language with `unbash`, and is with `parseWord.ts` the only file that knows it. It was chosen over
 * tree-sitter-bash and sh-syntax because it needs no WebAssembly file (1.6 MB and 0.75 MB) and no waiting, so that the
 * core stays a function of its arguments: 100 KB, bundled, loaded only for a command that may matter. It keeps
 * heredocs, nested substitutions and quoting apart by structure, goes on after an error and says so. bash-parser and
 * its fork know POSIX only and are no longer kept.
 */
export function parseShell(text: string): Parsed {
  const script = parse(text);
  const reading: Reading = { text, errors: [], scriptNode };
  const node = scriptNode(script, reading);
  return { node, errors: reading.errors };
}

/** A script within a word has its own errors, and within old backticks its own text. */
function scriptNode(script: ParsedScript | Script | undefined, reading: Reading): Node {
  if (script === undefined) return nothing;
  if ('errors' in script) reading.errors.push(...(script.errors ?? []).map(({ message }) => message));
  const inner = script.source === undefined ? reading : { ...reading, text: script.source };
  return sequence(script.commands, inner);
}

const nothing: Node = { is: 'sequence', items: [] };

function sequence(statements: readonly Statement[], reading: Reading): Node {
  const items = statements.map(({ command }) => nodeOf(command, reading));
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { is: 'sequence', items };
}

function list({ commands }: LibraryList, reading: Reading): Node {
  return sequence(commands, reading);
}

type LibraryNode = Statement['command'] | PipelineNode | LibraryList;

function nodeOf(node: LibraryNode, reading: Reading): Node {
  switch (node.type) {
    case 'Command':
      return simple(node, reading);
    case 'Pipeline':
      return { is: 'pipeline', items: node.commands.map((item) => nodeOf(item, reading)) };
    case 'AndOr':
      return chain(node, reading);
    case 'CompoundList':
      return list(node, reading);
    case 'BraceGroup':
      return list(node.body, reading);
    case 'Subshell':
      return { is: 'subshell', body: list(node.body, reading) };
    case 'Function':
      return { is: 'function', name: node.name.value, body: nodeOf(node.body, reading) };
    case 'Coproc':
      return { is: 'subshell', body: nodeOf(node.body, reading) };
    case 'Redirected': {
      const redirects = node.redirects.flatMap((redirect) => redirectOf(redirect, reading));
      return { is: 'redirected', body: nodeOf(node.command, reading), redirects };
    }
    default:
      return compound(node, reading);
  }
}

type Compound = Exclude<
  LibraryNode,
  {
    type:
      | 'Command'
      | 'Pipeline'
      | 'AndOr'
      | 'CompoundList'
      | 'BraceGroup'
      | 'Subshell'
      | 'Function'
      | 'Coproc'
      | 'Redirected';
  }
>;

function compound(node: Compound, reading: Reading): Node {
  switch (node.type) {
    case 'If': {
      const tests = [node.clause, ...node.elif.map(({ clause }) => clause)];
      const bodies = [node.then, ...node.elif.map(({ then }) => then), ...(node.else ? [node.else] : [])];
      return {
        is: 'branches',
        tests: tests.map((item) => list(item, reading)),
        bodies: bodies.map((item) => list(item, reading)),
      };
    }
    case 'Case':
      return {
        is: 'branches',
        tests: nestedScripts(node.word, reading),
        bodies: node.items.map(({ body }) => list(body, reading)),
      };
    case 'For':
    case 'Select':
      return {
        is: 'each',
        name: node.name.value,
        words: node.wordlist?.map((word) => wordOf(word, reading)),
        body: list(node.body, reading),
      };
    case 'While':
      return { is: 'loop', test: list(node.clause, reading), body: list(node.body, reading) };
    case 'ArithmeticFor':
      return { is: 'loop', test: nothing, body: list(node.body, reading) };
    case 'TestCommand':
    case 'ArithmeticCommand':
      return { is: 'sequence', items: nestedScripts(node, reading) };
    default:
      return node satisfies never;
  }
}

function chain(node: Extract<LibraryNode, { type: 'AndOr' }>, reading: Reading): Node {
  const [first = nothing, ...rest] = node.commands.map((item) => nodeOf(item, reading));
  return {
    is: 'chain',
    first,
    rest: rest.map((item, index) => ({ needsSuccess: node.operators[index] !== '||', node: item })),
  };
}

function simple(node: Extract<LibraryNode, { type: 'Command' }>, reading: Reading): SimpleCommand {
  const assigns = node.prefix.flatMap((item) =>
    item.type === 'Assignment' ? [assignOf(item, reading)] : [],
  );
  const args = node.args.flatMap((arg) =>
    arg.type === 'Word' ? [wordOf(arg, reading)] : argumentWords(arg, reading),
  );
  return {
    is: 'command',
    assigns,
    words: [...(node.name === undefined ? [] : [wordOf(node.name, reading)]), ...args],
    redirects: node.redirects.flatMap((redirect) => redirectOf(redirect, reading)),
    text: reading.text.slice(node.pos, node.end),
  };
}

function assignOf({ name, value, append, index }: LibraryAssignment, reading: Reading): Assign {
  const words = value.type === 'Word' ? [value] : value.elements;
  return {
    name,
    words: words.map((word) => withoutIndex(wordOf(word, reading))),
    isArray: value.type !== 'Word',
    isAppended: append === true,
    ...(index !== undefined && { index: nestedScripts(index, reading) }),
  };
}

/** An element can say its place: `A=([key]=value)`. */
function withoutIndex(word: Word): Word {
  const [first, ...rest] = word;
  if (first?.is !== 'text') return word;
  return [{ is: 'text', text: first.text.replace(/^\[[^\]]*\]\+?=/, '') }, ...rest];
}

/** `export A=b`: an assignment where an argument stands; of an array each element is told apart. */
function argumentWords(arg: LibraryAssignment, reading: Reading): Assign['words'] {
  const { name, words } = assignOf(arg, reading);
  return words.map((word) => [{ is: 'text', text: `${name}=` }, ...word]);
}

function redirectOf(redirect: LibraryRedirect, reading: Reading): Redirect[] {
  if (redirect.type === 'HereDoc') {
    return [{ how: 'given', body: heredocWord(redirect, reading) }];
  }
  if (redirect.target === undefined) return [];
  const target = wordOf(redirect.target, reading);
  if (redirect.type === 'HereString')
    return [{ how: 'given', body: [...target, { is: 'text', text: '\n' }] }];
  const named = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
  switch (redirect.operator) {
    case '<':
      return [{ how: 'read', stream: named ?? 0, target }];
    case '<&':
      return [];
    case '<>':
      return [{ how: 'both', stream: named ?? 0, target }];
    case '>>':
    case '&>>':
      return [{ how: 'append', stream: named ?? 1, target }];
    case '>&':
      // Followed by a number or `-` it joins or closes a stream; followed by anything else it names a file.
      return /^(?:\d+-?|-)$/.test(redirect.target.value)
        ? []
        : [{ how: 'write', stream: named ?? 1, target }];
    default:
      return [{ how: 'write', stream: named ?? 1, target }];
  }
}
