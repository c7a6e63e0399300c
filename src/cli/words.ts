import type { Change, ChangeOp } from '../core/diff/change.ts';
import type { FindingCode } from '../core/diff/findings/codes.ts';
import type { ProblemCode } from '../core/model/document.ts';

/** Names an entity the way people speak of it: `service l9-api, environment MEMORY_DSN`. */
export function wordsFor(path: readonly string[]): string {
  const [top, name, ...rest] = path;
  if (top === undefined) return 'the file';
  if (name === undefined) return top;
  const head = `${singular.get(top) ?? top} ${name}`;
  const [part, ...inner] = rest;
  if (part === undefined) return head;
  return `${head}, ${[singularPart.get(part) ?? part, ...inner].join(' ')}`;
}

/** One sign for each op, readable without colour. */
export const signs: Readonly<Record<ChangeOp, string>> = {
  removed: '-',
  added: '+',
  changed: '~',
  renamed: '>',
};

/** What must not be overlooked in a change, under the code that the README explains. */
export function findingLines({ findings }: Change): string[] {
  return findings
    .filter(({ code }) => !saidAnyway.has(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

/** The change itself says what is published where, and which volume is gone with its data. */
const saidAnyway: ReadonlySet<FindingCode> = new Set([
  'port-published',
  'port-unpublished',
  'port-moved',
  'volume-removed',
]);

/** What a person can do about a problem. */
export function adviceOn(code: ProblemCode): string {
  switch (code) {
    case 'yaml-syntax':
    case 'duplicate-key':
    case 'unresolved-alias':
      return 'correct the line, then check again';
    case 'not-a-mapping':
    case 'wrong-shape':
      return 'correct the line; if this is another kind of file, name it with --as';
    case 'empty-file':
      return 'an empty file removes everything; give /dev/null for a file that is not there';
    case 'too-complex':
    case 'too-large':
      return 'split the file, or look at this edit by hand';
    case 'multiple-documents':
      return 'put each document into a file of its own';
    case 'binary-file':
    case 'not-utf8':
      return 'check that this is the file you mean, and save it as UTF-8';
    case 'unreadable':
      return 'make the file readable for you, then check again';
    case 'missing-file':
      return 'check the name; give /dev/null for a file that is not there';
    case 'unknown-key':
      return 'remove the key, correct it, or begin it with x-';
    case 'wrong-type':
    case 'wrong-value':
    case 'wrong-name':
    case 'missing-key':
    case 'repeated-item':
      return 'correct the line, because Compose would not load the file';
    case 'contradiction':
      return 'keep one of the two';
    case 'no-image':
      return 'give the service an image or a build';
    case 'undefined-reference':
      return 'declare it, or take the name out';
    case 'disabled-dependency':
      return 'give both services the same profiles, or say required: false';
    case 'dependency-cycle':
      return 'take one of the references out';
    case 'file-not-found':
      return 'put the file there, or take its name out';
    case 'port-published-twice':
      return 'publish one of them on another port';
    case 'cannot-salvage':
      return 'make the part that was asked for by hand';
    case 'internal':
      return 'please report this with the two files';
  }
}

/** `1 change`, `2 changes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const singular: ReadonlyMap<string, string> = new Map([
  ['services', 'service'],
  ['volumes', 'volume'],
  ['networks', 'network'],
  ['configs', 'config'],
  ['secrets', 'secret'],
  ['models', 'model'],
  ['hooks', 'hook'],
  ['switches', 'switch'],
]);

const singularPart: ReadonlyMap<string, string> = new Map([
  ['ports', 'port'],
  ['volumes', 'mount'],
  ['networks', 'network'],
  ['configs', 'config'],
  ['secrets', 'secret'],
  ['labels', 'label'],
]);

/** The first of many in one line. Agents read the whole reason, and pay for every word of it. */
export function firstOf<Item>(items: readonly Item[], inWords: (item: Item) => string): string {
  const more = items.length > mostNamed ? `; and ${items.length - mostNamed} more` : '';
  return items.slice(0, mostNamed).map(inWords).join('; ') + more;
}

const mostNamed = 12;
