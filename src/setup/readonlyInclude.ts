import { behindMark, type Edited, type Unfit } from '../agents/install/edited.ts';
import { nodeAt, readJson, removeNode, setProperty } from '../agents/install/jsonText.ts';

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
    let edited = whole(given);
    for (const glob of globs) {
      const added = setProperty(edited, [readonlyInclude, glob], true, matters);
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
    if (given === undefined) return { text: undefined };
    let edited = given;
    for (const path of [...globs.map((glob) => [readonlyInclude, glob]), [readonlyInclude]]) {
      const read = readJson(whole(edited), matters);
      if ('why' in read) return read;
      const node = nodeAt(read.root, path);
      const isOurs = path.length > 1 || (made !== undefined && (node?.children ?? []).length === 0);
      if (node !== undefined && isOurs) edited = removeNode(edited, node);
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
