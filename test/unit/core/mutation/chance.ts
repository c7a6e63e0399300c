/** Numbers that look random and are the same for the same seed (Mulberry32). */
export interface Chance {
  /** A whole number from 0 up to, but without, `limit`. */
  below(limit: number): number;
  /** `count` of the items in their order, or all where there are no more. */
  sample<Item>(items: readonly Item[], count: number): Item[];
}

export function chanceFrom(seed: number, name = ''): Chance {
  let state = seed;
  for (const character of name) state = (Math.imul(state, 31) + character.charCodeAt(0)) | 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    sample: (items, count) => {
      const left = [...items.keys()];
      const chosen = new Set<number>();
      while (chosen.size < count && left.length > 0) chosen.add(left.splice(below(left.length), 1)[0] ?? 0);
      return items.filter((_, index) => chosen.has(index));
    },
  };
}
