import type { Replacement } from './protocol.ts';

/**
 * Reads blocks of `SEARCH`, `=======`, `REPLACE`, one after the other; `undefined` where a line stands outside of one
 * or a block has no end.
 */
export function readBlocks(text: string): readonly Replacement[] | undefined {
  const blocks: Replacement[] = [];
  let part: 'outside' | 'old' | 'fresh' = 'outside';
  let old = '';
  let fresh = '';
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (part === 'outside') {
      if (line.trim() === '') continue;
      if (!begins.test(line)) return undefined;
      part = 'old';
      old = '';
      fresh = '';
    } else if (part === 'old') {
      if (divides.test(line)) part = 'fresh';
      else old += `${line}\n`;
    } else if (ends.test(line)) {
      blocks.push({ old, fresh, everywhere: false });
      part = 'outside';
    } else fresh += `${line}\n`;
  }
  return part === 'outside' && blocks.length > 0 ? blocks : undefined;
}

const begins = /^(?:-{3,}|<{3,}) SEARCH>?$/;
const divides = /^={3,}$/;
const ends = /^(?:\+{3,}|>{3,}) REPLACE>?$/;
