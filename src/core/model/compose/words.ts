import type { Json } from '../document.ts';
import { isNull, type YamlNode } from '../yaml/node.ts';
import { partsOf } from './interpolation.ts';
import { leaf, type Shape } from './place.ts';
import { data, jsonData } from './shapes.ts';

/**
 * A command: a list of arguments, or a text that is split into them without a shell, which therefore ends at `&&`
 * (compose-go types/command.go, mattn/go-shellwords). An empty command clears the image's own; null leaves it.
 */
export const command: Shape = (node, place) => {
  if (isNull(node)) return undefined;
  if (node.type === 'list') {
    return leaf(place, jsonData(node, place), node.items.map((item) => argumentText(item.node)).join(' '));
  }
  const words = node.type === 'scalar' && typeof node.value === 'string' ? splitWords(node.value) : undefined;
  return words === undefined || node.type !== 'scalar'
    ? data(node, place)
    : leaf(place, words, node.text.trim());
};

/** Like a command, but a text is given to the image's shell (compose-go types/healthcheck.go). */
export const healthTest: Shape = (node, place) => {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return command(node, place);
  return leaf(place, ['CMD-SHELL', jsonData(node, place)], node.text.trim());
};

function argumentText(node: YamlNode): string {
  if (node.type !== 'scalar') return '…';
  return node.text === '' || /\s/.test(node.text) ? JSON.stringify(node.text) : node.text;
}

interface Word {
  text: string;
  /** A variable outside of a list may bring blanks and quotes, and so become several arguments or none. */
  isOpen: boolean;
}

interface Splitting {
  readonly words: Word[];
  word: Word | undefined;
  /** What ends the quotation that the splitting is in. */
  quote: '' | '"' | "'" | '`' | ')';
  isEscaped: boolean;
  isDone: boolean;
  isBroken: boolean;
}

/** The arguments in a text; `undefined` where a quotation is left open. */
function splitWords(line: string): Json[] | undefined {
  const split: Splitting = {
    words: [],
    word: undefined,
    quote: '',
    isEscaped: false,
    isDone: false,
    isBroken: false,
  };
  for (const part of partsOf(line)) {
    if (split.isDone) break;
    if (part.variable) add(split, part.text, true);
    else for (const character of part.text) step(split, character);
  }
  if (split.quote !== '' || split.isEscaped || split.isBroken) return undefined;
  finish(split);
  return split.words.map(({ text, isOpen }) => (isOpen ? { split: text } : text));
}

function step(split: Splitting, character: string): void {
  if (split.isDone) return;
  if (split.isEscaped) {
    split.isEscaped = false;
    add(split, literal(character));
  } else if (character === '\\' && split.quote !== "'") split.isEscaped = true;
  else if (split.quote !== '') quoted(split, character);
  else if (/\s/.test(character)) finish(split);
  else unquoted(split, character);
}

/** Quotation marks vanish; backticks and `$( )` keep what they enclose together and stay. */
function quoted(split: Splitting, character: string): void {
  const closes = character === split.quote;
  if (!closes || character === '`' || character === ')') add(split, literal(character));
  if (closes) split.quote = '';
}

function unquoted(split: Splitting, character: string): void {
  if (character === '"' || character === "'") {
    split.quote = character;
    add(split, '');
  } else if (character === '(' || character === ')') {
    split.isBroken ||= character === ')' || !split.word?.text.endsWith('$$');
    split.quote = ')';
    add(split, character);
  } else if (/[;&|<>]/.test(character)) stop(split, character);
  else {
    if (character === '`') split.quote = character;
    add(split, literal(character));
  }
}

function literal(character: string): string {
  return character === '$' ? '$$' : character;
}

function add(split: Splitting, text: string, isOpen = false): void {
  split.word ??= { text: '', isOpen: false };
  split.word.text += text;
  split.word.isOpen ||= isOpen;
}

function finish(split: Splitting): void {
  if (split.word !== undefined) split.words.push(split.word);
  split.word = undefined;
}

/** Everything behind an operator is dropped, and so is the number before `>`, as in `2>`. */
function stop(split: Splitting, operator: string): void {
  if (operator === '>' && /^\d/.test(split.word?.text ?? '')) split.word = undefined;
  finish(split);
  split.isDone = true;
}
