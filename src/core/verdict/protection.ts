import type { DocumentKind } from '../model/document.ts';
import { kindOf, policyFile } from '../model/kinds.ts';
import { globMatcher } from './match.ts';
import type { Policy } from './policy.ts';

/** How to read each protected file under a policy. What holds the guard in place stays so whatever the policy says. */
export function protectionUnder({
  protect,
  ignore,
  lock,
}: Policy): (path: string) => DocumentKind | undefined {
  const isProtected = globMatcher([...protect, ...lock]);
  const isIgnored = globMatcher(ignore);
  const isLocked = lockUnder({ lock });
  return (path) => {
    if (path === policyFile) return 'text';
    const kind = kindOf(path);
    if (kind === 'settings') return kind;
    if (isIgnored(path) && !isLocked(path)) return undefined;
    return kind ?? (isProtected(path) ? 'text' : undefined);
  };
}

/** Which files a policy has the editor lock. */
export function lockUnder({ lock }: Pick<Policy, 'lock'>): (path: string) => boolean {
  return globMatcher(lock);
}
