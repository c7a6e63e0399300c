import { type InfraDocument, type Problem, positionAt } from '../model/document.ts';
import { checkAliases } from './aliases.ts';
import { Refusal } from './refusal.ts';
import { splice } from './splice.ts';
import { type WishedChange, Wishes } from './wishes.ts';
import { startWork } from './work.ts';

/**
 * The text of `before` with exactly these changes carried out as `after` has them. Every byte that they do not
 * concern is that of `before`. Where they cannot be told from the rest of the edit, the answer is a problem.
 */
export function salvage(
  before: InfraDocument,
  after: InfraDocument,
  changes: readonly WishedChange[],
): { readonly text: string } | { readonly problem: Problem } {
  const unread = before.problems[0] ?? after.problems[0];
  if (unread) return { problem: problemAt(before.text, 0, `the text cannot be read (${unread.message})`) };
  if (changes.length === 0) return { text: before.text };
  try {
    const work = startWork(before, after, new Wishes(before, after, changes));
    const text = splice(work);
    if ([work.before, work.after].some(({ places }) => places.aliases.length > 0)) checkAliases(text);
    return { text };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: problemAt(before.text, error.offset, error.message) };
  }
}

function problemAt(text: string, offset: number, reason: string): Problem {
  const message = `${reason}; make this change by hand, or approve or put back the whole edit`;
  return { code: 'cannot-salvage', message, ...positionAt(text, offset) };
}
