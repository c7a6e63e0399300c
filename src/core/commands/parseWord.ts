import {
  forEachChild,
  type HereDoc,
  type Word as LibraryWord,
  type ParameterExpansionPart,
  type ParsedScript,
  parse,
  type SyntaxNode,
  type WordPart,
} from 'unbash';
import { type Node, type Part, textWord, type VariableOp, type Word } from './syntax.ts';

/** The text that positions refer to, what was found wrong on the way, and how a script within a word is read. */
export interface Reading {
  readonly text: string;
  readonly errors: string[];
  scriptNode(script: ParsedScript | undefined, reading: Reading): Node;
}

/** A word of the parser in our own pieces, with what is quoted told apart from what the shell expands. */
export function wordOf(word: LibraryWord, reading: Reading): Word {
  const startsAtHome = /^~(?:\/|$)/.test(word.text);
  const isSomebodysHome = !startsAtHome && word.text.startsWith('~');
  const parts =
    word.parts === undefined
      ? textWord(word.value)
      : word.parts.flatMap((part) => partsOf(part, false, reading));
  const [first, ...rest] = parts;
  if (first?.is !== 'text' || (!startsAtHome && !isSomebodysHome)) return parts;
  const start: Part = startsAtHome ? { is: 'home' } : { is: 'computed', nodes: [] };
  return [start, { is: 'text', text: first.text.replace(/^~[^/]*/, '') }, ...rest];
}

/** The substitutions in an arithmetic or a test expression: all of it that can have an effect. */
export function nestedScripts(node: SyntaxNode, reading: Reading): Node[] {
  const found: Node[] = [];
  const visit = (child: SyntaxNode): void => {
    if (child.type === 'Script') found.push(reading.scriptNode(child, reading));
    else forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** What a heredoc gives, with its variables; the tabs that `<<-` takes away are taken away. */
export function heredocWord({ body, operator, delimiter }: HereDoc, reading: Reading): Word {
  const strip = (text: string, atStart: boolean): string => {
    if (operator === '<<') return text;
    return text.replace(atStart ? /(^|\n)\t+/g : /(\n)\t+/g, '$1');
  };
  if (body.parts === undefined) {
    const text = strip(body.text, true);
    // With a plain delimiter a backslash still joins lines and takes `$`, a backtick and itself out of use.
    return textWord(delimiter?.quoted === true ? text : text.replace(/\\(?:\n|([$`\\]))/g, '$1'));
  }
  return body.parts.flatMap((part, index) =>
    part.type === 'Literal'
      ? [{ is: 'text' as const, text: strip(part.value, index === 0) }]
      : partsOf(part, true, reading),
  );
}

function partsOf(part: WordPart, quoted: boolean, reading: Reading): Part[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ is: 'text', text: part.value }];
    case 'DoubleQuoted':
    case 'LocaleString':
      // An empty pair of quotes is a word all the same.
      if (part.parts.length === 0) return [{ is: 'text', text: '' }];
      return part.parts.flatMap((child) => partsOf(child, true, reading));
    case 'Glob':
      return [{ is: 'glob', matches: part.kind === 'star' ? 'many' : 'one' }];
    case 'ExtendedGlob':
      return [{ is: 'glob', matches: 'many' }];
    case 'SimpleExpansion':
      return [{ is: 'variable', name: part.text.slice(1), quoted, op: { does: 'nothing' } }];
    case 'ParameterExpansion':
      return [
        { is: 'variable', name: part.parameter, ...elementOf(part), quoted, op: operationOf(part, reading) },
      ];
    case 'CommandExpansion':
      return [{ is: 'output', of: reading.scriptNode(part.script, reading), quoted }];
    case 'ProcessSubstitution':
      return [{ is: 'process', node: reading.scriptNode(part.script, reading), direction: part.operator }];
    case 'ArithmeticExpansion':
      return [{ is: 'computed', nodes: nestedScripts(part, reading) }];
    case 'BraceExpansion':
      return [{ is: 'braces', items: bracesOf(part.text, reading) }];
    default:
      return part satisfies never;
  }
}

function elementOf({ index }: ParameterExpansionPart): Pick<Extract<Part, { is: 'variable' }>, 'element'> {
  if (index === undefined) return {};
  const text = index.text.trim();
  if (text === '@' || text === '*') return { element: 'all' };
  return { element: numberIn(text) ?? 'any' };
}

function numberIn(text: string): number | undefined {
  return /^\s*-?\d+\s*$/.test(text) ? Number(text) : undefined;
}

function operationOf({ prefix, operation }: ParameterExpansionPart, reading: Reading): VariableOp {
  if (prefix === '!') return { does: 'follow' };
  if (prefix === '#') return { does: 'unknown' };
  switch (operation?.type) {
    case undefined:
      return { does: 'nothing' };
    case 'Default':
      return {
        does: 'default',
        word: operation.operator.includes('?') ? [] : wordOf(operation.operand, reading),
        instead: operation.operator.includes('+'),
      };
    case 'Remove':
      return {
        does: 'cut',
        end: operation.operator.startsWith('#') ? 'start' : 'end',
        longest: operation.operator.length > 1,
        pattern: wordOf(operation.operand, reading),
      };
    case 'Replace':
      return {
        does: 'replace',
        all: operation.operator === '//',
        pattern: wordOf(operation.pattern, reading),
        by: wordOf(operation.replacement, reading),
      };
    case 'Slice': {
      const { offset, length } = operation;
      const [from, count] = [numberIn(offset.text), length === undefined ? undefined : numberIn(length.text)];
      const isKnown = from !== undefined && (length === undefined || count !== undefined);
      return isKnown ? { does: 'slice', offset: from, length: count } : { does: 'unknown' };
    }
    case 'CaseModification':
      return { does: 'case', to: operation.operator.startsWith('^') ? 'upper' : 'lower' };
    default:
      return { does: 'unknown' };
  }
}

/** `{a,b}` and `{1..3}`. The parser keeps the text together, so the items are cut out and read as words again. */
function bracesOf(text: string, reading: Reading): Word[] {
  const inner = text.slice(1, -1);
  const range = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.-?\d+)?$/.exec(inner);
  if (range !== null) return rangeOf(range[1] ?? '', range[2] ?? '');
  return itemsOf(inner).map((item) => (item === '' ? textWord('') : wordFrom(item, reading)));
}

function rangeOf(from: string, to: string): Word[] {
  const isNumber = /\d$/.test(from);
  const start = isNumber ? Number(from) : from.charCodeAt(0);
  const end = isNumber ? Number(to) : to.charCodeAt(0);
  const count = Math.abs(end - start) + 1;
  if (!Number.isFinite(count) || count > mostItems) return [[{ is: 'computed', nodes: [] }]];
  return Array.from({ length: count }, (_, index) => {
    const value = start + (end < start ? -index : index);
    return textWord(isNumber ? String(value) : String.fromCharCode(value));
  });
}

/** More names than this in one word are not told one by one. */
const mostItems = 200;

function itemsOf(inner: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let quote = '';
  let item = '';
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at] ?? '';
    if (char === '\\') {
      item += char + (inner[++at] ?? '');
      continue;
    }
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth++;
    else if (char === '}') depth--;
    if (char === ',' && depth === 0 && quote === '') {
      items.push(item);
      item = '';
    } else item += char;
  }
  return [...items, item];
}

function wordFrom(text: string, reading: Reading): Word {
  const command = parse(`: ${text}`).commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  return word?.type === 'Word' ? wordOf(word, { ...reading, text: `: ${text}` }) : textWord(text);
}
