import { commandNames, readCommands } from './commands.ts';
import { type EditVerb, freshNames, readEdit } from './edits.ts';
import { fieldsIn, isFields, read, textIn, textsIn } from './fields.ts';
import { isNoPath, pathsBelow, pathsOf, plainPath } from './paths.ts';
import type { Commands, Proposal } from './protocol.ts';

/** What one call of a tool would do, or why that cannot be told. */
export type ToolReading =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'edits'; readonly proposals: readonly Proposal[] }
  | { readonly kind: 'command'; readonly ran: Commands }
  | { readonly kind: 'unreadable'; readonly why: string; readonly meant: 'edit' | 'command' };

/**
 * Reads the input of a tool. One table serves all hosts: Copilot may run a hook that was set up for Claude Code, with
 * its own tools or under the names of the other.
 */
export function readTool(tool: string, input: unknown): ToolReading {
  const [verb, isForeign] = verbOf(tool);
  const given = read(input);
  if (verb === 'nothing') return { kind: 'nothing' };
  if (verb === 'shell') return shell(tool, given, isForeign);
  if (verb === undefined) return unknownTool(tool, given);
  return edit(tool, verb, given, isForeign);
}

/** Tools of servers carry the server in front of their name, each host in its own way. */
function verbOf(tool: string): readonly [verb: Verb | undefined, isForeign: boolean] {
  const lower = tool.toLowerCase();
  const plain = verbs.get(lower);
  if (plain !== undefined) return [plain, false];
  const words = lower.split(/[^a-z0-9]+/);
  const own = verbs.get(words.join(''));
  if (own !== undefined) return [own, false];
  const ends = longestName.map((length) => verbs.get(words.slice(-length).join('')));
  return [ends.find((verb) => verb !== undefined), true];
}

/** In words, the longest first. */
const longestName = [4, 3, 2, 1];

function shell(tool: string, input: unknown, isForeign: boolean): ToolReading {
  const ran = readCommands(tool, input);
  if (ran !== undefined) return { kind: 'command', ran };
  return isForeign
    ? unknownTool(tool, input)
    : { kind: 'unreadable', meant: 'command', why: otherShape(tool) };
}

function edit(tool: string, verb: EditVerb | 'guess', input: unknown, isForeign: boolean): ToolReading {
  const isDry = isFields(input) && input.dryRun === true;
  if (isForeign && isDry) return { kind: 'nothing' };
  const proposals = verb === 'guess' || (isForeign && isTemplate(input)) ? undefined : readEdit(verb, input);
  if (proposals !== undefined) return onPlainPaths(tool, proposals);
  const why =
    verb === 'guess'
      ? `${tool} leaves it to a model what will be in the file; use a tool that states the exact text`
      : otherShape(tool);
  // Of two files one can stand under a name that says nothing.
  const isOfTwo = verb === 'move' || verb === 'copy';
  if (pathsBelow(input).length > 0) return onPlainPaths(tool, unknownResults(input, why, isOfTwo));
  // The names of foreign tools are common words: one without a file in its name or input is not about files.
  return isForeign && isFields(input) && !/file/i.test(tool)
    ? { kind: 'nothing' }
    : { kind: 'unreadable', meant: 'edit', why };
}

/** A tool that is not known, by its name a writing one, may mean one of our files. Others are left alone. */
function unknownTool(tool: string, input: unknown): ToolReading {
  if (isFields(input) && textIn(input, ...commandNames) !== undefined) {
    const ran = readCommands(tool, input);
    if (ran !== undefined) return { kind: 'command', ran };
  }
  if (!isWriting(tool)) return { kind: 'nothing' };
  if (!isFields(input)) return { kind: 'unreadable', meant: 'edit', why: otherShape(tool) };
  const why = `what the tool ${tool} would leave in the file is not known; use the ordinary edit tool`;
  const proposals = unknownResults(input, why);
  return proposals.length === 0 ? { kind: 'nothing' } : onPlainPaths(tool, proposals);
}

