import { type Fields, isFields, read, textIn } from './fields.ts';
import type { Commands } from './protocol.ts';

/** The command lines in the input of a shell tool; `undefined` where there is none that can be read. */
export function readCommands(tool: string, input: unknown): Commands | undefined {
  const fields = isFields(input) ? input : { command: input };
  const commands = linesIn(fields);
  if (commands === undefined) return undefined;
  const isPowershell = /powershell|pwsh/i.test(tool);
  return {
    commands,
    shell: isPowershell ? 'powershell' : 'bash',
    workingFolder: textIn(fields, ...folderNames),
  };
}

/** Names that mean a command line in whatever tool they stand. */
export const commandNames: readonly string[] = ['command', 'command_line', 'commandLine', 'cmd'];

const folderNames = ['cwd', 'workdir', 'dir_path', 'directory', 'working_directory', 'workingDirectory'];

function linesIn(fields: Fields): readonly string[] | undefined {
  for (const name of commandNames) {
    const value = fields[name];
    const line = typeof value === 'string' ? value : wordsAsLine(value);
    if (line !== undefined) return [line];
  }
  if (fields.commands !== undefined) return listedLines(read(fields.commands));
  if (isFields(fields.task)) return listedLines([fields.task]);
  // What is typed into a shell that runs already.
  const typed = textIn(fields, 'input', 'chars');
  return typed === undefined ? undefined : [typed];
}

function listedLines(value: unknown): readonly string[] | undefined {
  const items = Array.isArray(value) ? value : [value];
  const lines = items.map((item) => (isFields(item) ? lineOf(item) : item));
  return lines.length > 0 && lines.every((line) => typeof line === 'string') ? lines : undefined;
}

function lineOf(item: Fields): string | undefined {
  const command = textIn(item, ...commandNames);
  const words = item.args === undefined ? '' : wordsAsLine(item.args);
  return command === undefined || words === undefined ? undefined : `${command} ${words}`.trimEnd();
}

/** A list of words, as it would have to be typed. `bash -c SCRIPT` stays that: whoever reads shell reads this too. */
function wordsAsLine(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const words = value.filter((word) => typeof word === 'string');
  return words.length < value.length ? undefined : words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
