import { adoptEntry } from './adopt.ts';
import { type Form, itemToPair, toBlockEntry } from './forms.ts';
import type { Collection, Entry } from './layout.ts';
import type { Places } from './places.ts';
import { Refusal } from './refusal.ts';
import type { Style } from './style.ts';

/**
 * Writes a list as the mapping that means the same, because an entry is to come that only a mapping can hold. The
 * entries stay the same objects, so that what is known about their places holds on.
 */
export function widen(list: Collection, form: Form, places: Places, style: Style): void {
  const mother = places.mothers.get(list);
  const home = mother && places.homes.get(mother);
  if (!mother || !home || home.style === 'flow')
    throw new Refusal('a list that would have to be a mapping', 0);
  const from = list.style === 'flow' ? home.column : list.column;
  const to = home.column + style.unit;
  const pairs = list.entries.map((item): [Entry, Entry] => {
    const block = list.style === 'flow' ? toBlockEntry(item, 'seq', from, style.eol) : item;
    const pair = itemToPair(block, form, from + style.unit);
    if (!pair) throw new Refusal('a list that cannot be written as a mapping', item.start);
    return [item, adoptEntry(pair, { from, to, old: style, style })];
  });
  for (const [item, pair] of pairs) Object.assign(item, pair);
  list.shape = 'map';
  list.style = 'block';
  list.column = to;
  mother.pad = '';
}
