import type { Problem, ProblemCode, Span } from '../document.ts';
import type { ScalarMeaning } from './scalar.ts';

/**
 * YAML as Compose sees it: anchors followed, merge keys merged, scalars resolved. What several places share is one
 * node, so that the whole is no larger than the text, however often an alias repeats it.
 */
export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlScalar extends ScalarMeaning {
  readonly type: 'scalar';
  readonly tag: string | undefined;
}

export interface YamlMap {
  readonly type: 'map';
  readonly tag: string | undefined;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlList {
  readonly type: 'list';
  readonly tag: string | undefined;
  readonly items: readonly YamlEntry[];
}

/** A pair of a mapping or an item of a list, with the text that states it. */
export interface YamlEntry {
  readonly node: YamlNode;
  readonly span: Span;
}

/** A problem whose place is not yet a line and a column. */
export type PlacedProblem = Omit<Problem, 'line' | 'column'> & { readonly offset: number };

/** Ends a reading for a reason that is told as a problem. It never leaves the reader. */
export class Unreadable extends Error {
  readonly problem: PlacedProblem;

  constructor(code: ProblemCode, message: string, offset: number) {
    super(message);
    this.problem = { code, message, offset };
  }
}

/**
 * No real file comes near it. Aliases and ranges of ports make much out of little; Compose too refuses a text that
 * aliases blow up (go-yaml decode.go allowedAliasRatio).
 */
export const mostParts = 500_000;
export const tooManyParts = `the file comes to more than ${mostParts} parts, aliases and ranges counted as often as they repeat; make it smaller, so that it can be judged`;

export function isNull(node: YamlNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

/** `!reset` takes away what it stands on, whatever the value (compose-go loader/reset.go). */
export function isReset({ node }: YamlEntry): boolean {
  return node.tag === '!reset';
}
