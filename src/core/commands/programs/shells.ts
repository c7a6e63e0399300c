import { hasAny, readOptions } from '../options.ts';
import { type Call, nothingKnown, type Program, type Stream, silence } from '../shell.ts';
import { literalPath, streamAt } from '../touch.ts';
import { hasHole } from '../value.ts';
import { boundedValues } from '../ways.ts';

/** Shells that are given a command, a file or whatever comes in; and `apply_patch`, which agents know as a program. */
export const shellPrograms: readonly (readonly [string, Program])[] = [
  ...['bash', 'sh', 'zsh', 'dash', 'ksh', 'ash', 'fish'].map((name): readonly [string, Program] => [
    name,
    shellProgram,
  ]),
  ['source', sourced],
  ['.', sourced],
  ['apply_patch', applyPatch],
  ['applypatch', applyPatch],
  ['at', (call) => (call.input?.text === undefined ? nothingKnown : call.runText(call.input.text))],
  ['batch', (call) => (call.input?.text === undefined ? nothingKnown : call.runText(call.input.text))],
];

function shellProgram(call: Call): Stream {
  const { args } = call;
  // `-c` may be one letter of several, and its command is the first operand after all of them.
  const options = readOptions(args, ['o', 'O', 'rcfile', 'init-file'], true);
  const [first, ...rest] = options.operands;
  if (hasAny(options, 'version', 'help')) return nothingKnown;
  if (hasAny(options, 'n', 'noexec')) return nothingKnown;
  if (hasAny(options, 'c')) return call.runText(first ?? '', rest.slice(1), call.input);
  if (first !== undefined && !hasAny(options, 's')) return runScript(call, first, rest);
  return spoken(call);
}

function spoken(call: Call): Stream {
  const { shell, input, name } = call;
  if (input?.text !== undefined) return call.runText(input.text, call.args, silence);
  if (input === undefined) {
    shell.found.unknown.push({
      kind: 'interactive',
      why: `what is typed into ${name} is known only when it runs; give it the command with -c`,
    });
  } else if (input.isDecoded === true) {
    shell.found.unknown.push({
      kind: 'computed',
      why: `${name} runs a text that is decoded first; run the plain command`,
    });
  } else runLines(call, input);
  return nothingKnown;
}

/** Where the text is not known as a whole it may be any of its lines; a word alone does nothing to a file. */
function runLines(call: Call, { values }: Stream): void {
  const lines = values.filter((value) => /[\s<>]/.test(value));
  for (const line of boundedValues(lines)) call.runText(line, call.args, silence);
}

function runScript(call: Call, file: string, args: readonly string[]): Stream {
  const script = streamAt(call.shell, file);
  if (script.text !== undefined) return call.runText(script.text, args, call.input);
  return unknownScript(call, script, file, args);
}

function sourced(call: Call): Stream {
  const [file, ...args] = call.args;
  if (file === undefined || hasHole(file)) return nothingKnown;
  const script = streamAt(call.shell, file);
  if (script.text !== undefined) return call.runText(script.text);
  return unknownScript(call, script, file, args);
}

function unknownScript(call: Call, script: Stream, file: string, args: readonly string[]): Stream {
  runLines(call, script);
  const path = literalPath(call.shell, file);
  if (path !== undefined && !path.startsWith('/dev/')) call.shell.found.scripts.push({ path, args });
  return nothingKnown;
}

/** A program that is a file of the folder (`./fix.sh`), where its text is known or may be read. */
export function ownScript(call: Call, path: string): Stream | undefined {
  const script = streamAt(call.shell, path);
  if (script.text !== undefined) return call.runText(script.text, call.args, call.input);
  runLines(call, script);
  const literal = literalPath(call.shell, path);
  if (literal === undefined || !/\.(?:sh|bash)$/.test(literal)) return undefined;
  call.shell.found.scripts.push({ path: literal, args: call.args });
  return nothingKnown;
}

function applyPatch({ shell, args, input }: Call): Stream {
  const text = args.find((arg) => arg.includes('*** ')) ?? input?.text;
  if (text === undefined || hasHole(text)) {
    shell.found.unknown.push({
      kind: 'computed',
      why: 'the patch given to apply_patch is known only when it runs',
    });
  } else shell.found.patches.push(text);
  return silence;
}
