import { effectiveMapping } from './compose/effective.ts';
import { mappingsIn } from './compose/files.ts';
import { documentOf } from './compose/project.ts';
import type { Sources } from './compose/sources.ts';
import {
  type Entity,
  type InfraDocument,
  type ModelProblem,
  type Problem,
  positionAt,
  positionsIn,
} from './document.ts';
import { once } from './once.ts';
import { Recent } from './recent.ts';
import { type PlacedProblem, Unreadable, type YamlMap } from './yaml/node.ts';
import { isSameNode } from './yaml/same.ts';

/**
 * Reads a Compose file as Compose would: two texts that mean the same give trees that are equal but for labels and
 * spans. Whatever is wrong with the text is a problem in the document, never an error.
 */
export function readCompose(text: string, sources: Sources = {}): InfraDocument {
  if (sources.read !== undefined || sources.env !== undefined) return read(text, sources);
  const known = documents.get(text);
  if (known !== undefined) return known;
  const document = read(text, sources);
  documents.set(text, document);
  return document;
}

/** While somebody types, one of the two texts is always the one it was. */
const documents = new Recent<InfraDocument>(2_000_000);

function read(text: string, sources: Sources): InfraDocument {
  const problems: PlacedProblem[] = [];
  let root = emptyRoot(text);
  let whole: YamlMap | undefined;
  try {
    const mappings = readYaml(text, problems);
    whole = effectiveMapping(mappings, sources, problems);
    if (problems.length === 0) root = documentOf(whole, text, sources, problems);
  } catch (error) {
    problems.push(problemFrom(error));
  }
  const document = { kind: 'compose', text, root, problems: placed(text, problems) } as const;
  if (whole === undefined || problems.length > 0) return document;
  const { env } = sources;
  const complete = { ...document, ...(env && { env }), ...laterFindings(whole, root, text, sources) };
  if (sources.read === undefined && env === undefined) mappings.set(complete, whole);
  return complete;
}

/** What each document says before anything is made of it, where nothing but its text counts. */
const mappings = new WeakMap<InfraDocument, YamlMap>();

/** Whether two texts are the same to Compose, value by value; `false` where that is not known. */
export function saysTheSame(one: InfraDocument, other: InfraDocument): boolean {
  const mapping = mappings.get(one);
  const otherMapping = mappings.get(other);
  return mapping !== undefined && otherMapping !== undefined && isSameNode(mapping, otherMapping);
}

/** What Compose would make anew, and whether it would load the text, is found out for those who ask. */
function laterFindings(whole: YamlMap, root: Entity, text: string, sources: Sources) {
  return {
    hashForms: once(async () => (await import('./compose/hashForm.ts')).hashFormsOf(whole, sources)),
    modelProblems: validation(whole, root, text, sources),
  };
}

/** What validates is loaded for the first edit that needs it, and each text is validated once. */
function validation(whole: YamlMap, root: Entity, text: string, sources: Sources) {
  return once(() =>
    import('./compose/validation/validate.ts')
      .then(({ modelProblems }) => modelProblems(whole, root, text, sources))
      .catch((error): readonly ModelProblem[] => {
        const { code, message, offset } = problemFrom(error);
        return [{ code, message, severity: 'error', subject: '', ...positionAt(text, offset) }];
      }),
  );
}

function emptyRoot(text: string): Entity {
  const span = { start: 0, end: text.length };
  return { kind: 'document', path: [], value: undefined, label: '', span, children: new Map() };
}

/** The mappings that the file is; several documents are put one over the other. */
function readYaml(text: string, problems: PlacedProblem[]): YamlMap[] {
  const roots = mappingsIn(text, problems);
  if (problems.length > 0) return [];
  if (roots.length === 0) problems.push({ code: 'empty-file', message: nothingThere, offset: 0 });
  return roots.flatMap((root) => {
    const isGone = root.tag === '!reset';
    if (root.type === 'map' && !isGone) return [root];
    problems.push({ code: 'not-a-mapping', message: isGone ? takenAway : notAMapping, offset: 0 });
    return [];
  });
}

const nothingThere = 'the file says nothing; write at least one service, or remove the file';
const takenAway = '!reset stands on the whole file, and no Compose loads one; put it on what is to go';
const notAMapping = 'a Compose file is a mapping; write `services:` and the services below it';

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
