import type { Clause } from './clauses.ts';
import { determiners, fileWords, leadIns, prepositions, verbPhrases } from './vocabulary.ts';
import { is, phraseLength, type Word } from './words.ts';

/** Which files some words name: the one at hand, others, both, or none at all. */
export type Named = 'this' | 'other' | 'both' | 'none';

/** The YAML files that words name, against the path of the file at hand, as far as either path is known. */
export function filesNamed(words: readonly Word[], file: string): Named {
  const named = words.filter(isYamlFile).map((word) => isSamePath(word.lower, file.toLowerCase()));
  if (named.length === 0) return 'none';
  if (named.every(Boolean)) return 'this';
  return named.some(Boolean) ? 'both' : 'other';
}

/**
 * Whether a sentence orders something on another file. An order that names both is plain only where it names them in
 * one breath, "from A and from B"; "X from A, and Y from B" would need to be read twice.
 */
export function isOnOtherFile(clauses: readonly Clause[], file: string): boolean {
  return clauses.some(({ kind, all }) => {
    if (kind !== 'order' && kind !== 'statement') return false;
    const named = filesNamed(all, file);
    return named === 'other' || (named === 'both' && !isOneList(all));
  });
}

/** A sentence without the file that stands before its order: "In docker-compose.yml drop redis". */
export function withoutFileBefore(words: readonly Word[]): readonly Word[] {
  const [first] = words;
  if (first === undefined || !is(first, 'in', 'from', 'inside', 'within')) return words;
  let at = 1;
  while (isOneOf(words[at], determiners)) at++;
  const name = at;
  while (isFileWord(words[at])) at++;
  const isOrder = phraseLength(words, at, verbPhrases) > 0 || phraseLength(words, at, leadIns) > 0;
  return at > name && isOrder ? words.slice(at) : words;
}

/** The file itself, by its name or by what people call it. */
export function isFileWord(word: Word | undefined): boolean {
  return word !== undefined && (isYamlFile(word) || isOneOf(word, fileWords));
}

function isYamlFile({ lower }: Word): boolean {
  return /\.ya?ml$/.test(lower);
}

/** `./deploy/compose.yml` and `/srv/app/deploy/compose.yml` may be one file; `deploy/compose.yml` and `test/compose.yml` not. */
function isSamePath(one: string, other: string): boolean {
  const [a, b] = [stepsOf(one), stepsOf(other)];
  const length = Math.min(a.length, b.length);
  return a.slice(-length).join('/') === b.slice(-length).join('/');
}

function stepsOf(path: string): string[] {
  return path.split(/[\\/]/).filter((step) => step !== '' && step !== '.' && step !== '..');
}

function isOneList(words: readonly Word[]): boolean {
  const first = words.findIndex(isYamlFile);
  const last = words.findLastIndex(isYamlFile);
  return words
    .slice(first, last + 1)
    .every((word) => isYamlFile(word) || is(word, ',', 'and', 'both', ...prepositions, ...determiners));
}

function isOneOf(word: Word | undefined, words: ReadonlySet<string>): boolean {
  return word !== undefined && !word.quoted && words.has(word.lower);
}
