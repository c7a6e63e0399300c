import type { Mutation, Operator } from './mutation.ts';
import { additions } from './operators/additions.ts';
import { alterations } from './operators/alterations.ts';
import { removals } from './operators/removals.ts';
import { renames } from './operators/renames.ts';
import type { Place } from './places.ts';

export const operators: readonly Operator[] = [...removals, ...alterations, ...additions, ...renames];

/** Every mutation of a text that some operator knows. */
export function mutationsOf(text: string, places: readonly Place[]): Mutation[] {
  return operators.flatMap(({ name, mutate }) =>
    places.flatMap((place): Mutation[] => {
      const found = mutate(place, text);
      return found ? [{ operator: name, ...found }] : [];
    }),
  );
}
