import { hole, type Value } from './value.ts';

/** What one way to read a word makes of it: one field, or several where it falls apart. */
export type Fields = readonly Value[];

/** More ways than this are not followed one by one. */
export const mostWays = 50;

/** The ways that are followed: the latest, and of more than there may be one that stands for all the others. */
export function bounded(ways: readonly Fields[]): readonly Fields[] {
  if (ways.length <= mostWays) return ways;
  const different = [...new Map(ways.map((way) => [way.join('\0'), way])).values()];
  if (different.length <= mostWays) return different;
  const latest = different.slice(1 - mostWays);
  return [inOne(different.slice(0, -latest.length)), ...latest];
}

/** The same for what is one text in each way. */
export function boundedValues(values: readonly Value[]): readonly Value[] {
  return values.length <= mostWays ? values : bounded(values.map((value) => [value])).flat();
}

/** A way that could be any of these, and perhaps another: a text with a hole where they differ. */
export function inOne(ways: readonly Fields[]): Fields {
  const texts = ways.map((fields) => (fields.length === 1 ? (fields[0] ?? '') : hole.listed));
  const start = commonStart(texts);
  const end = commonEnd(texts.map((text) => text.slice(start.length)));
  const one = start + hole.listed + end;
  // What a hole stands for lies below the folder it stands in.
  const isElsewhere = texts.some(
    (text) => text.includes('..') || text.startsWith('/') !== start.startsWith('/'),
  );
  return [isElsewhere ? anyPath : one];
}

/** Any file there is. */
export const anyPath: Value = `/${hole.listed}`;

function commonStart(texts: readonly string[]): string {
  let [start = ''] = texts;
  for (const text of texts) while (!text.startsWith(start)) start = start.slice(0, -1);
  return start;
}

function commonEnd(texts: readonly string[]): string {
  let [end = ''] = texts;
  for (const text of texts) while (!text.endsWith(end)) end = end.slice(1);
  return end;
}
