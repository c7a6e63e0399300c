import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { lineAt, styleOf, type Unfit } from './edited.ts';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export type JsonPath = readonly string[];

/**
 * The tree of a settings text that may hold comments and trailing commas, or why it is none. `matters` is for a text of
 * which a few keys are all that is of interest.
 */
export function readJson(text: string, matters = anyKey): { readonly root: Node } | Unfit {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined)
    return { why: `it is not JSON: ${wordsOn(error)}`, line: lineAt(text, error.offset) };
  if (root?.type !== 'object') return { why: 'it does not hold an object', line: 1 };
  const twice = repeatedKey(root, matters);
  // Readers differ in which of two they take, so an entry might land in the one that does not count.
  if (twice !== undefined)
    return { why: `"${twice.value}" stands in it twice`, line: lineAt(text, twice.offset) };
  return { root };
}

/** The node at a path; `undefined` where there is none. */
export function nodeAt(root: Node, path: JsonPath): Node | undefined {
  return findNodeAtLocation(root, [...path]);
}

/** Adds a property, and the objects on the way to it; a property that is there is left alone. */
export function setProperty(
  text: string,
  path: JsonPath,
  value: JsonValue,
  matters = anyKey,
): string | Unfit {
  return insertAt(text, path, value, (parent, name) => nodeAt(parent, [name]) === undefined, matters);
}

/** Adds an element at the end of the list at a path, and the list where there is none. */
export function appendElement(text: string, path: JsonPath, value: JsonValue): string | Unfit {
  const read = readJson(text);
  if ('why' in read) return read;
  const list = nodeAt(read.root, path);
  if (list === undefined) return insertAt(text, path, [value], () => true);
  if (list.type !== 'array')
    return { why: `"${path.join('.')}" is not a list`, line: lineAt(text, list.offset) };
  return insertInto(text, list, undefined, value);
}

/**
 * Takes an element or a property out, with the comma that belongs to it: the exact reverse of an insertion at the
 * end. Comments before it belong to what stands before them and stay.
 */
export function removeNode(text: string, node: Node): string {
  const own = node.parent?.type === 'property' ? node.parent : node;
  const container = own.parent;
  if (container === undefined) return text;
  const siblings = container.children ?? [];
  const before = siblings[siblings.indexOf(own) - 1];
  const end = own.offset + own.length;
  const comma = commaAfter(text, end);
  const rest = text.slice(comma === undefined ? end : comma + 1);
  const trimmed = text.slice(0, own.offset).trimEnd().length;
  // What follows on the same line must not slip behind a comment that ends the line before.
  const staysApart = text.slice(trimmed, own.offset).includes('\n') && !/^[ \t]*\r?\n/.test(rest);
  const start = staysApart ? own.offset : trimmed;
  const earlier =
    before === undefined || comma !== undefined ? undefined : commaAfter(text, before.offset + before.length);
  const kept =
    earlier === undefined ? text.slice(0, start) : text.slice(0, earlier) + text.slice(earlier + 1, start);
  return kept + (/[[{]$/.test(kept) ? rest.replace(/^\s+(?=[\]}])/, '') : rest);
}

function insertAt(
  text: string,
  path: JsonPath,
  value: JsonValue,
  wanted: (parent: Node, name: string) => boolean,
  matters = anyKey,
): string | Unfit {
  const read = readJson(text, matters);
  if ('why' in read) return read;
  let parent = read.root;
  for (const [index, name] of path.entries()) {
    const next = nodeAt(parent, [name]);
    const rest = path.slice(index + 1);
    if (next === undefined || rest.length === 0) {
      if (!wanted(parent, name)) return text;
      const whole = rest.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
      return insertInto(text, parent, name, whole);
    }
    if (next.type !== 'object') {
      const where = path.slice(0, index + 1).join('.');
      return { why: `"${where}" is not an object`, line: lineAt(text, next.offset) };
    }
    parent = next;
  }
  return text;
}

function insertInto(text: string, container: Node, name: string | undefined, value: JsonValue): string {
  const close = container.offset + container.length - 1;
  const inner = text.slice(container.offset + 1, close);
  const last = container.children?.at(-1);
  const { lineEnd, indent } = styleOf(text);
  // A list or object on one line stays on one line, unless there is nothing in it yet that set a style.
  const isLine = last !== undefined && !inner.includes('\n');
  const outer = indentationAt(text, container.offset);
  const label = name === undefined ? '' : `${JSON.stringify(name)}: `;
  const item = label + rendered(value, isLine ? undefined : { lineEnd, indent, outer: outer + indent });
  const at = container.offset + 1 + inner.trimEnd().length;
  const tail = text.slice(at);
  if (last === undefined) {
    const closing = inner.includes('\n') ? '' : lineEnd + outer;
    const gap = inner.trim() === '' && !inner.includes('\n') ? tail.slice(close - at) : tail;
    return `${text.slice(0, at)}${lineEnd}${outer}${indent}${item}${closing}${gap}`;
  }
  const end = last.offset + last.length;
  const trails = commaAfter(text, end) !== undefined;
  const gap = isLine ? ' ' : lineEnd + outer + indent;
  const head = trails ? text.slice(0, at) : `${text.slice(0, end)},${text.slice(end, at)}`;
  return `${head}${gap}${item}${trails ? ',' : ''}${tail}`;
}

interface Layout {
  readonly lineEnd: string;
  readonly indent: string;
  readonly outer: string;
}

function rendered(value: JsonValue, layout: Layout | undefined): string {
  if (layout === undefined) return JSON.stringify(value);
  return JSON.stringify(value, null, layout.indent)
    .split('\n')
    .join(layout.lineEnd + layout.outer);
}

function indentationAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** The next comma, with nothing but blanks and comments before it. */
function commaAfter(text: string, offset: number): number | undefined {
  const [blank = ''] = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(text.slice(offset)) ?? [];
  const at = offset + blank.length;
  return text[at] === ',' ? at : undefined;
}

const anyKey = (_key: string): boolean => true;

function repeatedKey(node: Node, matters: (key: string) => boolean): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const [key] = child.children ?? [];
    if (node.type === 'object' && key !== undefined) {
      if (seen.has(key.value) && matters(String(key.value))) return key;
      seen.add(key.value);
    }
    const inner = repeatedKey(child, matters);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** `CommaExpected` → `comma expected`. */
function wordsOn({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();
}
