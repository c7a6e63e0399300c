import { type Clause, choiceMark, listMark } from './clauses.ts';
import { isFileWord } from './fileNames.ts';
import { determiners, fillers, prepositions, splitVerbs } from './vocabulary.ts';
import { is, phraseLength, type Word } from './words.ts';

/** One thing that an order is about, with what stands around it: LOG_LEVEL | from: the api | to: debug. */
export interface Item {
  readonly object: readonly Word[];
  readonly groups: readonly Group[];
  /** Those of the groups that stand with it, and are not shared with its neighbours. */
  readonly own: readonly Group[];
  /** As it was typed, without what it shares with its neighbours. */
  readonly typed: readonly Word[];
}

/** A preposition and what follows it. */
export interface Group {
  readonly preposition: string;
  readonly words: readonly Word[];
}

export interface Items {
  readonly items: readonly Item[];
  /** Joined by "or": the person leaves open which. */
  readonly isChoice: boolean;
}

/**
 * The list of things that an order names. What stands behind the last of them holds for those before it that say
 * nothing of their own, as in "remove A and B from the api"; `place` holds for all, as in "in the api, remove A".
 */
export function itemsIn(clause: Clause, place: readonly Word[] = []): Items {
  const words = withoutParticle(clause);
  const lists = splitAt(words, isSeparating);
  const own = lists.map((list) => itemOf(withoutFillers(list))).filter(({ typed }) => typed.length > 0);
  const items = own.map((item, index) =>
    item.groups.length > 0
      ? item
      : { ...item, groups: own.slice(index + 1).find(({ groups }) => groups.length > 0)?.groups ?? [] },
  );
  const around = itemOf(place).groups;
  return {
    items: items.map((item) => ({ ...item, groups: [...item.groups, ...around] })),
    isChoice: words.some((word) => is(word, choiceMark)),
  };
}

/** The words without what only points at the file, and without words that say nothing. */
export function withoutFillers(words: readonly Word[]): Word[] {
  const found: Word[] = [];
  let at = 0;
  while (at < words.length) {
    const skipped = phraseLength(words, at, fillers) || fileMention(words, at);
    const word = words[at];
    if (skipped === 0 && word !== undefined) found.push(word);
    at += Math.max(skipped, 1);
  }
  return found;
}

const conjunctions: ReadonlySet<string> = new Set([
  'along with',
  'together with',
  'as well as',
  'in addition to',
]);

function withoutParticle({ all, words }: Clause): Word[] {
  const [verb] = all.slice(all.length - words.length - 1);
  const joined = joinConjunctions(words);
  if (verb === undefined || !is(verb, ...splitVerbs)) return joined;
  const out = joined.findIndex((word) => is(word, 'out'));
  return joined.filter((_, index) => index !== out);
}

function joinConjunctions(words: readonly Word[]): Word[] {
  const found: Word[] = [];
  let at = 0;
  while (at < words.length) {
    const length = phraseLength(words, at, conjunctions);
    const word = words[at];
    if (word !== undefined) found.push(length > 0 ? { ...word, lower: listMark } : word);
    at += Math.max(length, 1);
  }
  return found;
}

/** How many words at a place say only where: "from docker-compose.yml", "in the compose file". */
function fileMention(words: readonly Word[], from: number): number {
  const preposition = words[from];
  if (
    preposition === undefined ||
    !is(preposition, 'from', 'in', 'of', 'on', 'inside', 'within', 'to', 'into')
  ) {
    return 0;
  }
  let at = from + 1;
  while (isWordOf(words[at], determiners)) at++;
  const first = at;
  while (isFileWord(words[at])) at++;
  // "in the project db" names something of the project, and nothing may be dropped unread.
  const isEnd = at === words.length || isWordOf(words[at], prepositions) || isSeparating(words[at]);
  return at > first && isEnd ? at - from : 0;
}

function isWordOf(word: Word | undefined, words: ReadonlySet<string>): boolean {
  return word !== undefined && !word.quoted && words.has(word.lower);
}

function isSeparating(word: Word | undefined): boolean {
  return word !== undefined && is(word, listMark, choiceMark);
}

function itemOf(words: readonly Word[]): Item {
  const groups: { preposition: string; words: Word[] }[] = [];
  const object: Word[] = [];
  for (const word of words) {
    const last = groups.at(-1);
    if (isWordOf(word, prepositions)) groups.push({ preposition: word.lower, words: [] });
    else if (last === undefined) object.push(word);
    else last.words.push(word);
  }
  return { object, groups, own: groups, typed: words };
}

function splitAt(words: readonly Word[], isSeparator: (word: Word) => boolean): Word[][] {
  const lists: Word[][] = [[]];
  for (const word of words) {
    if (isSeparator(word)) lists.push([]);
    else lists.at(-1)?.push(word);
  }
  return lists;
}
