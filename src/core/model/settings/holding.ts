import type { Json } from '../document.ts';

/** What of a settings file holds the guard in place: entries of ours, and switches that make them count for nothing. */
export interface Holding {
  readonly hooks: ReadonlyMap<string, Json>;
  /** Present where it is off. */
  readonly switches: ReadonlyMap<string, Json>;
}
