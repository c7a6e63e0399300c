import { adoptValue } from './adopt.ts';
import { setValue } from './edits.ts';
import { toFlowValue } from './forms.ts';
import type { Entry } from './layout.ts';
import { adopted, homeOf, type Work } from './work.ts';

/** Gives an entry the value of an entry of `after`. */
export function replace(work: Work, target: Entry, source: Entry, section: string | undefined): void {
  const home = homeOf(work.before.places, target);
  const from = homeOf(work.after.places, source);
  const { style } = work.before;
  if (home.shape !== from.shape) {
    const entry = adopted(work, source, home, section);
    setValue(target, entry.value, entry.pad, style.eol, home.style === 'flow');
    return;
  }
  const own = work.portable.entry(source, from.column);
  const move = { from: from.column, to: home.column, old: work.after.style, style };
  const value = home.style === 'flow' ? toFlowValue(own.value) : adoptValue(own, move);
  target.props = propsFor(work, target, own);
  setValue(target, value, own.pad, style.eol, home.style === 'flow');
  if (value.shape !== 'leaf') work.before.places.settle(value, target);
}

/** The tag is part of the new value; an anchor stays as long as the text has an alias for it. */
function propsFor(work: Work, target: Entry, source: Entry): string {
  const { anchor } = target;
  const isUsed = anchor !== undefined && work.before.places.aliases.some(({ name }) => name === anchor);
  return (isUsed ? ` &${anchor}` : '') + source.props;
}
