import type { Path } from '../../model/address.ts';
import type { Clause } from './clauses.ts';
import { isFileWord } from './fileNames.ts';
import { withoutFillers } from './items.ts';
import type { Context } from './outcome.ts';
import { servicesFor } from './owners.ts';
import type { Sentence } from './sentences.ts';
import {
  fillers,
  interjections,
  leadIns,
  negations,
  openHeaders,
  reports,
  retractions,
} from './vocabulary.ts';
import { is, phraseLength, type Word } from './words.ts';

/** Whether a sentence takes back what was asked before it: "never mind", "actually, don't". */
export function takesBack({ words }: Sentence): boolean {
  let at = 0;
  const rest = () => words.slice(at);
  while (at < words.length) {
    if (phraseLength(words, at, retractions) > 0) return true;
    const negation = phraseLength(words, at, negations);
    if (negation > 0 && isEmptyOf(rest().slice(negation))) return true;
    const length = phraseLength(words, at, interjections);
    if (length === 0) return false;
    at += length;
  }
  return false;
}

/** A sentence that begins as people do when they put right what they just said: "No, …", "Actually, …". */
export function corrects({ words }: Sentence): boolean {
  const said = words.findIndex((word) => !is(word, 'no', 'actually', 'wait', 'oops', 'sorry', 'hmm'));
  const pause = words[said];
  return said > 0 && pause !== undefined && is(pause, ',');
}

/** A sentence that only says on what the one before it depends. */
export function onlyDepends(clauses: readonly Clause[]): boolean {
  const [first, second] = clauses[0]?.all ?? [];
  // "After that you're done" says what comes next, and no more.
  if (first && second && is(first, 'after') && is(second, 'that', 'this', 'which')) return false;
  return clauses[0]?.kind === 'condition' && clauses.every(({ kind }) => kind !== 'order');
}

/** One part that is not clear makes the sentence no order: it may depend, or be a question, or be somebody else's. */
export function isUnclear({ words, isQuestion }: Sentence, clauses: readonly Clause[]): boolean {
  const [first] = clauses;
  if (clauses.some(({ kind }) => kind === 'condition')) return true;
  if (clauses.some((clause) => clause.kind === 'negation' && isEmptyOf(clause.words))) return true;
  // "No, remove it" corrects something that was said elsewhere.
  if (clauses.some(({ kind, words }) => kind === 'negation' && words[0] !== undefined && is(words[0], ',')))
    return true;
  if (first !== undefined && labelsOtherWork(first, clauses[1], words)) return true;
  if (isReport(first) || clauses.some((clause) => clause.kind === 'statement' && isReport(clause)))
    return true;
  if (isQuestion) return !(first?.kind === 'order' && asksPolitely(words));
  const [word] = words;
  return first?.kind === 'statement' && word !== undefined && is(word, ...interrogatives);
}

/** What stands before a colon may be about something else: "Commit message: remove redis", "Translate: …". */
function labelsOtherWork(first: Clause, second: Clause | undefined, words: readonly Word[]): boolean {
  const next = words[first.all.length];
  const opening = next !== undefined && is(next, ':') ? [...first.all, next] : first.all;
  const colon = opening.findIndex((word) => is(word, ':'));
  // "Open an issue: remove redis" reads like two orders.
  const isTwoOrders = first.kind === 'order' && second?.kind === 'order' && colon === first.all.length;
  if (colon === -1 || !(isTwoOrders || first.kind === 'statement' || first.kind === 'explanation'))
    return false;
  const isTicket = ({ lower }: Word) => /^#?(?:[a-z][a-z\d]*-)?\d+$/.test(lower);
  const label = opening.slice(0, colon).filter((word) => !isTicket(word) && !isFileWord(word));
  return !isSmallTalk({ ...first, all: label });
}

/**
 * "Only in the dev profile" narrows an order in a way that no grant can say. Where "only" names what the document
 * holds, the order it stands with says the same.
 */
