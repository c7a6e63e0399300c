import type { Hunk, ProposedChange, Replacement } from './protocol.ts';

export type Outcome = { readonly text: string | undefined } | { readonly why: string };

/**
 * The text that a change would leave, `undefined` for no file. Where a host could also come to another text (it
 * forgives blanks, or takes the first of several places) the answer is why not, and never a guess.
 */
export function applyChange(change: ProposedChange, current: string | undefined): Outcome {
  switch (change.how) {
    case 'write':
      return { text: change.text };
    case 'remove':
      return { text: undefined };
    case 'unknown':
      return { why: change.why };
    case 'replace':
      return replaceAll(change.steps, current);
    case 'insert':
      return insertLines(change.text, change.line, current);
    case 'patch':
      return current === undefined
        ? { why: 'the file to be patched is not there' }
        : patched(change.hunks, current);
  }
}

function replaceAll(steps: readonly Replacement[], current: string | undefined): Outcome {
  let text = current;
  for (const step of steps) {
    const outcome = replaceOnce(step, text);
    if ('why' in outcome) return outcome;
    text = outcome.text;
  }
  return { text };
}

function replaceOnce({ old, fresh, everywhere }: Replacement, text: string | undefined): Outcome {
  if (old === '') {
    return text === undefined || text === ''
      ? { text: fresh }
      : { why: 'the text to be replaced is empty and the file is not' };
  }
  if (text === undefined) return { why: 'the file to be edited is not there' };
  // Agents are shown a file with plain line ends and write it back with its own.
  const ownEnds = text.includes('\r\n') && !text.includes(old);
  const sought = ownEnds ? withCrlf(old) : old;
  const pieces = text.split(sought);
  if (pieces.length === 1) return { why: 'the text to be replaced is not in the file exactly as given' };
  if (pieces.length > 2 && !everywhere)
    return { why: 'the text to be replaced is in the file more than once' };
  return { text: pieces.join(ownEnds ? withCrlf(fresh) : fresh) };
}

function withCrlf(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}

function insertLines(text: string, line: number | undefined, current: string | undefined): Outcome {
  if (current === undefined) return line ? { why: 'the file to be edited is not there' } : { text };
  const lineEnd = current.includes('\r\n') ? '\r\n' : '\n';
  if (line === undefined) {
    const own = lineEnd === '\n' ? text : withCrlf(text);
    return { text: current === '' || current.endsWith('\n') ? current + own : current + lineEnd + own };
  }
  const lines = current.split(/\r?\n/);
  if (line > lines.length) return { why: 'the line to insert at is beyond the end of the file' };
  lines.splice(line, 0, ...text.split(/\r?\n/));
  return { text: lines.join(lineEnd) };
}

function patched(hunks: readonly Hunk[], current: string): Outcome {
  const lineEnd = current.includes('\r\n') ? '\r\n' : '\n';
  const lines = current.split(/\r?\n/);
  let from = 0;
  for (const hunk of hunks) {
    const at = placeOf(hunk, lines, from);
    if (typeof at === 'string') return { why: at };
    lines.splice(at, hunk.old.length, ...hunk.fresh);
    from = at + hunk.fresh.length;
  }
  return { text: lines.join(lineEnd) };
}

/** Where a hunk goes, or why that cannot be told. Hunks follow one another, so the search begins after the last. */
function placeOf({ headers, old, atEnd }: Hunk, lines: readonly string[], start: number): number | string {
  let from = start;
  for (const header of headers) {
    const found = lines.findIndex((line, index) => index >= from && line.trim() === header);
    if (found === -1) return 'a header of the patch is not in the file exactly as given';
    from = found + 1;
  }
  if (old.length === 0) return 'a hunk of the patch has no line that tells where it belongs';
  const places: number[] = [];
  for (let at = from; at + old.length <= lines.length; at++) {
    const fits = old.every((line, index) => line === lines[at + index]);
    if (fits && (!atEnd || isEnd(lines, at + old.length))) places.push(at);
  }
  const [only, second] = places;
  if (only === undefined) return 'a hunk of the patch does not fit the file exactly';
  return second === undefined ? only : 'a hunk of the patch fits the file in more than one place';
}

/** The last line end leaves an empty last line behind, which is the end as well. */
function isEnd(lines: readonly string[], at: number): boolean {
  return at === lines.length || (at === lines.length - 1 && lines[at] === '');
}