function unknownResults(input: unknown, why: string, everything = false): readonly Proposal[] {
  return pathsBelow(input, everything).map((path) => ({ path, change: { how: 'unknown', why } }));
}

function onPlainPaths(tool: string, proposals: readonly Proposal[]): ToolReading {
  if (proposals.length === 0) return { kind: 'nothing' };
  const plain = proposals.map(({ path, change }): Proposal => {
    const from = change.how === 'patch' && change.from !== undefined ? { from: plainPath(change.from) } : {};
    return { path: plainPath(path), change: { ...change, ...from } };
  });
  return plain.flatMap(pathsOf).some(isNoPath)
    ? { kind: 'unreadable', meant: 'edit', why: `the input of ${tool} names a file by what is no path` }
    : { kind: 'edits', proposals: plain };
}

/** A tool that is known and yet unreadable has changed its shape: what it does now is anybody's guess. */
function otherShape(tool: string): string {
  return `the input of ${tool} has another shape than the one known here`;
}

/** The common file server replaces with `String.replace`, to which some texts with a dollar mean something else. */
function isTemplate(input: unknown): boolean {
  const edits = isFields(input) ? (fieldsIn(input, 'edits') ?? [input]) : [];
  return edits.some((edit) => textsIn(edit, freshNames).some((text) => /\$[$&`'0-9<]/.test(text)));
}

/** Verbs in any place of a name, and short ones that must be a word of their own. */
const writing = /write|edit|create|replace|insert|patch|delete|remove|move|rename|append|update|save/i;
const writingWords =
  /(?:^|[^a-z])(?:put|set|add|modify|change|overwrite|copy|store|apply|truncate|touch|unlink|format|fix|restore|revert)(?=[^a-z]|$)/;

function isWriting(tool: string): boolean {
  return (
    writing.test(tool) || writingWords.test(tool.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  );
}

type Verb = EditVerb | 'guess' | 'shell' | 'nothing';

const verbs: ReadonlyMap<string, Verb> = new Map([
  ...named('edit', [
    'applypatch',
    'create',
    'createfile',
    'edit',
    'editfile',
    'editor',
    'fscreate',
    'fsreplace',
    'fswrite',
    'multiedit',
    'multireplacestringinfile',
    'multistrreplace',
    'newfile',
    'patch',
    'replace',
    'replaceinfile',
    'replacestringinfile',
    'searchreplace',
    'strreplace',
    'strreplacebasededittool',
    'strreplaceeditor',
    'write',
    'writecode',
    'writefile',
    'writetofile',
  ]),
  ...named('append', ['appendfile', 'appendtofile', 'fsappend']),
  ...named('remove', [
    'delete',
    'deletedirectory',
    'deletefile',
    'deletefolder',
    'fsdelete',
    'removedirectory',
    'removefile',
    'removefolder',
  ]),
  ...named('move', [
    'move',
    'movedirectory',
    'movefile',
    'movefolder',
    'rename',
    'renamedirectory',
    'renamefile',
    'renamefolder',
  ]),
  ...named('copy', ['copy', 'copydirectory', 'copyfile', 'copyfolder']),
  ...named('guess', ['editnotebook', 'editnotebookfile', 'inserteditintofile', 'notebookedit']),
  ...named('shell', [
    'bash',
    'createandruntask',
    'exec',
    'execcommand',
    'executebash',
    'executecommand',
    'localshell',
    'powershell',
    'pwsh',
    'runcommand',
    'runcommands',
    'runinterminal',
    'runshellcommand',
    'runterminalcmd',
    'runterminalcommand',
    'shell',
    'terminal',
    'writebash',
    'writepowershell',
    'writestdin',
  ]),
  ...named('nothing', ['createdirectory', 'todowrite', 'updateplan', 'updatetodolist', 'writetodos']),
]);

function named(verb: Verb, names: readonly string[]): readonly (readonly [string, Verb])[] {
  return names.map((name) => [name, verb]);
}
