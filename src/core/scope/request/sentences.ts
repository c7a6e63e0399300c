import { type Word, wordsIn } from './words.ts';

/** One sentence of a request, or one line of a list. */
export interface Sentence {
  readonly words: readonly Word[];
  readonly isQuestion: boolean;
  /** A line of a list, which means what the line above the list makes of it. */
  readonly isBullet: boolean;
  /** A heading, or a line that ends in a colon. */
  readonly isHeader: boolean;
  /** A line alone above a list, without a mark at its end: a title, or what opens the list. */
  readonly isTitle: boolean;
  /** A line that is ticked off, or that stands between two rules, as people part what they paste. */
  readonly isNoOrder: boolean;
  /** Something that was quoted stands between the sentence before and this one. */
  readonly isBehindQuote: boolean;
}

/** Takes a request apart. What is code, a quotation of others or a comment is no part of what is asked. */
export function sentencesIn(request: string): Sentence[] {
  const typed = request.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
  const quotedEnds: number[] = [];
  const prose = typed.replace(foreignParts, (part: string, at: number) => {
    quotedEnds.push(at + part.length);
    return blanked(part);
  });
  const found = blocksIn(prose).flatMap((block) => sentencesOf(block, wordsIn(block.text, block.start)));
  const pasted = [...prose.matchAll(betweenRules)].map(
    ({ index, 0: { length } }) => [index, index + length] as const,
  );
  return found.map((sentence, index) => {
    const [from, to] = [startOf(found[index - 1]), startOf(sentence)];
    const isPasted = pasted.some(([start, end]) => start <= to && to < end);
    return {
      ...sentence,
      isNoOrder: sentence.isNoOrder || isPasted,
      isTitle: sentence.isTitle && found[index + 1]?.isBullet === true,
      isBehindQuote: quotedEnds.some((end) => from < end && end <= to),
    };
  });
}

function startOf(sentence: Pick<Sentence, 'words'> | undefined): number {
  return sentence?.words[0]?.start ?? 0;
}

interface Block {
  readonly text: string;
  readonly start: number;
  readonly isBullet: boolean;
  readonly isHeading: boolean;
  readonly isNoOrder: boolean;
}

/** A mail that was pasted begins with two lines of its head, and nobody can tell where it ends. */
const mailHead = '^(?:From|To|Cc|Subject|Date|Sent):[^\\n]*\\n(?:From|To|Cc|Subject|Date|Sent):[\\s\\S]*';

const foreignParts = new RegExp(
  `\`\`\`[\\s\\S]*?(?:\`\`\`|(?![\\s\\S]))|~~~[\\s\\S]*?(?:~~~|(?![\\s\\S]))|<!--[\\s\\S]*?(?:-->|(?![\\s\\S]))|^[ \\t]*>.*$|${mailHead}`,
  'gm',
);

const betweenRules = /^[ \t]*(-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$[\s\S]*?^[ \t]*\1[ \t]*$/gm;

const listMark = /^[ \t]*(?:[-*•+–]|\d+[.)])[ \t]+(?:\[([ xX])\][ \t]+)?/;

/** Blanks keep the places of everything else. */
function blanked(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** Lines that belong together: a paragraph, a line of a list with what is indented below it, a heading. */
function blocksIn(prose: string): Block[] {
  const blocks: Block[] = [];
  let start = 0;
  let open = false;
  for (const line of prose.split('\n')) {
    const bullet = listMark.exec(line);
    const heading = /^[ \t]*#{1,6}[ \t]+/.exec(line);
    const prefix = (bullet ?? heading)?.[0].length ?? 0;
    const text = line.slice(prefix);
    const last = blocks.at(-1);
    // A line below a list that opens the next list is no part of the last item.
    const isNextHeader = last?.isBullet === true && /^\S.*:[ \t]*$/.test(line);
    if (line.trim() === '') open = false;
    else if (open && last !== undefined && prefix === 0 && !isNextHeader) {
      blocks[blocks.length - 1] = { ...last, text: prose.slice(last.start, start + line.length) };
    } else {
      const isNoOrder = (bullet?.[1] ?? ' ') !== ' ';
      const kind = { isBullet: bullet !== null, isHeading: heading !== null, isNoOrder };
      blocks.push({ text, start: start + prefix, ...kind });
      open = heading === null;
    }
    start += line.length + 1;
  }
  return blocks;
}

function sentencesOf(block: Block, words: readonly Word[]): Omit<Sentence, 'isBehindQuote'>[] {
  const { isBullet, isNoOrder } = block;
  const isAlone = !isBullet && !block.text.trimEnd().includes('\n');
  const found: Omit<Sentence, 'isBehindQuote'>[] = [];
  let current: Word[] = [];
  const close = (isQuestion: boolean, isHeader: boolean, isUnmarked = false) => {
    const trimmed = trimMarks(current);
    if (trimmed.length > 0) {
      const isTitle = isAlone && found.length === 0 && isUnmarked;
      found.push({ words: trimmed, isQuestion, isBullet, isHeader, isTitle, isNoOrder });
    }
    current = [];
  };
  words.forEach((word, index) => {
    const next = words[index + 1];
    const isAbbreviated =
      word.lower === '.' && /^(?:e\.g|i\.e|etc|approx|vs)$/.test(words[index - 1]?.lower ?? '');
    if (isAbbreviated) return;
    if (!word.quoted && /^[.!?;…]$/.test(word.lower)) close(word.lower === '?', false);
    else if (!word.quoted && word.lower === ':' && (next === undefined || next.lower === '\n'))
      close(false, true);
    else current.push(word);
  });
  close(false, block.isHeading, true);
  return found;
}

function trimMarks(words: readonly Word[]): Word[] {
  const isMark = ({ lower, quoted }: Word) => !quoted && /^[,:\n]$/.test(lower);
  const first = words.findIndex((word) => !isMark(word));
  const last = words.findLastIndex((word) => !isMark(word));
  return first === -1 ? [] : words.slice(first, last + 1);
}
