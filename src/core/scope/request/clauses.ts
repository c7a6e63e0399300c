import type { Sentence } from './sentences.ts';
import {
  conditions,
  determiners,
  explanations,
  innerExplanations,
  innerRestrictions,
  leadIns,
  modals,
  negations,
  prepositions,
  restrictions,
  retractions,
  secondThoughts,
  splitVerbs,
  type Verb,
  verbPhrases,
  verbs,
  wishes,
} from './vocabulary.ts';
import { is, phraseLength, type Word } from './words.ts';

export type ClauseKind = 'order' | 'negation' | 'restriction' | 'explanation' | 'condition' | 'statement';

/** A part of a sentence that does one thing: orders, forbids, narrows, explains, or makes it depend. */
export interface Clause {
  readonly kind: ClauseKind;
  /** Set for an order. */
  readonly verb: Verb | undefined;
  /** With the words that make it what it is. */
  readonly all: Word[];
  /** Without them: the object of an order, what is to be kept. */
  readonly words: Word[];
}

/** Takes a sentence apart. `carried` is the verb that a list's header lends to its lines. */
export function clausesIn({ words }: Sentence, carried: Verb | undefined): Clause[] {
  const clauses: Clause[] = [];
  const opened = opening(words, 0, true);
  let current = opened?.kind === undefined && carried ? start('order', carried) : startAt(opened);
  let at = takeOpening(words, 0, opened?.next ?? 0, current);
  clauses.push(current);
  while (at < words.length) {
    const after = pastSeparators(words, at);
    const found = after === at ? innerOpening(words, at, current) : opening(words, after, false);
    const kind = found && kindAfter(current, found, words, at, after);
    if (kind !== undefined && found !== undefined) {
      current = start(kind, kind === 'order' ? found.verb : undefined);
      clauses.push(current);
      at = takeOpening(words, after, found.next, current);
    } else if (after === at) {
      take(current, words, at, at + 1);
      at++;
    } else {
      at = takeSeparators(words, at, after, current, clauses);
      current = clauses.at(-1) ?? current;
    }
  }
  return clauses;
}

export const listMark = ',';
export const choiceMark = 'or';

interface Opening {
  readonly kind: ClauseKind;
  readonly verb: Verb | undefined;
  /** Where what follows the opening begins. */
  readonly next: number;
  /** The person said please, or then: surely a new order. */
  readonly isMarked: boolean;
}

function start(kind: ClauseKind, verb: Verb | undefined): Clause {
  return { kind, verb, all: [], words: [] };
}

function startAt(opened: Opening | undefined): Clause {
  return start(opened?.kind ?? 'statement', opened?.verb);
}

function take(clause: Clause, words: readonly Word[], from: number, to: number): void {
  clause.all.push(...words.slice(from, to));
  clause.words.push(...words.slice(from, to));
}

function takeOpening(words: readonly Word[], from: number, next: number, clause: Clause): number {
  clause.all.push(...words.slice(from, next));
  return next;
}

/** Says what a clause beginning here would be; `undefined` where nothing marks a beginning. */
function opening(words: readonly Word[], from: number, atStart: boolean): Opening | undefined {
  const rethinks = atStart ? 0 : phraseLength(words, from, secondThoughts);
  if (rethinks > 0) return { kind: 'condition', verb: undefined, next: from + rethinks, isMarked: false };
  let at = from;
  let isMarked = false;
  let isNarrow = false;
  for (;;) {
    const length = phraseLength(words, at, leadIns) || (atStart ? phraseLength(words, at, wishes) : 0);
    const forbids = phraseLength(words, at, negations);
    if (length === 0 || forbids > length) break;
    const word = words[at];
    isMarked ||= word !== undefined && is(word, 'please', 'then', 'instead', 'so', 'go');
    isNarrow ||= word !== undefined && is(word, 'only', 'just');
    at += length;
  }
  const found = kindAt(words, at);
  if (found !== undefined) return { ...found, isMarked };
  return isNarrow ? { kind: 'restriction', verb: undefined, next: at, isMarked } : kindAt(words, from);
}

function kindAt(words: readonly Word[], at: number): Opening | undefined {
  const opened = (kind: ClauseKind, length: number, verb?: Verb): Opening => ({
    kind,
    verb,
    next: at + length,
    isMarked: false,
  });
  const order = verbAt(words, at);
  if (order !== undefined) return opened('order', order.length, order.verb);
  const inner = phraseLength(words, at, innerRestrictions);
  if (inner > 1) return opened('restriction', inner);
  const condition = phraseLength(words, at, conditions);
  const negation = phraseLength(words, at, negations);
  // What is taken back in the same breath was never an order.
  if (phraseLength(words, at, retractions) > 0) return opened('condition', 1);
  if (condition > 0 && condition >= negation) return opened('condition', condition);
  const explanation = phraseLength(words, at, explanations);
  if (negation > 0 && negation >= explanation) return opened('negation', negation);
  const restriction = phraseLength(words, at, restrictions);
  if (restriction > 0) return opened('restriction', restriction);
  return explanation > 0 ? opened('explanation', explanation) : undefined;
}

function verbAt(words: readonly Word[], at: number): { verb: Verb; length: number } | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  if (is(word, ...splitVerbs) && words.slice(at + 2).some((later) => is(later, 'out'))) {
    return { verb: 'remove', length: 1 };
  }
  const length = phraseLength(words, at, verbPhrases);
  const phrase = words.slice(at, at + length).map(({ lower }) => lower);
  const verb = verbs.get(phrase.join(' '));
  return verb === undefined ? undefined : { verb, length };
}