export function narrowsUnread(clause: Clause, kept: readonly unknown[]): boolean {
  const [first] = clause.all;
  const isOnly =
    first !== undefined &&
    clause.kind === 'restriction' &&
    clause.all.some((word) => is(word, 'only', 'just'));
  const isBare = withoutFillers(clause.words).every((word) => isEmptyOf([word]) || is(word, ...bareNouns));
  return isOnly && kept.length === 0 && !isBare;
}

/** Greetings, thanks, "task:" and a mention of the file. */
export function isSmallTalk({ all }: Clause): boolean {
  const words = withoutFillers(all);
  let at = 0;
  while (at < words.length) {
    const length = phraseLength(words, at, leadIns) || phraseLength(words, at, openHeaders);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** A sentence that tells how things are or must stay, such as "Postgres now runs on the host." */
export function isBackground({ all }: Clause): boolean {
  return all.some((word, index) => is(word, ...tellingVerbs) || phraseLength(all, index, negations) > 0);
}

/**
 * The service that a sentence speaks of before its order: "In the api, set LOG_LEVEL to debug". `unknown` where it
 * is none of the document's, for then the order is about something else altogether.
 */
export function placeBefore(clauses: readonly Clause[], context: Context): readonly Word[] | 'unknown' {
  const [first, ...rest] = clauses;
  const [preposition, ...name] = first?.all ?? [];
  const isPlace = first?.kind === 'statement' && preposition !== undefined && is(preposition, ...placing);
  if (!isPlace || rest.every(({ kind }) => kind !== 'order') || isSmallTalk(first)) return [];
  return servicesFor(name, context).paths.length === 1 ? first.all : 'unknown';
}

/** The one service of which a statement tells something: "the worker is broken" speaks of the worker. */
export function spokenOf({ kind, all }: Clause, context: Context): Path | undefined {
  const verb = kind === 'statement' ? all.findIndex((word) => is(word, ...tellingVerbs)) : -1;
  const [path, ...more] = verb > 0 ? servicesFor(all.slice(0, verb), context).paths : [];
  const namesMore = all.slice(verb + 1).some((word) => servicesFor([word], context).paths.length > 0);
  return more.length > 0 || namesMore ? undefined : path;
}

/** "change nothing else" and "touch no other service" begin like orders. */
export function onlyNarrows({ words }: Clause): boolean {
  return words.some((word, index) => {
    const before = words[index - 1];
    return (
      is(word, 'nothing', 'else') || (is(word, 'other') && before !== undefined && is(before, 'no', 'any'))
    );
  });
}

const bareNouns = ['one', 'service', 'change', 'edit', 'thing', 'the'] as const;

const placing = ['in', 'for', 'on', 'inside', 'within', 'from', 'at'] as const;

const interrogatives =
  'should|do|does|did|is|are|was|were|why|what|how|can|could|may|shall|where|who|when|would|has|will|which'.split(
    '|',
  );

const tellingVerbs = (
  'is|are|was|were|has|have|had|runs|run|uses|lives|moved|replaced|handles|does|will|needs|stays|works|keeps|comes|' +
  'became|got|went|broke|fails|failed|listens|holds|serves|still|keep|stay|remain|continue|remains'
).split('|');

function isReport(clause: Clause | undefined): boolean {
  if (clause === undefined || clause.kind === 'order') return false;
  return clause.all.some((_, index) => phraseLength(clause.all, index, reports) > 0);
}

function asksPolitely(words: readonly Word[]): boolean {
  const index = words.findIndex((word) => is(word, 'can', 'could', 'will', 'would'));
  const next = words[index + 1];
  return index !== -1 && index < 4 && next !== undefined && is(next, 'you');
}

/** Nothing is left but what points back, as in "don't do it". */
function isEmptyOf(words: readonly Word[]): boolean {
  return words.every((word, index) => {
    const isFiller = phraseLength(words, index, fillers) > 0 || phraseLength(words, index, interjections) > 0;
    return isFiller || is(word, 'do', 'it', 'that', 'this', 'so', 'them');
  });
}
