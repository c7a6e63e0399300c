import { contains, type Path, parseAddress } from '../model/address.ts';
import type { InfraDocument } from '../model/document.ts';
import type { Ambiguity, Grant, RequestReading } from './grant.ts';
import { type Clause, clausesIn } from './request/clauses.ts';
import { filesNamed, isOnOtherFile, withoutFileBefore } from './request/fileNames.ts';
import { type Header, headerOf } from './request/headers.ts';
import {
  corrects,
  isBackground,
  isSmallTalk,
  isUnclear,
  narrowsUnread,
  onlyDepends,
  onlyNarrows,
  placeBefore,
  spokenOf,
  takesBack,
} from './request/moods.ts';
import { keptIn, type Part, partsIn } from './request/orders.ts';
import type { Context } from './request/outcome.ts';
import { reasonFor, type Why, whyUnclear, whyUnknown } from './request/reasons.ts';
import { type Sentence, sentencesIn } from './request/sentences.ts';
import { is, textOf, type Word } from './request/words.ts';

/**
 * Reads what a person asked for in English prose. Only plain orders on things that the document holds become grants,
 * each as narrow as the words; what may mean several things is ambiguous, every other wish is not understood. What
 * forbids, narrows or explains never grants. The same request on the same document always reads the same. Where the
 * document's file is told, a sentence that names another file grants nothing here.
 */
export function readRequest(request: string, document: InfraDocument, file?: string): RequestReading {
  const reading: Draft = {
    request,
    document,
    file,
    orders: [],
    ambiguous: [],
    lost: [],
    asides: [],
    kept: [],
    isElsewhere: false,
  };
  const sentences = sentencesIn(request);
  if (isTooMuch(sentences, document)) {
    const [first] = sentences;
    reading.lost.push({ text: first === undefined ? request : textOf(request, first.words), why: 'much' });
    return finish(reading);
  }
  let header: Header | undefined;
  let isInList = false;
  for (const sentence of sentences) {
    // What a header speaks of is the list or the quote below it, and else the next sentence.
    if ((isInList && !sentence.isBullet) || sentence.isBehindQuote) header = undefined;
    isInList = sentence.isBullet;
    const isHeader = sentence.isHeader || (sentence.isTitle && !saysItself(sentence, document));
    if (isHeader) header = headerIn(sentence, reading);
    if (isHeader) continue;
    const above =
      sentence.isBullet || header?.kind === 'forbids' || header?.kind === 'closes' ? header : undefined;
    if (!sentence.isBullet) header = undefined;
    readSentence(sentence, above, reading);
  }
  return finish(reading);
}

interface Lost {
  readonly text: string;
  readonly why: Why;
}

/** What was read so far. */
interface Draft {
  readonly request: string;
  readonly document: InfraDocument;
  readonly file: string | undefined;
  orders: { readonly text: string; readonly grants: readonly Grant[] }[];
  ambiguous: Ambiguity[];
  /** What is not understood, and why. */
  readonly lost: Lost[];
  /** What explains, and needs no understanding where something was asked for besides. */
  readonly asides: string[];
  /** What must stay, as the person said. */
  readonly kept: Path[];
  /** The person turned to another file and not back since. */
  isElsewhere: boolean;
}

/** Whether a line above a list orders or forbids something by itself, and so is no title of the list. */
function saysItself(sentence: Sentence, document: InfraDocument): boolean {
  const { kind: made } = headerOf(sentence);
  return clausesIn(sentence, undefined).some((clause) => {
    const forbids = clause.kind === 'negation' || clause.kind === 'restriction';
    if (forbids) return keptIn(clause, { document, it: undefined }).length > 0;
    return clause.kind === 'order' && made === 'closes';
  });
}

/** A list below the name of another file is about that file. */
function headerIn(sentence: Sentence, { file }: Draft): Header {
  const isElsewhere = file !== undefined && filesNamed(sentence.words, file) === 'other';
  return isElsewhere ? { kind: 'closes' } : headerOf(sentence);
}

function readSentence(sentence: Sentence, header: Header | undefined, reading: Draft): void {
  const text = textOf(reading.request, sentence.words);
  if (header?.kind === 'forbids') return;
  if (header?.kind === 'closes' || sentence.isNoOrder || sentence.words.length > mostWords) {
    reading.lost.push({ text, why: sentence.words.length > mostWords ? 'long' : 'list' });
    return;
  }
  if (takesBack(sentence) || corrects(sentence)) retract(reading);
  if (takesBack(sentence)) return;
  const spoken = { ...sentence, words: withoutFileBefore(sentence.words) };
  const clauses = clausesIn(spoken, header?.kind === 'orders' ? header.verb : undefined);
  const context: Context = { document: reading.document, it: undefined };
  const isNarrowed = clauses.some((clause) => narrowsUnread(clause, keptIn(clause, context)));
  if (onlyDepends(clauses) || (isNarrowed && clauses.every(({ kind }) => kind !== 'order'))) retract(reading);
  const place = placeBefore(clauses, context);
  const isElsewhere = isAboutOtherFile(sentence, clauses, reading);
  if (isElsewhere || place === 'unknown' || isNarrowed || isUnclear(spoken, clauses)) {
    const unclear = isNarrowed ? 'narrowed' : whyUnclear(sentence, clauses);
    reading.lost.push({ text, why: isElsewhere ? 'elsewhere' : place === 'unknown' ? 'unknown' : unclear });
    return;
  }
  context.it = clauses[0] && spokenOf(clauses[0], context);
  for (const clause of place.length > 0 ? clauses.slice(1) : clauses) {
    readClause(clause, place, context, reading);
  }
}