/** Some words begin a clause of their own without any mark before them. */
function innerOpening(words: readonly Word[], at: number, current: Clause): Opening | undefined {
  if (current.kind !== 'order') return undefined;
  const length = phraseLength(words, at, innerExplanations);
  const narrows = phraseLength(words, at, innerRestrictions);
  const depends = phraseLength(words, at, conditions);
  const found = { verb: undefined, isMarked: false };
  if (narrows > 0 && !(narrows === 2 && replaces(current))) {
    return { ...found, kind: 'restriction', next: at + narrows };
  }
  if (depends > 0) return { ...found, kind: 'condition', next: at + depends };
  const word = words[at];
  if (word !== undefined && is(word, 'so')) {
    return opening(words, at, false) ?? { ...found, kind: 'explanation', next: at + 1 };
  }
  // "Remove redis to save memory": whatever is removed is not removed to a place.
  const isPurpose = current.verb === 'remove' && word !== undefined && is(word, 'to');
  // "Add a healthcheck that runs pg_isready": what comes is described, and is granted whatever it says.
  const isDescribed = current.verb === 'add' && word !== undefined && is(word, 'that');
  return length > 0 || isPurpose || isDescribed
    ? { ...found, kind: 'explanation', next: at + (length || 1) }
    : undefined;
}

/** In "publish api on 81 instead of 80" the old value is part of the order. */
function replaces({ verb }: Clause): boolean {
  return verb === 'publish' || verb === 'change' || verb === 'set';
}

const separators = [',', ':', '\n', 'and', 'then', 'but', 'or', 'nor', 'plus', 'yet'] as const;

function pastSeparators(words: readonly Word[], from: number): number {
  let at = from;
  while (at < words.length && isSeparator(words[at])) at++;
  return at;
}

function isSeparator(word: Word | undefined): boolean {
  return word !== undefined && is(word, ...separators);
}

/** Whether what begins here really is a clause of its own, after what stands before it. */
function kindAfter(
  current: Clause,
  found: Opening,
  words: readonly Word[],
  at: number,
  after: number,
): ClauseKind | undefined {
  const joints = words.slice(at, after);
  if (found.kind !== 'order') return current.kind === 'condition' ? undefined : found.kind;
  if (joints.some((joint) => is(joint, 'or', 'nor')))
    return current.kind === 'order' ? 'condition' : undefined;
  const isFree = found.isMarked || joints.some((joint) => is(joint, 'but', 'then'));
  switch (current.kind) {
    case 'order':
      return onlyBreaksLine(joints) && !endsComplete(current) ? undefined : 'order';
    case 'restriction':
      return onlyBreaksLine(joints) ? undefined : 'order';
    case 'explanation':
      return isFree || !current.all.some((word) => is(word, ...modals)) ? 'order' : undefined;
    case 'negation':
      return isFree || (forbidsThing(current) && isLastVerb(words, after)) ? 'order' : undefined;
    case 'statement':
      return joints.some((joint) => is(joint, ',', 'then', ':')) ? 'order' : undefined;
    case 'condition':
      return undefined;
    default:
      return current.kind satisfies never;
  }
}

/** "do not touch redis" and "not redis" say what stays; "do not add" has yet to. */
function forbidsThing({ words }: Clause): boolean {
  return words.length > (verbAt(words, 0) === undefined ? 0 : 1);
}

/** "Do not add, drop or change it" is one prohibition, "do not touch it, drop that" is none and an order. */
function isLastVerb(words: readonly Word[], after: number): boolean {
  const before = words.slice(0, after);
  const lastJoint = before.findLast(isSeparator);
  if (lastJoint === undefined || !is(lastJoint, ',')) return false;
  return !words.slice(after).some((word, index) => {
    const next = words[after + index + 1];
    return (
      is(word, 'and', 'or', 'nor') && next !== undefined && verbAt(words, after + index + 1) !== undefined
    );
  });
}

function onlyBreaksLine(joints: readonly Word[]): boolean {
  return joints.every((joint) => is(joint, '\n'));
}

function endsComplete({ words }: Clause): boolean {
  const last = words.at(-1);
  return last !== undefined && !prepositions.has(last.lower) && !determiners.has(last.lower);
}

/** A separator that begins no clause stands between the things of a list, or is mere layout. */
function takeSeparators(
  words: readonly Word[],
  at: number,
  after: number,
  current: Clause,
  clauses: Clause[],
): number {
  const joints = words.slice(at, after);
  const [joint] = joints;
  if (joint === undefined || onlyBreaksLine(joints) || after >= words.length) return after;
  if (current.kind === 'order' && joints.some((word) => is(word, 'but', 'yet'))) {
    const unclear = start('condition', undefined);
    clauses.push(unclear);
    return takeOpening(words, at, after, unclear);
  }
  current.all.push(...joints);
  if (joints.every((word) => is(word, ':', '\n')) && dropsColon(current)) return after;
  const isChoice = joints.some((word) => is(word, 'or', 'nor'));
  current.words.push({ ...joint, lower: isChoice ? choiceMark : listMark });
  return after;
}

/** A colon divides nothing in "remove the following: redis" and in "restart: always". */
function dropsColon({ kind, words }: Clause): boolean {
  if (kind !== 'order') return false;
  const last = words.at(-1);
  if (last !== undefined && is(last, 'restart')) return true;
  const isEmpty = words.every(
    (word) => determiners.has(word.lower) || is(word, 'following', 'services', 'containers'),
  );
  if (isEmpty) words.length = 0;
  return isEmpty;
}
