import type { YamlEntry, YamlNode } from '../node.ts';
import { plainScalar, textScalar } from '../scalar.ts';
import { unusual } from './unusual.ts';

/** What was read, and the offset behind it. */
export interface Found {
  readonly node: YamlNode;
  readonly end: number;
}

/**
 * Reads what stands between quotes on one line: `'it''s'`, `"a\nb"`. Of the escapes only those are known that people
 * use.
 */
export function readQuoted(text: string, from: number): Found {
  const isSingle = text[from] === "'";
  const close = isSingle ? singleClose(text, from) : doubleClose(text, from);
  const inner = text.slice(from + 1, close);
  if (close === -1 || inner.includes('\n')) throw unusual;
  const value = isSingle ? inner.replaceAll("''", "'") : unescaped(inner);
  return { node: { type: 'scalar', tag: undefined, ...textScalar(value) }, end: close + 1 };
}

/** Two quotes stand for one. */
function singleClose(text: string, from: number): number {
  let close = text.indexOf("'", from + 1);
  while (close !== -1 && text[close + 1] === "'") close = text.indexOf("'", close + 2);
  return close;
}

function doubleClose(text: string, from: number): number {
  let close = text.indexOf('"', from + 1);
  while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}

function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(.)/g, (_, letter: string) => {
    const meant = escapes.get(letter);
    if (meant === undefined) throw unusual;
    return meant;
  });
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

/** Reads `[a, "b"]` or `{a: b}` on one line, without comments, trailing commas and pairs that lack a part. */
export function readFlow(text: string, from: number, depth = 0): Found {
  if (depth > deepest) throw unusual;
  const isMap = text[from] === '{';
  const close = isMap ? '}' : ']';
  const entries = new Map<string, YamlEntry>();
  const items: YamlEntry[] = [];
  let at = skipSpaces(text, from + 1);
  while (text[at] !== close) {
    if (entries.size + items.length > 0) {
      if (text[at] !== ',') throw unusual;
      at = skipSpaces(text, at + 1);
    }
    const start = at;
    const name = isMap ? keyAt(text, at) : undefined;
    if (name !== undefined) at = skipSpaces(text, name.end);
    const { node, end } = flowValue(text, at, depth);
    const entry = { node, span: { start, end } };
    if (name === undefined) items.push(entry);
    else if (entries.has(name.key)) throw unusual;
    else entries.set(name.key, entry);
    at = skipSpaces(text, end);
  }
  const node: YamlNode = isMap
    ? { type: 'map', tag: undefined, entries }
    : { type: 'list', tag: undefined, items };
  return { node, end: at + 1 };
}

/** Nobody nests brackets deeper on one line. */
const deepest = 20;

function keyAt(text: string, at: number): { readonly key: string; readonly end: number } {
  flowKey.lastIndex = at;
  const key = flowKey.exec(text)?.[1];
  if (key === undefined || typeof plainScalar(key).value !== 'string') throw unusual;
  return { key, end: flowKey.lastIndex };
}

const flowKey = /([A-Za-z_][\w./-]{0,200}):(?= )/y;

function flowValue(text: string, at: number, depth: number): Found {
  const first = text[at];
  if (first === '"' || first === "'") return readQuoted(text, at);
  if (first === '[' || first === '{') return readFlow(text, at, depth + 1);
  flowPlain.lastIndex = at;
  const source = flowPlain.exec(text)?.[0].trimEnd();
  // A colon before a blank or a bracket makes a pair, and a hash behind a blank a comment.
  if (source === undefined || /:(?: |$)| #/.test(source)) throw unusual;
  return { node: { type: 'scalar', tag: undefined, ...plainScalar(source) }, end: at + source.length };
}

/** What may begin a plain scalar is less here than in YAML. */
const flowPlain = /(?:[\w/.$~+(]|-(?=[\w/.$]))[^,[\]{}\r\n]*/y;

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}