/** "Look at compose.prod.yml. Remove redis." is about that file, until this one is named again. */
function isAboutOtherFile({ words }: Sentence, clauses: readonly Clause[], reading: Draft): boolean {
  const { file } = reading;
  if (file === undefined) return false;
  const named = filesNamed(words, file);
  const isOrder = clauses.some(({ kind }) => kind === 'order');
  const isTold = clauses.some(({ kind }) => kind === 'statement');
  if (named === 'this' || named === 'both') reading.isElsewhere = false;
  if (named === 'other' && isTold && !isOrder) reading.isElsewhere = true;
  if (named === 'none') return reading.isElsewhere && isOrder;
  const isBefore =
    filesNamed(words.slice(0, words.length - withoutFileBefore(words).length), file) === 'other';
  return isBefore || isOnOtherFile(clauses, file);
}

/**
 * Each sentence is held against all that the file names. Of a request that would take longer than a host waits for a
 * hook nothing is granted: its end may take back what its beginning asks for.
 */
function isTooMuch({ length }: readonly Sentence[], { root }: InfraDocument): boolean {
  const names = [...root.children.values()].reduce((sum, section) => sum + section.children.size, 0);
  return length > fewSentences && length * names > mostLooks;
}

const fewSentences = 10;
const mostLooks = 20_000;

/** Nobody gives an order of so many words, and what cannot be taken in at a glance is not granted. */
const mostWords = 300;

function readClause(clause: Clause, place: readonly Word[], context: Context, reading: Draft): void {
  const text = textOf(reading.request, clause.all);
  switch (clause.kind) {
    case 'order':
      if (clause.verb !== undefined) readOrder(clause, partsIn(clause, clause.verb, place, context), reading);
      break;
    case 'negation':
      reading.kept.push(...keptIn(clause, context));
      break;
    case 'restriction':
      if (clause.all.some((word) => is(word, ...keeping))) reading.kept.push(...keptIn(clause, context));
      break;
    case 'explanation':
      reading.asides.push(text);
      break;
    case 'statement':
      if (!isSmallTalk(clause)) readStatement(text, isBackground(clause), reading);
      break;
    case 'condition':
      break;
    default:
      clause.kind satisfies never;
  }
}

function readStatement(text: string, isBackground: boolean, { asides, lost }: Draft): void {
  if (isBackground) asides.push(text);
  else lost.push({ text, why: 'statement' });
}

const keeping = [
  'keep',
  'leave',
  'preserve',
  'retain',
  'without',
  'instead',
  'than',
  'not',
  'keeping',
] as const;

function readOrder(clause: Clause, parts: readonly Part[], reading: Draft): void {
  const whole = textOf(reading.request, clause.all);
  if (parts.length === 0 && !onlyNarrows(clause)) reading.lost.push({ text: whole, why: 'unknown' });
  for (const { words, outcome } of parts) {
    const phrase = textOf(reading.request, words);
    const text = parts.length === 1 ? whole : phrase;
    if (outcome === undefined) {
      if (!onlyNarrows(clause)) reading.lost.push({ text, why: whyUnknown(words) });
    } else if ('grants' in outcome) reading.orders.push({ text, grants: outcome.grants });
    else {
      const addresses = outcome.candidates.map(({ address }) => address);
      const grants = outcome.candidates.flatMap((candidate) => candidate.grants);
      reading.ambiguous.push({ phrase, candidates: addresses, grants });
    }
  }
}

/** What was asked before is taken back, or made to depend on what nobody here can know. */
function retract(reading: Draft): void {
  reading.lost.push(...reading.orders.map(({ text }) => ({ text, why: 'retracted' as const })));
  reading.orders = [];
  reading.ambiguous = [];
}

function finish({ document, orders, ambiguous, lost, asides, kept }: Draft): RequestReading {
  const wasAsked = orders.length + ambiguous.length + lost.length > 0;
  const isKept = ({ address }: Grant) => {
    const path = parseAddress(address);
    return path !== undefined && kept.some((keptPath) => contains(keptPath, path));
  };
  const refused = orders.filter(({ grants }) => grants.some(isKept));
  const grants = orders.filter((order) => !refused.includes(order)).flatMap((order) => order.grants);
  const told = new Map<string, Why>([
    ...(wasAsked ? [] : asides).map((text) => [text, 'statement'] as const),
    ...refused.map(({ text }) => [text, 'kept'] as const),
    ...lost.map(({ text, why }) => [text, why] as const).reverse(),
  ]);
  const notUnderstood = [...told.keys()].reverse();
  const reasons = notUnderstood.map((text) => reasonFor(text, told.get(text) ?? 'statement', document));
  return {
    grants: unique(grants),
    ambiguous: unique(ambiguous),
    notUnderstood,
    ...(reasons.length > 0 && { reasons }),
  };
}

function unique<T>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
