import * as v from 'valibot';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../model/document.ts';
import { policyFile } from '../model/kinds.ts';

/** What a team wrote into `.infrahold.yml`. It can only add to or take from what is protected by default. */
export interface Policy {
  /** Globs of further protected files. */
  readonly protect: readonly string[];
  /** Globs of files that are not protected after all. */
  readonly ignore: readonly string[];
}

export const defaultPolicy: Policy = { protect: [], ignore: [] };

/**
 * Reads a policy. A policy with any problem counts as none, and the defaults protect: a broken file must not switch
 * the guard off.
 */
export function parsePolicy(text: string): {
  readonly policy: Policy;
  readonly problems: readonly Problem[];
} {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    return refused({
      code: 'yaml-syntax',
      message: `${policyFile}: ${error.message}`,
      ...place(error.pos[0]),
    });
  }
  if (document.contents === null) return { policy: defaultPolicy, problems: [] };
  const result = v.safeParse(
    schema,
    plainValue(() => document.toJS({ maxAliasCount: 100 })),
  );
  if (result.success) return { policy: result.output, problems: [] };
  const [issue] = result.issues;
  const key = String(issue.path?.[0]?.key ?? '');
  const node = isMap(document.contents)
    ? document.contents.items.find(({ key: name }) => isScalar(name) && name.value === key)?.key
    : document.contents;
  const offset = isScalar(node) ? (node.range?.[0] ?? 0) : 0;
  const where = key === '' ? policyFile : `${policyFile}: ${key}`;
  return refused({ code: 'wrong-shape', message: `${where}: ${issue.message}`, ...place(offset) });
}

const globs = v.optional(v.array(v.pipe(v.string(), v.nonEmpty('a glob may not be empty'))), []);
const schema = v.strictObject(
  { protect: globs, ignore: globs },
  'only the lists "protect" and "ignore" are known here',
);

function refused(problem: Problem): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  return { policy: defaultPolicy, problems: [problem] };
}

/** An alias that leads nowhere, or a bomb of them, shows only when values are built. */
function plainValue(build: () => unknown): unknown {
  try {
    return build();
  } catch {
    return undefined;
  }
}
