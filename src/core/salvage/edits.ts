import { isBlank, joinGaps, linesOf, withoutTrailingBlank } from './gaps.ts';
import { type Collection, type Entry, isBlock, isOnOwnLines, type Value } from './layout.ts';
import { isSpaced } from './style.ts';

/** Takes an entry out, with the comments that speak of it, and closes the gap it leaves. */
export function takeOut(entry: Entry, home: Collection, mother: Entry | undefined): void {
  const index = home.entries.indexOf(entry);
  if (index === -1) return;
  home.entries.splice(index, 1);
  if (home.style === 'flow') closeFlow(entry, home, index);
  else closeBlock(entry, home, mother, index);
}

function closeBlock(entry: Entry, home: Collection, mother: Entry | undefined, index: number): void {
  const next = home.entries[index];
  if (next) {
    closeGap(entry, next, index);
    return;
  }
  const left = withoutTrailingBlank(entry.above);
  const previous = home.entries.at(-1);
  if (previous) previous.below += left;
  else if (mother) mother.below = left + mother.below;
}

/** Puts an entry in at an index. It is laid out for this collection already but for the space before it. */
export function putIn(
  entry: Entry,
  home: Collection,
  mother: Entry | undefined,
  index: number,
  eol: string,
): void {
  if (home.style === 'flow') {
    putInFlow(entry, home, index);
    return;
  }
  if (index === home.entries.length && mother) takeComments(entry, mother);
  putInBlock(entry, home, index, eol);
}

function putInBlock(entry: Entry, home: Collection, wished: number, eol: string): void {
  const [first] = home.entries;
  // The first entry of a compact mapping shares its line with a dash, and stays there.
  const isCompact = first !== undefined && first.indent === '' && home.column > 0;
  const index = isCompact ? Math.max(wished, 1) : wished;
  const spaced = isSpaced(home.entries) ?? /^[ \t]*\r?\n/.test(entry.above);
  entry.above = spaced && index > 0 ? eol : '';
  if (index === 0 && first) {
    entry.above = first.above;
    first.above = spaced ? eol : '';
  }
  if (isTold(entry.own, home.entries[index - 1]?.below) || isTold(entry.own, home.entries[index]?.own))
    entry.own = '';
  home.entries.splice(index, 0, entry);
}

/** Gives an entry another value, adopted for it already; a comment on its line stays with it. */
export function setValue(entry: Entry, value: Value, pad: string, eol: string, inFlow: boolean): void {
  if (inFlow) {
    entry.pad = entry.pad === '' && entry.mark !== '' ? ' ' : entry.pad;
    entry.value = value;
    return;
  }
  const comment = isOnOwnLines(entry) || !isBlock(entry.value) ? entry.rest : eol;
  entry.value = value;
  entry.pad = value.shape === 'leaf' && value.text === '' ? '' : usual(entry.pad) || usual(pad) || ' ';
  entry.rest = comment;
  if (isBlock(value)) setBlock(entry, value, pad, comment);
  else if (value.shape === 'leaf' && value.style === 'block' && comment.trim() !== '') {
    // Behind the last line of a block scalar a comment would be part of it.
    const [header = '', ...lines] = linesOf(value.text);
    entry.value = { ...value, text: header.trimEnd() + comment + lines.join('') };
    entry.rest = eol;
  }
}

function setBlock(entry: Entry, value: Collection, pad: string, comment: string): void {
  const [first] = value.entries;
  if (first?.indent !== '' || value.column === 0) return;
  entry.pad = pad;
  entry.rest = '';
  if (comment.trim() !== '' && first.rest.trim() === '' && !isBlock(first.value)) first.rest = comment;
}

function usual(pad: string): string {
  return pad.includes('\n') ? '' : pad;
}

function closeGap(gone: Entry, next: Entry, index: number): void {
  if (gone.indent === '' && next.indent !== '') {
    // Behind the dash there is no room for the comments of the entry that moves up.
    const comments = linesOf(next.above + next.own).filter((line) => !isBlank(line));
    next.below = comments.join('') + next.below;
    next.above = '';
    next.own = '';
    next.indent = '';
    return;
  }
  const isBare = index === 0 && linesOf(gone.above).every(isBlank);
  next.above = isBare ? gone.above + withoutLeadingBlank(next.above) : joinGaps(gone.above, next.above);
}

function withoutLeadingBlank(text: string): string {
  const lines = linesOf(text);
  const from = lines.findIndex((line) => !isBlank(line));
  return from === -1 ? '' : lines.slice(from).join('');
}

const lineComment = /^[ \t]*#[^\n]*\n/;

/** Commas stand between entries; a comment behind a comma speaks of the entry before it. */
function closeFlow(gone: Entry, home: Collection, index: number): void {
  const ofPrevious = index > 0 ? (lineComment.exec(gone.above)?.[0] ?? '') : '';
  const next = home.entries[index];
  if (next) {
    const own = next.above.replace(lineComment, '\n');
    next.above = index === 0 ? gone.above : ofPrevious === '' ? own : ofPrevious + own.replace(/^\n/, '');
    return;
  }
  const previous = home.entries.at(-1);
  if (!previous) home.close = home.shape === 'seq' ? ']' : '}';
  else {
    const close = home.close.replace(/^(,?)[ \t]*#[^\n]*\n/, '$1\n');
    home.close =
      ofPrevious === '' ? close : close.replace(/^(,?)\n?/, (_, comma: string) => comma + ofPrevious);
    if (previous.rest.trim() === '') previous.rest = '';
  }
}

function putInFlow(entry: Entry, home: Collection, index: number): void {
  const [first, second] = home.entries;
  const onLines = home.entries.find(({ above }) => above.includes('\n'));
  const line = onLines?.above.slice(onLines.above.lastIndexOf('\n'));
  entry.above = line ?? (second ? (/^\s*$/.test(second.above) ? second.above : ' ') : ' ');
  if (index === 0) {
    const between = entry.above;
    entry.above = first?.above ?? (home.shape === 'map' && /^\s/.test(home.close) ? ' ' : '');
    if (first) first.above = between;
  }
  home.entries.splice(index, 0, entry);
}

/** Whether the comments of a new entry stand in the text already, so that they are not to be repeated. */
function isTold(own: string, text: string | undefined): boolean {
  return own !== '' && text !== undefined && plainLines(text).includes(plainLines(own));
}

/** The comments that end a section are those of an entry that the edit puts below them. */
function takeComments(entry: Entry, mother: Entry): void {
  const lines = linesOf(mother.below);
  const count = linesOf(entry.own).length;
  const own = lines.slice(0, count).join('');
  if (count === 0 || plainLines(own) !== plainLines(entry.own)) return;
  entry.own = own;
  mother.below = lines.slice(count).join('');
}

function plainLines(text: string): string {
  return linesOf(text)
    .map((line) => line.trim())
    .join('\n');
}
