import { type Fields, fieldsIn, isFields, textIn } from './fields.ts';
import { readPatch } from './patch.ts';
import type { Proposal, Replacement } from './protocol.ts';

/** What one call of a tool would do to files, or why that cannot be told. */
export type ToolReading = { readonly proposals: readonly Proposal[] } | { readonly why: string };

/**
 * Reads the input of a tool. Hosts read each other's configuration, so one table serves all of them: VS Code may run
 * a hook that was set up for Claude Code, with its own tools.
 */
export function readTool(tool: string, input: unknown): ToolReading {
  const given = tool === 'apply_patch' && typeof input === 'string' ? { input } : input;
  const read = readers.get(tool);
  if (isFields(given)) return read === undefined ? readForeign(tool, given) : read(given, tool);
  return read === undefined ? { proposals: [] } : { why: `the input of ${tool} is not an object` };
}

type ToolReader = (input: Fields, tool: string) => ToolReading;

const readers: ReadonlyMap<string, ToolReader> = new Map<string, ToolReader>([
  ['Edit', replacement],
  ['MultiEdit', (input, tool) => replacements(tool, textIn(input, ...pathNames), fieldsIn(input, 'edits'))],
  ['Write', wholeText],
  ['replace_string_in_file', replacement],
  ['multi_replace_string_in_file', manyFiles],
  ['create_file', wholeText],
  ['insert_edit_into_file', unknownResult],
  ['apply_patch', patch],
]);

/** Ordered by how sure it is that the name means the file to be written. */
const pathNames = [
  'file_path',
  'filePath',
  'path',
  'target_file',
  'notebook_path',
  'uri',
  'destination',
  'new_path',
];

function replacement(input: Fields, tool: string): ToolReading {
  return replacements(tool, textIn(input, ...pathNames), [input]);
}

function replacements(
  tool: string,
  path: string | undefined,
  edits: readonly Fields[] | undefined,
): ToolReading {
  const steps = (edits ?? []).map(stepIn);
  const known = steps.filter((step) => step !== undefined);
  if (path === undefined || known.length === 0 || known.length < steps.length) return missing(tool);
  return { proposals: [{ path, change: { how: 'replace', steps: known } }] };
}

/** Both spellings of the names, since hosts have changed theirs. */
function stepIn(edit: Fields): Replacement | undefined {
  const old = textIn(edit, 'old_string', 'oldString');
  const fresh = textIn(edit, 'new_string', 'newString');
  if (old === undefined || fresh === undefined) return undefined;
  return { old, fresh, everywhere: edit.replace_all === true || edit.replaceAll === true };
}

/** Several replacements in one file happen one after the other, so they make one proposal. */
function manyFiles(input: Fields, tool: string): ToolReading {
  const edits = fieldsIn(input, 'replacements');
  if (edits === undefined || edits.length === 0) return missing(tool);
  const byPath = new Map<string, Fields[]>();
  for (const edit of edits) {
    const path = textIn(edit, ...pathNames);
    if (path === undefined) return missing(tool);
    byPath.set(path, [...(byPath.get(path) ?? []), edit]);
  }
  const readings = [...byPath].map(([path, own]) => replacements(tool, path, own));
  const broken = readings.find((reading) => 'why' in reading);
  if (broken !== undefined) return broken;
  return { proposals: readings.flatMap((reading) => ('proposals' in reading ? reading.proposals : [])) };
}

function wholeText(input: Fields, tool: string): ToolReading {
  const path = textIn(input, ...pathNames);
  const text = textIn(input, 'content', 'contents');
  return path === undefined || text === undefined
    ? missing(tool)
    : { proposals: [{ path, change: { how: 'write', text } }] };
}

function unknownResult(input: Fields, tool: string): ToolReading {
  const path = textIn(input, ...pathNames);
  if (path === undefined) return missing(tool);
  const why = `${tool} leaves it to a model what will be in the file; use a tool that states the exact text`;
  return { proposals: [{ path, change: { how: 'unknown', why } }] };
}

function patch(input: Fields, tool: string): ToolReading {
  const text = textIn(input, 'input', 'command', 'patch', 'patchText');
  return text === undefined ? missing(tool) : readPatch(text);
}

/** A tool that is not known, by its name a writing one, may mean one of our files. Others are left alone. */
function readForeign(tool: string, input: Fields): ToolReading {
  if (!writing.test(tool)) return { proposals: [] };
  const why = `what the tool ${tool} would leave in the file is not known; use the ordinary edit tool`;
  const paths = pathNames.flatMap((name) => textIn(input, name) ?? []);
  return { proposals: paths.map((path) => ({ path, change: { how: 'unknown', why } })) };
}

/** Names of tools are verbs; these are the ones that leave something else behind. */
const writing = /write|edit|create|replace|insert|patch|delete|remove|move|rename|append|update|save/i;

/** A tool that is known and yet unreadable has changed its shape: what it does now is anybody's guess. */
function missing(tool: string): ToolReading {
  return { why: `the input of ${tool} has another shape than the one known here` };
}
