/** A word of a request, or a punctuation mark, and where it stands. */
export interface Word {
  readonly text: string;
  /** In lower case, with signs that stand for words written out. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** Quoted words are names or values; they never steer the sentence. */
  readonly quoted: boolean;
}

/** Cuts prose into words and marks. `start` is where the prose stands in the whole request. */
export function wordsIn(prose: string, start: number): Word[] {
  return [...prose.matchAll(chunks)].flatMap((match) => {
    const at = start + match.index;
    const [chunk] = match;
    if (chunk === '\n') return [mark(chunk, at)];
    if (/^(["'`]).*\1$/.test(chunk)) return [quoted(chunk, at)];
    // The 2) of "1) remove redis 2) bump nginx" divides like a comma.
    if (/^\d\)$/.test(chunk) && !isInBrackets(prose, match.index)) return [mark('-', at)];
    return peel(chunk, at);
  });
}

function isInBrackets(prose: string, at: number): boolean {
  return prose.lastIndexOf('(', at) > prose.lastIndexOf(')', at);
}

/** Whether the word is this one, as a word of the sentence and not as a quoted name. */
export function is({ lower, quoted }: Word, ...texts: readonly string[]): boolean {
  return !quoted && texts.includes(lower);
}

/** How many words a phrase of the table takes at a place: the longest that fits, 0 for none. */
export function phraseLength(words: readonly Word[], at: number, phrases: ReadonlySet<string>): number {
  let text = '';
  let longest = 0;
  for (let length = 1; length <= 6; length++) {
    const word = words[at + length - 1];
    if (word === undefined || word.quoted) break;
    text = length === 1 ? word.lower : `${text} ${word.lower}`;
    if (phrases.has(text)) longest = length;
  }
  return longest;
}

/** The stretch of the request from the first to the last of the words. */
export function textOf(request: string, words: readonly Word[]): string {
  const [first] = words;
  const last = words.at(-1);
  return first === undefined || last === undefined ? '' : request.slice(first.start, last.end).trim();
}

/** A value glued to its name may be quoted: `GREETING="hello world"`. */
const chunks =
  /\n|"[^"\n]*"|`[^`\n]*`|(?<![\p{L}\p{N}])'[^'\n]*'(?![\p{L}\p{N}])|[^\s"`]+(?:"[^"\n]*"[^\s"`]*)*|["`]/gu;

const signs: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['+', 'and'],
  ['->', 'to'],
  ['=>', 'to'],
  ['→', 'to'],
  ['=', 'to'],
  ['/', 'or'],
  ['-', ','],
  ['--', ','],
  ['–', ','],
  ['—', ','],
  ['(', ','],
  [')', ','],
]);

function quoted(chunk: string, start: number): Word {
  const text = chunk.slice(1, -1);
  return { text, lower: text.toLowerCase(), start, end: start + chunk.length, quoted: true };
}

function mark(text: string, start: number): Word {
  return {
    text,
    lower: signs.get(text) ?? text.toLowerCase(),
    start,
    end: start + text.length,
    quoted: false,
  };
}

/** Takes the marks off both ends of a chunk; what stands inside a name (`8080:80`, `a.yml`) stays. */
function peel(chunk: string, start: number): Word[] {
  const leading = /^[([{,;:…*_]+(?=.)/u.exec(chunk)?.[0] ?? '';
  const body = chunk.slice(leading.length);
  const trailing = trailingMarks(body);
  const core = body.slice(0, body.length - trailing.length);
  const marks = (text: string, at: number) => [...text].map((one, index) => mark(one, at + index));
  return [
    ...marks(leading, start),
    ...(core === '' ? [] : [mark(core, start + leading.length)]),
    ...marks(trailing, start + leading.length + core.length),
  ].filter(({ lower }) => !/^[[\]{}*_]$/.test(lower));
}

/** A closing bracket belongs to the word where the word opened it, as in `ports[80/tcp]`. */
function trailingMarks(body: string): string {
  if (signs.has(body)) return '';
  const marks = /[.,;:!?…)\]}*]+$/u.exec(body)?.[0] ?? '';
  const opens = /[[({]/.test(body.slice(0, body.length - marks.length));
  return opens ? marks.replace(/^[\])}]+/, '') : marks;
}
