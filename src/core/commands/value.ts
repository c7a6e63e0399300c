/**
 * A text that the shell would make of a word, with holes where only the run tells. Holes are characters that no
 * file's name has, so that values can be put together and cut like any text.
 */
export type Value = string;

export const hole = {
  /** The shell's `*`: anything but a `/`, and at the start of a name no dot either. */
  many: '\uE000',
  /** `?` and `[…]`: one character. */
  one: '\uE001',
  /** `*` as `find` reads it: anything but a `/`. */
  name: '\uE004',
  /** One of the files below a folder, as `find` or `grep -rl` list them. */
  listed: '\uE002',
  /** Anything at all: a variable from outside, the output of a program. */
  unknown: '\uE003',
} as const;

const holes = /[\uE000-\uE004]/;

export function hasHole(value: Value): boolean {
  return holes.test(value);
}

export function holesIn(value: Value): number {
  return value.replace(/[^\uE000-\uE004]/g, '').length;
}

export function hasUnknown(value: Value): boolean {
  return value.includes(hole.unknown);
}

/** Makes holes of the signs of a glob, where a program and not the shell reads them (`find -name '*.yml'`). */
export function globValue(text: string, starCrosses: boolean): Value {
  return text
    .replace(/\*+/g, starCrosses ? hole.listed : hole.name)
    .replace(/\?|\[[^\]]*\]/g, hole.one)
    .replace(/\\(.)/g, '$1');
}

/** Which texts a value can stand for. */
export function patternOf(value: Value, flags = ''): RegExp {
  const source = simplified(value)
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(/\uE000{2,}|[\uE002\uE003]/g, '[\\s\\S]*')
    .replace(/(^|\/)\uE000/g, '$1(?!\\.)[^/]*')
    .replace(/[\uE000\uE004]/g, '[^/]*')
    .replaceAll(hole.one, '[^/]');
  return new RegExp(`^${source}$`, flags);
}

/** Where a path leads from a folder, without `.` and `..`. What starts with a hole stays as it is. */
export function resolvePath(folder: string, path: Value): Value {
  const text = path.replace(/^file:\/\//, '');
  const isAbsolute = text.startsWith('/') || /^[A-Za-z]:[\\/]/.test(text);
  const whole = isAbsolute || text.startsWith(hole.unknown) ? text : `${folder}/${text}`;
  const names: string[] = [];
  for (const name of whole.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length > 0 && !hasHole(names.at(-1) ?? '')) names.pop();
    else if (name !== '..') names.push(name);
  }
  const start = whole.startsWith('/') ? '/' : '';
  return start + names.join('/');
}

export function baseName(path: Value): Value {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

export function folderOf(path: Value): Value {
  const trimmed = path.replace(/\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  if (at > 0) return trimmed.slice(0, at);
  return at === 0 ? '/' : '.';
}

/** A pattern with many holes would take for ever to match, so all between the first and the last become one. */
function simplified(value: Value): Value {
  const whole = value.replace(/[\uE000-\uE004]{2,}/g, (run) =>
    /[\uE002\uE003]|\uE000\uE000/.test(run) ? hole.listed : hole.many,
  );
  const places = [...whole.matchAll(/[\uE000-\uE004]/g)].map(({ index }) => index);
  if (places.length <= mostHoles) return whole;
  return whole.slice(0, places[0]) + hole.listed + whole.slice((places.at(-1) ?? 0) + 1);
}

const mostHoles = 5;
