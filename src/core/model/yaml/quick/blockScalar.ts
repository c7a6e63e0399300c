import { textScalar } from '../scalar.ts';
import type { Found } from './flow.ts';
import { unusual } from './unusual.ts';

/** A block scalar, and where the first line behind it begins. */
export interface FoundBlock extends Found {
  readonly next: number;
}

/**
 * Reads `|`, `|-`, `>` or `>-` with the lines below that stand beyond `column`. Unusual are: blank lines on top, lines
 * of blanks that go beyond the first line's indent, in a folded scalar also what stands further to the right than its
 * first line or ends in a blank, and CRLF.
 */
export function readBlockScalar(text: string, from: number, column: number): FoundBlock {
  header.lastIndex = from;
  const [, style, chomp] = header.exec(text) ?? [];
  const first = header.lastIndex;
  const indent = spacesAt(text, first);
  if (style === undefined || indent <= column || /[\r\n]|^$/.test(text[first + indent] ?? '')) throw unusual;
  const lines: string[] = [];
  let at = first;
  let end = first;
  let isCut = false;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const lineEnd = found === -1 ? text.length : found;
    const spaces = Math.min(spacesAt(text, at), indent);
    const isBlank = at + spaces === lineEnd;
    if (!isBlank && spaces < indent) break;
    const line = text.slice(at + spaces, lineEnd);
    if (isUnusual(line, style)) throw unusual;
    lines.push(line);
    if (!isBlank) end = at + spaces + line.trimEnd().length;
    isCut = !isBlank && found === -1;
    at = Math.min(lineEnd + 1, text.length);
  }
  // Less far to the right than the first line, but further than what the scalar belongs to.
  const next = spacesAt(text, at);
  if (next > column && at < text.length) throw unusual;
  while (lines.at(-1) === '') lines.pop();
  const body = style === '|' ? lines.join('\n') : folded(lines);
  // A last line that the text's end cuts has no line end to keep (yaml_parser_scan_block_scalar of go-yaml).
  const value = chomp === '-' || isCut ? body : `${body}\n`;
  return { node: { type: 'scalar', tag: undefined, ...textScalar(value) }, end, next: at };
}

const header = /([|>])(-?)(?: *| +#[^\n]*)\n/y;

function isUnusual(line: string, style: string): boolean {
  if (line.endsWith('\r') || (line !== '' && line.trimEnd() === '')) return true;
  return style === '>' && (line.endsWith(' ') || line.startsWith(' '));
}

/** A line end is a blank, and of several in a row all but the first stay. */
function folded(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/(?<!\n)\n(?!\n)/g, ' ')
    .replace(/\n(\n+)/g, '$1');
}

function spacesAt(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  return at - from;
}
