import { clausesIn } from './clauses.ts';
import { nounsIn } from './nouns.ts';
import type { Sentence } from './sentences.ts';
import { determiners, openHeaders, type Verb } from './vocabulary.ts';

/**
 * What a line above a list makes of the lines below: orders, each with the verb of the header where it has none;
 * what is forbidden; or nothing, because the header says something that is not understood.
 */
export type Header =
  | { readonly kind: 'orders'; readonly verb: Verb | undefined }
  | { readonly kind: 'forbids' }
  | { readonly kind: 'closes' };

export function headerOf(sentence: Sentence): Header {
  const clauses = clausesIn(sentence, undefined);
  const [clause, ...more] = clauses;
  if (clauses.some(({ kind }) => kind === 'negation' || kind === 'restriction')) return { kind: 'forbids' };
  if (clause?.kind === 'order' && more.length === 0) {
    const nouns = nounsIn(clause.words);
    const isEmpty = clause.words.every(
      ({ lower }, index) =>
        determiners.has(lower) ||
        lower === 'following' ||
        nouns.some(({ start, end }) => start <= index && index < end),
    );
    return isEmpty ? { kind: 'orders', verb: clause.verb } : openOrClosed(sentence);
  }
  return openOrClosed(sentence);
}

function openOrClosed({ words }: Sentence): Header {
  const isOpen = words.every(
    ({ lower, quoted }) => !quoted && (openHeaders.has(lower) || /\.ya?ml$/.test(lower)),
  );
  return isOpen ? { kind: 'orders', verb: undefined } : { kind: 'closes' };
}
