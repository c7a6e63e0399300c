import { documentOf } from './compose/project.ts';
import type { Sources } from './compose/sources.ts';
import { type Entity, type InfraDocument, type Problem, positionsIn } from './document.ts';
import { type PlacedProblem, Unreadable, type YamlNode } from './yaml/node.ts';
import { parseStream } from './yaml/parse.ts';
import { walkDocument } from './yaml/walk.ts';

/**
 * Reads a Compose file as Compose would: two texts that mean the same give trees that are equal but for labels and
 * spans. Whatever is wrong with the text is a problem in the document, never an error.
 */
export function readCompose(text: string, sources: Sources = {}): InfraDocument {
  const problems: PlacedProblem[] = [];
  let root = emptyRoot(text);
  try {
    const yaml = readYaml(text, problems);
    if (yaml !== undefined && problems.length === 0) root = documentOf(yaml, text, sources, problems);
  } catch (error) {
    problems.push(problemFrom(error));
  }
  return { kind: 'compose', text, root, problems: placed(text, problems) };
}

function emptyRoot(text: string): Entity {
  const span = { start: 0, end: text.length };
  return { kind: 'document', path: [], value: undefined, label: '', span, children: new Map() };
}

/** The one mapping that the file is. */
function readYaml(text: string, problems: PlacedProblem[]): YamlNode | undefined {
  const stream = parseStream(text);
  problems.push(...stream.problems);
  if (problems.length > 0) return undefined;
  const roots = stream.documents.flatMap((document) => {
    const walked = walkDocument(text, document);
    problems.push(...walked.problems);
    return walked.root === undefined ? [] : [{ root: walked.root, start: document.range[0] }];
  });
  const [first, second] = roots;
  if (second !== undefined)
    problems.push({ code: 'multiple-documents', message: severalDocuments, offset: second.start });
  if (first === undefined) problems.push({ code: 'empty-file', message: nothingThere, offset: 0 });
  return first?.root;
}

const severalDocuments = 'the file holds several documents; put them into one so that it can be judged';
const nothingThere = 'the file says nothing: Compose needs at least one service';

/** What was not foreseen must hold an edit like any other problem, and not take the caller down. */
function problemFrom(error: unknown): PlacedProblem {
  if (error instanceof Unreadable) return error.problem;
  if (error instanceof RangeError) {
    return { code: 'too-complex', message: 'the file nests too deep to be judged; flatten it', offset: 0 };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `the file could not be read: ${reason}; please report this`,
    offset: 0,
  };
}

/** A broken text can have thousands of errors of which the first few say all there is to say. */
const mostProblems = 20;

function placed(text: string, problems: readonly PlacedProblem[]): Problem[] {
  if (problems.length === 0) return [];
  const place = positionsIn(text);
  return problems
    .slice(0, mostProblems)
    .map(({ code, message, offset }) => ({ code, message, ...place(offset) }));
}
