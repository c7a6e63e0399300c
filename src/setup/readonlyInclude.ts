import { behindMark, type Edited, type Unfit } from '../agents/install/edited.ts';
import {
  type JsonPath,
  type JsonValue,
  nodeAt,
  readJson,
  removeNode,
  setProperty,
} from '../agents/install/jsonText.ts';

/** The setting by whose globs VS Code shows files read-only, and saves none of them. */
export const readonlyInclude = 'files.readonlyInclude';

/** The globs that a person's settings text names, whether they are on or off; `undefined` without the setting. */
export function globsIn(text: string | undefined): ReadonlySet<unknown> | Unfit | undefined {
  const read = readJson(whole(text?.replace(/^\uFEFF/, '')), matters);
  if ('why' in read) return read;
  const properties = nodeAt(read.root, [readonlyInclude])?.children;
  return properties && new Set(properties.map(({ children }) => children?.[0]?.value));
}

/** Adds globs at the end of the setting, and the setting where there is none. All else stays byte for byte. */
export function withGlobs(text: string | undefined, globs: readonly string[]): Edited {
  return behindMark(text, (given) => {
    const theirs = globsIn(given);
    if (theirs !== undefined && 'why' in theirs) return theirs;
    const edits: readonly (readonly [JsonPath, JsonValue])[] =
      theirs === undefined
        ? [[[readonlyInclude], Object.fromEntries(globs.map((glob) => [glob, true]))]]
        : globs.map((glob) => [[readonlyInclude, glob], true]);
    let edited = whole(given);
    for (const [path, value] of edits) {
      const added = setProperty(edited, path, value, matters);
      if (typeof added !== 'string') return added;
      edited = added;
    }
    return { text: edited };
  });
}

/** Takes globs out again, and what was made for them, where nothing else has come to stand in it. */
export function withoutGlobs(
  text: string | undefined,
  globs: readonly string[],
  made: 'file' | 'setting' | undefined,
): Edited {
  return behindMark(text, (given) => {
    const theirs = globsIn(given);
    if (theirs !== undefined && 'why' in theirs) return theirs;
    if (given === undefined || theirs === undefined) return { text: given };
    const isOnlyOurs = made !== undefined && [...theirs].every((glob) => globs.some((own) => own === glob));
    const paths = isOnlyOurs ? [[readonlyInclude]] : globs.map((glob) => [readonlyInclude, glob]);
    let edited = given;
    for (const path of paths) {
      const read = readJson(whole(edited), matters);
      if ('why' in read) return read;
      const node = nodeAt(read.root, path);
      if (node !== undefined) edited = removeNode(edited, node);
    }
    return { text: made === 'file' && /^\{\s*\}\s*$/.test(edited) ? undefined : edited };
  });
}

/** What else is in a person's settings may stand there twice: VS Code takes the last, and nobody asked us. */
const matters = (key: string): boolean => key === readonlyInclude;

/** To VS Code a settings file that is empty, or not there, is one in which nothing is set. */
function whole(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? '{}' : text;
}
