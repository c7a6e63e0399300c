import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeText, largestText } from '../content.ts';
import type { Sources } from '../core/model/compose/sources.ts';
import { variablesIn } from '../core/model/compose/variables.ts';

/**
 * What lies around a Compose file: override and included files, files of variables. The first folder that holds a
 * file has the word, so that a proposal kept in a folder of its own is not told from its stack by what it lacks.
 * Variables come from `.env` there and from `given`, never from the caller's environment.
 */
export function beside(
  name: string,
  folders: readonly string[],
  given: Readonly<Record<string, string>> = {},
): Sources {
  const read = (path: string) => firstText(folders.map((folder) => join(folder, path)));
  const written = Object.fromEntries(variablesIn(read('.env') ?? ''));
  return { name: basename(name), read, env: { ...written, ...given } };
}

function firstText(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textOf(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A file that cannot be read, is none, or is no text counts as missing: the model then says what it lacks. */
function textOf(path: string): string | undefined {
  try {
    const about = statSync(path);
    if (!about.isFile() || about.size > largestText) return undefined;
    const decoded = decodeText(readFileSync(path));
    return 'text' in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
