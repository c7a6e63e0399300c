import type { Content } from './effects.ts';
import { type Found, giveUp, nothingKnown, type Shell, type Stream, streamOf } from './shell.ts';
import {
  baseName,
  folderOf,
  hasHole,
  hasUnknown,
  hole,
  patternOf,
  resolvePath,
  type Value,
} from './value.ts';

/** A file gets new content. Only a protected file is an effect; of others it is remembered what they contain. */
export function write(shell: Shell, target: Value, content: Content, by: string): void {
  const { found } = shell;
  const literal = literalPath(shell, target);
  const sure = literal !== undefined && !shell.mayNotRun;
  const settled = literal === undefined ? content : settle(found, literal, content);
  for (const path of protectedAt(shell, target)) {
    const told = path === literal ? settled : content;
    // What is known to be overwritten as a whole does not stay.
    if (sure && isCertain(told, path)) {
      found.writes = found.writes.filter((other) => other.path !== path);
      found.removes = found.removes.filter((other) => other.path !== path);
    }
    found.writes.push({ path, content: told, by });
  }
  if (literal !== undefined) found.contents.set(literal, sure ? settled : unsure(settled));
}

/** A copy of what may not be there may fail, and then leaves the file as the part before it left it. */
function isCertain(content: Content, path: string): boolean {
  return content.is === 'text' || (content.is === 'copy' && content.of === path);
}

function unsure(content: Content): Content {
  const lines =
    content.is === 'text' ? content.text.split('\n') : content.is === 'unknown' ? content.lines : [];
  return unknownContent('a part of the command that may not run writes it', lines);
}

export function unknownContent(why: string, lines?: readonly Value[]): Content {
  return { is: 'unknown', why, ...(lines !== undefined && { lines }) };
}

/** A file goes; with `tree`, a folder and all that is in it may go. */
export function remove(
  shell: Shell,
  target: Value,
  by: string,
  { tree = false, onlyUntracked = false } = {},
): void {
  const paths = tree
    ? [...protectedAt(shell, target), ...protectedBelow(shell, target)]
    : protectedAt(shell, target);
  for (const path of new Set(paths)) shell.found.removes.push({ path, by, onlyUntracked });
  const literal = literalPath(shell, target);
  if (literal !== undefined && !shell.mayNotRun) shell.found.contents.set(literal, 'gone');
}

/** What a file contains at this point of the command. */
export function contentOf(shell: Shell, target: Value): Content {
  const path = literalPath(shell, target);
  if (path === undefined) return unknownContent('which file is copied is known only when it runs');
  const content = shell.found.contents.get(path);
  if (content === 'gone') return unknownContent('the file that is copied was removed before');
  return content ?? { is: 'copy', of: path };
}

/** The text of a file that this very command wrote. */
export function textOf(shell: Shell, target: Value): string | undefined {
  return streamAt(shell, target).text;
}

/** What is read from a file, as far as this very command wrote it. */
export function streamAt(shell: Shell, target: Value): Stream {
  const stream = shell.found.streams.get(target);
  if (stream !== undefined) return stream;
  const content = contentOf(shell, target);
  if (content.is === 'text') return streamOf(content.text);
  return content.is === 'unknown' ? { text: undefined, values: content.lines ?? [] } : nothingKnown;
}

/** The one absolute path that a value stands for, links followed; `undefined` where it can be several. */
export function literalPath({ cwds, found }: Shell, value: Value): string | undefined {
  const [cwd, ...others] = cwds;
  if (cwd === undefined || (others.length > 0 && !value.startsWith('/')) || value === '') return undefined;
  const path = resolvePath(cwd, value);
  if (hasHole(path)) return undefined;
  return throughLinks(found, path);
}

/** Links that this command made lead on, also where they stand in the middle of a path. */
function throughLinks({ links }: Found, path: string): string {
  for (const [link, target] of links) {
    if (path === link || path.startsWith(`${link}/`)) return target + path.slice(link.length);
  }
  return path;
}

