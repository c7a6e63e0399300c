/** A place for people: both numbers count from 1; the column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A half-open stretch of a document's text, in UTF-16 units from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something wrong with a text. Codes are stable; programs may compare them, people read the message. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Something wrong with a text that can be read: Compose would not load it, or it would go wrong later. Its meaning may
 * be relied upon all the same.
 */
export interface ModelProblem extends Problem {
  readonly severity: Severity;
  /** What it is about, by names and not by places, so that it is known again after an edit. */
  readonly subject: string;
  /** The path of what is named and nowhere declared. */
  readonly missing?: readonly string[];
}

/** An error keeps Compose from loading the file; a warning does not. */
export type Severity = 'error' | 'warning';

export type ProblemCode =
  | 'yaml-syntax'
  | 'duplicate-key'
  | 'unresolved-alias'
  | 'too-complex'
  | 'multiple-documents'
  | 'not-a-mapping'
  | 'wrong-shape'
  | 'empty-file'
  | 'binary-file'
  | 'not-utf8'
  | 'too-large'
  | 'unreadable'
  | 'missing-file'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'wrong-value'
  | 'wrong-name'
  | 'repeated-item'
  | 'contradiction'
  | 'no-image'
  | 'undefined-reference'
  | 'disabled-dependency'
  | 'dependency-cycle'
  | 'file-not-found'
  | 'port-published-twice'
  | 'cannot-salvage'
  | 'internal';

/** A value in canonical form: two values mean the same exactly when they are deeply equal. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type EntityKind =
  | 'document'
  | 'section'
  | 'service'
  | 'volume'
  | 'network'
  | 'config'
  | 'secret'
  | 'model'
  | 'port'
  | 'mount'
  | 'environment'
  | 'dependency'
  | 'attachment'
  | 'field'
  | 'file';

/**
 * A thing in a document that can be added, removed or changed, with all it contains.
 * A `section` (`services`, `volumes`, a service's `ports` or `environment`) has no meaning of its own: only what it
 * holds does. Every other entity with children (`healthcheck`, `build`) is gone as one when it is gone.
 */
export interface Entity {
  readonly kind: EntityKind;
  readonly path: readonly string[];
  /** What it means, canonical; `undefined` where the children carry the meaning. */
  readonly value: Json | undefined;
  /** The value in one line for people, as the file would put it in short form. Not masked: see `redact.ts`. */
  readonly label: string;
  /** The text that states it, key and value; for an entity that follows from another text, that text. */
  readonly span: Span;
  /** By the last name of each child's path, in the order of the text. */
  readonly children: ReadonlyMap<string, Entity>;
}

export type DocumentKind = 'compose' | 'text';

/** A protected file, parsed. With any problem in it nothing about its meaning may be relied upon. */
export interface InfraDocument {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly root: Entity;
  readonly problems: readonly Problem[];
  /** What is known of the variables, whether or not the text names them. */
  readonly env?: Readonly<Record<string, string>>;
  /** What Compose goes by when it decides what to make anew; read, and loaded, when it is first asked for. */
  readonly hashForms?: () => Promise<HashForms>;
  /** What Compose would say of loading it. It is computed when somebody asks, and absent where nothing can be said. */
  readonly modelProblems?: () => Promise<readonly ModelProblem[]>;
}

/**
 * The resources of a project as plain data: Compose makes one anew exactly when its data are others than they were,
 * which they may be although it means the same.
 */
export interface HashForm {
  readonly services: ReadonlyMap<string, Json>;
  readonly networks: ReadonlyMap<string, Json>;
  readonly volumes: ReadonlyMap<string, Json>;
}

/** Both with variables left as they are named, and with what is known of them put in; `undefined` if nothing is. */
export interface HashForms {
  readonly named: HashForm;
  readonly resolved: HashForm | undefined;
}

/**
 * Tells where an offset of this text lies. The line starts are found once, when the first is asked for, so that a file
 * with a thousand changes costs one pass. CRLF, LF and CR each end a line.
 */
export function positionsIn(text: string): (offset: number) => Position {
  let known: readonly number[] | undefined;
  return (offset) => {
    known ??= lineStarts(text);
    const starts = known;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
    return starts;
  }
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Where one offset lies; for several of one text use `positionsIn`. */
export function positionAt(text: string, offset: number): Position {
  return positionsIn(text)(offset);
}

/** The entity at a path, or `undefined`. */
export function entityAt(document: InfraDocument, path: readonly string[]): Entity | undefined {
  let entity: Entity | undefined = document.root;
  for (const name of path) entity = entity?.children.get(name);
  return entity;
}
