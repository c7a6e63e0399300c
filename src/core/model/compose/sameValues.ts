import { readQuickly } from '../yaml/quick/read.ts';
import { isSameNode } from '../yaml/same.ts';

/**
 * Whether two texts of a Compose file say the same, value by value, whatever that means to Compose. Also `false` where
 * only the full parser could tell: this is asked where there is no time to load it.
 */
export function leavesEveryValue(before: string, after: string): boolean {
  const one = readQuickly(before);
  const other = one && readQuickly(after);
  return one !== undefined && other !== undefined && isSameNode(one, other);
}
