import { type Entry, isBlock } from './layout.ts';

/**
 * Shares out the lines between two entries. Comments at the start that stand further right than what follows belong
 * to the entries above and are added to their `below`; those at the end, at the column of what follows and without a
 * blank line between, are its own. The lines in the middle belong to no entry.
 */
export function splitGap(
  text: string,
  nextColumn: number,
  previous: Entry | undefined,
  previousColumn: number,
): { above: string; own: string } {
  const lines = linesOf(text);
  const rest = previous
    ? lines.slice(takeBelow(lines, nextColumn, openEntries(previous, previousColumn)))
    : lines;
  let from = rest.length;
  while (from > 0 && commentColumn(rest[from - 1] ?? '') === nextColumn) from--;
  return { above: rest.slice(0, from).join(''), own: rest.slice(from).join('') };
}

export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Two stretches of lines around an entry that went: where both had blank lines, the longer run of them stays. */
export function joinGaps(first: string, second: string): string {
  const upper = linesOf(first);
  const lower = linesOf(second);
  const trailing = upper.length - upper.findLastIndex((line) => !isBlank(line)) - 1;
  const firstText = lower.findIndex((line) => !isBlank(line));
  const leading = firstText === -1 ? lower.length : firstText;
  const joined =
    trailing >= leading
      ? [...upper, ...lower.slice(leading)]
      : [...upper.slice(0, -trailing || undefined), ...lower];
  return joined.join('');
}

export function withoutTrailingBlank(text: string): string {
  const lines = linesOf(text);
  return lines.slice(0, lines.findLastIndex((line) => !isBlank(line)) + 1).join('');
}

interface Open {
  readonly entry: Entry;
  readonly column: number;
}

/** The entry and, each within the one before, the last entries inside it: all that end where the gap begins. */
function openEntries(entry: Entry, column: number): Open[] {
  const open: Open[] = [{ entry, column }];
  let { value } = entry;
  while (isBlock(value)) {
    const last = value.entries.at(-1);
    if (last === undefined) break;
    open.push({ entry: last, column: value.column });
    value = last.value;
  }
  return open;
}

/** Gives lines to the open entries and tells how many were given. */
function takeBelow(lines: readonly string[], nextColumn: number, open: Open[]): number {
  let taken = 0;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) continue;
    const column = commentColumn(line);
    if (column === undefined || column <= nextColumn) break;
    while (open.length > 0 && (open.at(-1)?.column ?? 0) >= column) open.pop();
    const owner = open.at(-1)?.entry;
    if (owner === undefined) break;
    owner.below += lines.slice(taken, index + 1).join('');
    taken = index + 1;
  }
  return taken;
}

function commentColumn(line: string): number | undefined {
  const column = line.search(/\S/);
  return line[column] === '#' ? column : undefined;
}
