import { entriesOf } from './layout.ts';
import { readLayout } from './readLayout.ts';
import { Refusal } from './refusal.ts';

/** An entry that went may have carried an anchor that others still name: such a text must not come out. */
export function checkAliases(text: string): void {
  const anchors = new Set<string>();
  for (const { mark, anchor, value } of entriesOf(readLayout(text).root)) {
    const ofKey = /&([^\s,[\]{}]+)/.exec(mark)?.[1];
    if (ofKey !== undefined) anchors.add(ofKey);
    if (anchor !== undefined) anchors.add(anchor);
    if (value.shape !== 'leaf' || value.style !== 'alias') continue;
    if (!anchors.has(value.text.slice(1)))
      throw new Refusal(`other entries use ${value.text}, whose anchor goes`, 0);
  }
}
