import type { Path } from '../address.ts';
import type { Entity, EntityKind, Json, Span } from '../document.ts';
import { isReset, tooManyParts, Unreadable, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import type { Environment } from './resolve.ts';

/** What one reading of one file knows. */
export interface Reading {
  /** How many entities and values may still be made. */
  budget: number;
  /** The project's name, where the file gives it in plain words. */
  project: string | undefined;
  /** What is known of the variables. */
  readonly env: Environment | undefined;
}

/** Where an entity is to stand, and the text that states it. */
export interface Place {
  readonly path: Path;
  readonly span: Span;
  readonly reading: Reading;
}

/** Reads one kind of value. `undefined` for a value that means the same as none. */
export type Shape = (node: YamlNode, place: Place) => Entity | undefined;

export function inside(place: Place, name: string, span: Span = place.span): Place {
  return { path: [...place.path, name], span, reading: place.reading };
}

/** Takes one from what the reading may still make. */
export function spend({ span, reading }: Place): void {
  if (reading.budget-- > 0) return;
  throw new Unreadable('too-complex', tooManyParts, span.start);
}

export function leaf(place: Place, value: Json, label: string, kind: EntityKind = 'field'): Entity {
  spend(place);
  return { kind, path: place.path, value, label: inOneLine(label), span: place.span, children: none };
}

/** Something that is made of its parts. */
export function whole(
  place: Place,
  children: ReadonlyMap<string, Entity>,
  kind: EntityKind = 'field',
  label: string = summaryOf(children),
): Entity {
  spend(place);
  return { kind, path: place.path, value: undefined, label: inOneLine(label), span: place.span, children };
}

/** A section that holds nothing is no section. */
export function section(place: Place, children: ReadonlyMap<string, Entity>): Entity | undefined {
  return children.size === 0 ? undefined : whole(place, children, 'section', '');
}

/** What an entity says as one value. */
export function jsonOf({ value, children }: Entity): Json {
  if (value !== undefined) return value;
  return Object.fromEntries([...children].map(([name, child]) => [name, jsonOf(child)]));
}

export function entriesOf(node: YamlNode): [string, YamlEntry][] {
  return node.type === 'map' ? [...node.entries].filter(([, entry]) => !isReset(entry)) : [];
}

export function itemsOf(node: YamlNode): YamlEntry[] {
  return node.type === 'list' ? node.items.filter((item) => !isReset(item)) : [];
}

const none: ReadonlyMap<string, Entity> = new Map();
const summaryLength = 100;

function summaryOf(children: ReadonlyMap<string, Entity>): string {
  const parts: string[] = [];
  let length = 0;
  for (const [name, { label }] of children) {
    if (length > summaryLength) return [...parts, '…'].join(', ');
    const shown = label.length > summaryLength ? `${label.slice(0, summaryLength)}…` : label;
    parts.push(shown === '' ? name : `${name}: ${shown}`);
    length += name.length + shown.length;
  }
  return parts.join(', ');
}

function inOneLine(label: string): string {
  return /[\r\n]/.test(label) ? label.trimEnd().replace(/\r\n|\r|\n/g, '\\n') : label;
}
