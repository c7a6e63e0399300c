import type { Span } from '../document.ts';
import { type PlacedProblem, Unreadable, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { parseStream } from '../yaml/parse.ts';
import { readQuickly } from '../yaml/quick/read.ts';
import { walkDocument } from '../yaml/walk.ts';
import type { MergeBudget } from './merge.ts';
import { folderOf, joinPath } from './paths.ts';
import { rebased } from './rebase.ts';
import type { Sources } from './sources.ts';

/** The mappings of one text, document by document. Documents that say nothing are left out. */
export function mappingsIn(text: string, problems: PlacedProblem[]): YamlNode[] {
  const quick = readQuickly(text);
  return quick === undefined ? mappingsInAny(text, problems) : [quick];
}

/** The same for any text, by the full parser. */
export function mappingsInAny(text: string, problems: PlacedProblem[]): YamlNode[] {
  const stream = parseStream(text);
  problems.push(...stream.problems);
  if (stream.problems.length > 0) return [];
  return stream.documents.flatMap((document) => {
    const walked = walkDocument(text, document);
    problems.push(...walked.problems.slice(0, mostTold));
    return walked.root ?? [];
  });
}

/** A text that says one key a million times has as many problems, of which the first tell enough. */
const mostTold = 100;

/** A mapping that a file holds, with the folder its paths start from, as seen from the main file's. */
export interface FileMapping {
  readonly root: YamlMap;
  readonly path: string;
  readonly folder: string;
}

/** The files around the main one. Their paths are as seen from its folder. */
export interface Files {
  readonly sources: Sources;
  readonly budget: MergeBudget;
  readonly problems: PlacedProblem[];
  readonly known: Map<string, readonly FileMapping[] | undefined>;
}

/** What a file holds; `undefined` for one that is not there, or not to be read. Each is read once. */
export function fileAt(
  files: Files,
  path: string,
  span: Span,
  folder = folderOf(path),
): readonly FileMapping[] | undefined {
  const key = JSON.stringify([path, folder]);
  if (!files.known.has(key)) files.known.set(key, readFile(files, path, span, folder));
  return files.known.get(key);
}

export const defaultName = 'compose.yaml';

function readFile(
  files: Files,
  path: string,
  span: Span,
  folder: string,
): readonly FileMapping[] | undefined {
  const { sources, problems } = files;
  const text = sources.read?.(joinPath(folderOf(sources.name ?? defaultName), path));
  if (text === undefined) return undefined;
  const found: PlacedProblem[] = [];
  const mappings = guarded(text, found);
  // The place is that of what brings the file in, because the problem is told of the main file.
  problems.push(
    ...found.map(({ code, message }) => ({ code, message: `${path}: ${message}`, offset: span.start })),
  );
  return mappings.flatMap((root) =>
    root.type === 'map' ? [{ root: rebased(root, folder), path, folder }] : [],
  );
}

function guarded(text: string, problems: PlacedProblem[]): YamlNode[] {
  try {
    return mappingsIn(text, problems);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.push(error.problem);
    return [];
  }
}
