/** One replacement: the text from `start` to `end` becomes `text`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The smallest single replacement that turns one text into the other, so that carets, folds and markers outside of
 * it stay where they are. `undefined` when the texts are equal.
 */
export function replacement(from: string, to: string): Replacement | undefined {
  if (from === to) return undefined;
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from.charCodeAt(head) === to.charCodeAt(head)) head++;
  head = outsideOfPair(from, to, head);
  let tail = 0;
  while (tail < shorter - head && sameFromEnd(from, to, tail)) tail++;
  tail = outsideOfPairFromEnd(from, to, tail);
  return { start: head, end: from.length - tail, text: to.slice(head, to.length - tail) };
}

export type LineEnding = '\n' | '\r\n';

/** The line ending an editor would choose for a text: the more frequent one, LF in doubt. */
export function lineEndingOf(text: string): LineEnding {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  return crlf > lf ? '\r\n' : '\n';
}

export function withLineEnding(text: string, ending: LineEnding): string {
  return text.replace(/\r\n|\r|\n/g, ending);
}

export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function sameFromEnd(from: string, to: string, tail: number): boolean {
  return from.charCodeAt(from.length - 1 - tail) === to.charCodeAt(to.length - 1 - tail);
}

/** An editor cannot place an edit between the two halves of a CRLF or of a surrogate pair. */
function outsideOfPair(from: string, to: string, head: number): number {
  return head > 0 && (opensPair(from, head - 1) || opensPair(to, head - 1)) ? head - 1 : head;
}

function outsideOfPairFromEnd(from: string, to: string, tail: number): number {
  const cuts = tail > 0 && (opensPair(from, from.length - tail - 1) || opensPair(to, to.length - tail - 1));
  return cuts ? tail - 1 : tail;
}

function opensPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 13 || (code >= 0xd800 && code <= 0xdbff);
}
