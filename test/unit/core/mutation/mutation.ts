import { isScalar } from 'yaml';
import type { Place } from './places.ts';

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change that must be told, at this path. */
export interface Expected {
  readonly op: 'added' | 'removed' | 'changed' | 'renamed';
  readonly path: readonly string[];
  readonly to?: readonly string[];
}

/** One mutation of one text, with all that it changes in meaning. */
export interface Mutation {
  readonly operator: string;
  readonly edit: TextEdit;
  readonly expected: Expected;
}

/** One way to change a text; `undefined` where it does not apply to a place. */
export interface Operator {
  readonly name: string;
  readonly mutate: (place: Place, text: string) => Omit<Mutation, 'operator'> | undefined;
}

export function applied(text: string, mutations: readonly Pick<Mutation, 'edit'>[]): string {
  const edits = mutations.map(({ edit }) => edit).sort((one, other) => other.start - one.start);
  return edits.reduce(
    (result, { start, end, text: fresh }) => result.slice(0, start) + fresh + result.slice(end),
    text,
  );
}

export function removal(place: Place, text: string): TextEdit {
  // A section that holds nothing is no section, so the last of its items takes it along.
  const all = place.siblings.length === 1 && place.parent ? place.parent : place;
  const end = text[all.end - 1] === '\n' ? all.end : text.indexOf('\n', all.end) + 1 || text.length;
  return { start: all.start - all.indent.length, end, text: '' };
}

/** On a line of its own before a place, where it has the same holder. */
export function insertion({ start, indent }: Place, written: string, text: string): TextEdit {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = written.split('\n').map((line) => `${indent}${line}${end}`);
  return { start: start - indent.length, end: start - indent.length, text: lines.join('') };
}

export function replacement({ value }: Place, written: string): TextEdit | undefined {
  if (!isScalar(value) || !value.range || value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED')
    return undefined;
  return { start: value.range[0], end: value.range[1], text: written };
}

/** What a scalar says, where no variable has a say in it. */
export function wordOf({ value }: Place): string | undefined {
  return isScalar(value) &&
    typeof value.value === 'string' &&
    value.value !== '' &&
    !value.value.includes('$')
    ? value.value
    : undefined;
}

/** Whether a path fits `services.*.image`; `#` is an item of a list. */
export function fits(pattern: string, path: readonly string[]): boolean {
  const names = pattern.split('.');
  return (
    names.length === path.length &&
    names.every((name, index) => name === path[index] || (name === '*' && path[index] !== '#'))
  );
}
