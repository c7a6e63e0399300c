import { type Fields, fieldsIn, isFields, textIn, textListIn, textsIn } from './fields.ts';
import { readPatch } from './patch.ts';
import { pathNames } from './paths.ts';
import type { Proposal, ProposedChange, Replacement } from './protocol.ts';
import { readBlocks } from './searchReplace.ts';

/** What the name of a tool says that it does. What exactly is told by its input. */
export type EditVerb = 'edit' | 'append' | 'remove' | 'move' | 'copy';

/**
 * Reads the input of an edit tool, by its fields and not by its host: hosts read each other's configuration and
 * rename each other's tools. `undefined` where its shape is not known, or where it says two things at once.
 */
export function readEdit(verb: EditVerb, input: unknown): readonly Proposal[] | undefined {
  if (typeof input === 'string') return patchFrom(input);
  if (!isFields(input)) return undefined;
  if (verb === 'remove') return removals(input);
  if (verb === 'move' || verb === 'copy') return relocation(input, verb);
  if (verb === 'append') return one(input, appended(input));
  const patch = textIn(input, ...patchNames);
  if (patch === undefined || isEditorCommand(patch)) return byEditorCommand(input);
  const proposals = patchFrom(patch);
  if (proposals === undefined) return byBlocks(input);
  const why = 'the input holds a patch and names another file beside it';
  const beside = textsIn(input, pathNames).map(
    (path): Proposal => ({ path, change: { how: 'unknown', why } }),
  );
  return [...proposals, ...beside];
}

const patchNames = ['input', 'patch', 'patchText', 'patch_text', 'command', 'diff'];

function patchFrom(text: string): readonly Proposal[] | undefined {
  const reading = readPatch(text);
  return 'proposals' in reading ? reading.proposals : undefined;
}

function byBlocks(input: Fields): readonly Proposal[] | undefined {
  const steps = readBlocks(textIn(input, 'diff') ?? '');
  return one(input, steps && { how: 'replace', steps });
}

/** Editors that do everything under one name say what in a field of their own. */
function byEditorCommand(input: Fields): readonly Proposal[] | undefined {
  switch (textIn(input, 'command')) {
    case undefined:
      return inList(input);
    case 'view':
      return [];
    case 'create':
      return one(input, written(input));
    case 'str_replace':
      return one(input, replacement(input, []));
    case 'insert':
      return one(input, inserted(input, 0));
    case 'append':
      return one(input, appended(input));
    default:
      return undefined;
  }
}

function isEditorCommand(text: string): boolean {
  return /^[a-z_]+$/.test(text);
}

/** Several edits in one file happen one after the other, so they make one proposal. */
function inList(input: Fields): readonly Proposal[] | undefined {
  const edits = fieldsIn(input, 'edits') ?? fieldsIn(input, 'replacements');
  if (edits === undefined) return one(input, inOneFile(input));
  const common = onlyText(input, pathNames);
  const byPath = new Map<string, Fields[]>();
  for (const edit of edits) {
    const path = onlyText(edit, pathNames) ?? common;
    if (path === undefined) return undefined;
    byPath.set(path, [...(byPath.get(path) ?? []), edit]);
  }
  const proposals = [...byPath].map(([path, own]) => ({ path, change: replacement(input, own) }));
  return proposals.length > 0 && proposals.every(isReadable) ? proposals : undefined;
}

function isReadable(proposal: { path: string; change: ProposedChange | undefined }): proposal is Proposal {
  return proposal.change !== undefined;
}

function inOneFile(input: Fields): ProposedChange | undefined {
  const names = [oldNames, wholeNames].filter((names) => textsIn(input, names).length > 0);
  if (names.length > 1) return undefined;
  if (input.insert_line !== undefined && input.insert_line !== null) return inserted(input, 1);
  return names[0] === oldNames ? replacement(input, [input]) : written(input);
}

function one(input: Fields, change: ProposedChange | undefined): readonly Proposal[] | undefined {
  const path = onlyText(input, pathNames);
  return path === undefined || change === undefined ? undefined : [{ path, change }];
}

/** With an empty list the one replacement is that of the input itself, where no new text means none at all. */
function replacement(input: Fields, edits: readonly Fields[]): ProposedChange | undefined {
  const steps = (edits.length === 0 ? [{ new_str: '', ...input }] : edits).map(stepIn);
  const known = steps.filter((step) => step !== undefined);
  return known.length < steps.length ? undefined : { how: 'replace', steps: known };
}

function stepIn(edit: Fields): Replacement | undefined {
  const old = onlyText(edit, oldNames);
  const isTerse = typeof edit.old_str === 'string' && textsIn(edit, freshNames).length === 0;
  const fresh = isTerse ? '' : onlyText(edit, freshNames);
  if (old === undefined || fresh === undefined) return undefined;
  const everywhere =
    everywhereNames.some((name) => edit[name] === true) || Number(edit.expected_replacements) > 1;
  return { old, fresh, everywhere };
}

function written(input: Fields): ProposedChange | undefined {
  // An editor that is given a new text and no old one makes the file.
  const text = onlyText(input, wholeNames) ?? textIn(input, 'new_text');
  return text === undefined ? undefined : { how: 'write', text };
}

/** Hosts count the line that the text follows from 0, or the line that it precedes from 1. */
function inserted(input: Fields, firstLine: 0 | 1): ProposedChange | undefined {
  const line = Number(input.insert_line) - firstLine;
  const text = onlyText(input, [...freshNames, ...wholeNames]);
  return text === undefined || !Number.isInteger(line) || line < 0
    ? undefined
    : { how: 'insert', line, text };
}

function appended(input: Fields): ProposedChange | undefined {
  const text = onlyText(input, [...freshNames, ...wholeNames]);
  return text === undefined ? undefined : { how: 'insert', line: undefined, text };
}

function removals(input: Fields): readonly Proposal[] | undefined {
  const paths = textListIn(input, 'paths', 'file_paths', 'files') ?? textsIn(input, pathNames);
  return paths.length === 0 ? undefined : paths.map((path) => ({ path, change: { how: 'remove' } }));
}

function relocation(input: Fields, verb: 'move' | 'copy'): readonly Proposal[] | undefined {
  const from = onlyText(input, ['source', 'source_path', 'sourcePath', 'old_path', 'oldPath', 'src', 'from']);
  const path = onlyText(input, [
    'destination',
    'destination_path',
    'destinationPath',
    'new_path',
    'newPath',
    'dst',
    'to',
  ]);
  if (from === undefined || path === undefined) return undefined;
  const there: Proposal = { path, change: { how: 'patch', hunks: [], from } };
  return verb === 'copy' ? [there] : [there, { path: from, change: { how: 'remove' } }];
}

/** The text under the names, where all that is there is the same. */
function onlyText(fields: Fields, names: readonly string[]): string | undefined {
  const [only, ...others] = textsIn(fields, names);
  return others.length === 0 ? only : undefined;
}

const oldNames = ['old_string', 'oldString', 'old_str', 'oldStr', 'old_text', 'oldText'];

/** What a text is replaced with. */
export const freshNames: readonly string[] = [
  'new_string',
  'newString',
  'new_str',
  'newStr',
  'new_text',
  'newText',
];

const wholeNames = ['content', 'contents', 'file_text', 'fileText', 'text'];
const everywhereNames = ['replace_all', 'replaceAll', 'allow_multiple', 'allowMultiple'];
