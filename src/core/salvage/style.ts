import { type Entry, isBlock, isOnOwnLines, type Layout } from './layout.ts';

/** How a text is laid out: what is put into it follows suit. */
export interface Style {
  /** How much further right the entries of an inner mapping stand. */
  readonly unit: number;
  /** How much further right than their key the dashes of a list stand. */
  readonly dash: number;
  readonly eol: '\n' | '\r\n';
}

export const defaultStyle: Style = { unit: 2, dash: 2, eol: '\n' };

/** The ways most used in the text; where it shows none, those of the other text. */
export function styleOf(layout: Layout, other: Style): Style {
  const units = new Map<number, number>();
  const dashes = new Map<number, number>();
  const count = (votes: Map<number, number>, step: number) => votes.set(step, (votes.get(step) ?? 0) + 1);
  const visit = (entries: readonly Entry[], column: number): void => {
    for (const entry of entries) {
      const { value, key } = entry;
      if (!isBlock(value)) continue;
      const isSteady = isOnOwnLines(entry) && key !== undefined;
      if (isSteady) count(value.shape === 'map' ? units : dashes, value.column - column);
      visit(value.entries, value.column);
    }
  };
  if (layout.root) visit(layout.root.entries, layout.root.column);
  const unit = winner(units) ?? other.unit;
  return { unit, dash: winner(dashes) ?? other.dash, eol: layout.eol };
}

/** Whether blank lines stand between the entries: `undefined` where there are too few to tell. */
export function isSpaced(entries: readonly Entry[]): boolean | undefined {
  const later = entries.slice(1);
  if (later.length === 0) return undefined;
  return later.every(({ above }) => /^[ \t]*\r?$/m.test(above) && above !== '');
}

function winner(votes: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [step, count] of votes) {
    if (step >= 0 && count > (best === undefined ? 0 : (votes.get(best) ?? 0))) best = step;
  }
  return best;
}
