import { type Word, wordsIn } from './words.ts';

/** One sentence of a request, or one line of a list. */
export interface Sentence {
  readonly words: readonly Word[];
  readonly isQuestion: boolean;
  /** A line of a list, which means what the line above the list makes of it. */
  readonly isBullet: boolean;
  /** A heading, or a line that ends in a colon. */
  readonly isHeader: boolean;
  /** A line that is ticked off. */
  readonly isDone: boolean;
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
  return found.map((sentence, index) => {
    const [from, to] = [startOf(found[index - 1]), startOf(sentence)];
    return { ...sentence, isBehindQuote: quotedEnds.some((end) => from < end && end <= to) };
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
  readonly isDone: boolean;
}

/** A mail that was pasted begins with two lines of its head, and nobody can tell where it ends. */
const mailHead = '^(?:From|To|Cc|Subject|Date|Sent):[^\\n]*\\n(?:From|To|Cc|Subject|Date|Sent):[\\s\\S]*';

const foreignParts = new RegExp(
  `\`\`\`[\\s\\S]*?(?:\`\`\`|(?![\\s\\S]))|~~~[\\s\\S]*?(?:~~~|(?![\\s\\S]))|<!--[\\s\\S]*?(?:-->|(?![\\s\\S]))|^[ \\t]*>.*$|${mailHead}`,
  'gm',
);

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
      const isDone = (bullet?.[1] ?? ' ') !== ' ';
      const kind = { isBullet: bullet !== null, isHeading: heading !== null, isDone };
      blocks.push({ text, start: start + prefix, ...kind });
      open = heading === null;
    }
    start += line.length + 1;
  }
  return blocks;
}

function sentencesOf(block: Block, words: readonly Word[]): Omit<Sentence, 'isBehindQuote'>[] {
  const { isBullet, isDone } = block;
  const found: Omit<Sentence, 'isBehindQuote'>[] = [];
  let current: Word[] = [];
  const close = (isQuestion: boolean, isHeader: boolean) => {
    const trimmed = trimMarks(current);
    if (trimmed.length > 0) found.push({ words: trimmed, isQuestion, isBullet, isHeader, isDone });
    current = [];
  };
  words.forEach((word, index) => {
    const next = words[index + 1];
    if (!word.quoted && /^[.!?;…]$/.test(word.lower)) close(word.lower === '?', false);
    else if (!word.quoted && word.lower === ':' && (next === undefined || next.lower === '\n'))
      close(false, true);
    else current.push(word);
  });
  close(false, block.isHeading);
  return found;
}

function trimMarks(words: readonly Word[]): Word[] {
  const isMark = ({ lower, quoted }: Word) => !quoted && /^[,:\n]$/.test(lower);
  const first = words.findIndex((word) => !isMark(word));
  const last = words.findLastIndex((word) => !isMark(word));
  return first === -1 ? [] : words.slice(first, last + 1);
}
