import { entityAt, type InfraDocument } from '../../model/document.ts';
import { nearest } from '../../model/nearest.ts';
import { kindSections } from '../sections.ts';
import type { Clause } from './clauses.ts';
import type { Sentence } from './sentences.ts';
import { prepositions, verbs } from './vocabulary.ts';
import { is, type Word } from './words.ts';

/** Why a part of a request grants nothing. */
export type Why =
  | 'long'
  | 'much'
  | 'list'
  | 'elsewhere'
  | 'narrowed'
  | 'question'
  | 'condition'
  | 'unclear'
  | 'statement'
  | 'broad'
  | 'unknown'
  | 'retracted'
  | 'kept';

export function whyUnclear({ isQuestion }: Sentence, clauses: readonly Clause[]): Why {
  if (isQuestion) return 'question';
  return clauses.some(({ kind }) => kind === 'condition') ? 'condition' : 'unclear';
}

/** "All services" is more than anything that was named. */
export function whyUnknown(words: readonly Word[]): Why {
  return words.some((word) => is(word, ...broadly)) ? 'broad' : 'unknown';
}

/** The reason in words for the person who wrote it, with what to write instead. */
export function reasonFor(text: string, why: Why, document: InfraDocument): string {
  if (why !== 'unknown' && why !== 'statement') return reasons[why];
  const [typed, meant] = misspelt(text, document) ?? [];
  return typed === undefined ? reasons[why] : `did you mean "${meant}" by "${typed}"? Write it that way`;
}

const broadly = ['all', 'every', 'everything', 'each', 'anything', 'whatever', 'any'] as const;

const example =
  'begin with what to do and name the thing, as in "remove service db" or "set LOG_LEVEL=debug in api"';

const reasons: Readonly<Record<Why, string>> = {
  much: 'the request is too long for a file of this size; say in a few sentences what is to be done',
  long: 'it is too long to be one order; write one sentence for each thing',
  list: 'it stands in a list, a quote or below a heading that is no order; write it as a sentence of its own',
  elsewhere: 'it is about another file',
  narrowed: 'it narrows the order in a way that no grant can say; name what may change instead',
  question: 'it asks and does not order; write it as an order once it is decided',
  condition: 'it depends on something, or takes something out; write the plain order once it is decided',
  unclear:
    'it may be somebody else\u2019s words, or about other work; write the order as a sentence of its own',
  statement: `it says nothing that can be held to; ${example}`,
  broad: 'it asks for more than can be named; name each thing that may change',
  unknown: `it names nothing that is in this file, or not plainly one thing; ${example}`,
  retracted: 'it was taken back, or made to depend on something',
  kept: 'the request also says that it must stay',
};

/** A word that is nearly a name of the file or a verb that is understood, and what it nearly is. */
function misspelt(text: string, document: InfraDocument): readonly [string, string] | undefined {
  const names = [...kindSections.values()].flatMap((section) => [
    ...(entityAt(document, [section])?.children.keys() ?? []),
  ]);
  const known = [...names, ...[...verbs.keys()].filter((verb) => !verb.includes(' '))];
  // Whoever wrote much did not misspell a name, and every word is compared with every name.
  for (const word of text.split(/[^\p{L}\p{N}_.-]+/u).slice(0, 12)) {
    if (word.length < 4 || known.includes(word.toLowerCase()) || prepositions.has(word.toLowerCase()))
      continue;
    const meant = nearest(word.toLowerCase(), known);
    if (meant !== undefined && Math.abs(meant.length - word.length) < 2) return [word, meant];
  }
  return undefined;
}