/** The protected files that a value can name. */
export function protectedAt(shell: Shell, value: Value): string[] {
  if (value === '') return [];
  const { context, cwds, found } = shell;
  const matches = cwds.flatMap((cwd) => {
    const path = resolvePath(cwd, value);
    if (!hasHole(path)) {
      const real = throughLinks(found, path);
      return context.isProtected(real) ? [real] : [];
    }
    if (hasUnknown(path) && !hasName(path)) return [];
    const existing = matching(shell, path);
    return existing.length > 0 ? existing : unheardOf(shell, cwd, path);
  });
  return [...new Set(matches)];
}

/** The protected files in the folders that a value can name. */
export function protectedBelow(shell: Shell, value: Value): string[] {
  const found = shell.cwds.flatMap((cwd) => {
    const path = resolvePath(cwd, value);
    if (hasUnknown(path) && !hasName(path)) return [];
    return matching(shell, `${path === '/' ? '' : path}/${hole.listed}`);
  });
  return [...new Set(found)];
}

/** Trying a pattern on many files counts as many steps. */
function matching(shell: Shell, path: Value): string[] {
  shell.found.stepsLeft -= shell.context.files.length / 20;
  if (shell.found.stepsLeft <= 0) {
    giveUp(shell.found);
    return [];
  }
  const pattern = patternOf(path, 'i');
  return knownFiles(shell).filter((file) => pattern.test(file));
}

/**
 * The protected files that a text names, in whatever way it puts them together: a path, a glob, or just the last name
 * where the folder stands elsewhere. For code in other languages.
 */
export function protectedNamed(shell: Shell, text: string): string[] {
  const words = new Set(text.match(/[\w.*?\-/\\~@+]+/g) ?? []);
  const known = knownFiles(shell);
  const found = [...words].flatMap((word) => {
    if (/[*?]/.test(word)) {
      const pattern = patternOf(`${hole.listed}/${globValue(word)}`, 'i');
      return /[A-Za-z]/.test(word) ? known.filter((file) => pattern.test(file)) : [];
    }
    const own = protectedAt(shell, word).filter((file) => known.includes(file));
    if (own.length > 0) return own;
    const named = known.filter(
      (file) => file === word || file.endsWith(`/${word.replace(/^(?:\.?\/)+/, '')}`),
    );
    return named.length > 0 ? named : protectedAt(shell, word);
  });
  return [...new Set(found)];
}

function globValue(word: string): Value {
  return word
    .replace(/^\.?\//, '')
    .replace(/\*+/g, hole.listed)
    .replace(/\?/g, hole.one);
}

/** The protected files that exist now or were made by this command. */
export function knownFiles({ context, found }: Shell): string[] {
  const made = [...found.contents.keys()].filter((path) => context.isProtected(path));
  return [...new Set([...context.files, ...made])];
}

/** Whether the last name of a path has something in it to tell one file from another. */
function hasName(path: Value): boolean {
  return /[A-Za-z]{2}/.test(baseName(path));
}

/** A folder that only the run tells and a name that is plain: the file may be one that is not there yet. */
function unheardOf({ context }: Shell, cwd: string, path: Value): string[] {
  const name = baseName(path);
  if (hasHole(name) || !hasUnknown(folderOf(path))) return [];
  const guess = resolvePath(cwd, name);
  return context.isProtected(guess) ? [guess] : [];
}

/** What an addition makes of a file, seen from where the command began. */
function settle(found: Found, path: string, content: Content): Content {
  const before = found.contents.get(path);
  if (content.is === 'sed' && before !== undefined) {
    return unknownContent('sed changes what another part of the command wrote');
  }
  if (content.is !== 'appended' || before === undefined) return content;
  if (before === 'gone') return { is: 'text', text: content.text };
  if (before.is === 'text' || before.is === 'appended')
    return { ...before, text: before.text + content.text };
  return unknownContent('it is added to what another part of the command wrote');
}
