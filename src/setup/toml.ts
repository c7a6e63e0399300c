import { parse, TomlError } from 'smol-toml';
import type { Unfit } from '../agents/install/edited.ts';

/** Why a text is not TOML: asked before it is changed, and of what it was changed to. */
export function tomlProblem(text: string | undefined): Unfit | undefined {
  try {
    parse(text ?? '');
    return undefined;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = ''] = error.message.split('\n');
    return { why: `it is not TOML: ${first}`, line: error.line };
  }
}

/** The values of a TOML text; nothing where it has none that can be read. */
export function tomlValues(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return parse(text ?? '');
  } catch {
    return {};
  }
}
