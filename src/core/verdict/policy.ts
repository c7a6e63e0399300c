import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../model/document.ts';
import { policyFile } from '../model/kinds.ts';

/** What a team wrote into `.infrahold.yml`. It can only add to or take from what is protected by default. */
export interface Policy {
  /** Globs of further protected files. */
  readonly protect: readonly string[];
  /** Globs of files that are not protected after all. */
  readonly ignore: readonly string[];
  /** Globs of protected files that the editor shows read-only while no scope is in force. */
  readonly lock: readonly string[];
  /** Whether an approval may be given in the agent's own program, where it asks by MCP elicitation. */
  readonly elicitation: boolean;
}

export const defaultPolicy: Policy = { protect: [], ignore: [], lock: [], elicitation: true };

export interface PolicyReading {
  readonly policy: Policy;
  readonly problems: readonly Problem[];
}

/**
 * Reads a policy. A policy with any problem counts as none, and the defaults protect: a broken file must not switch
 * the guard off.
 */
export async function parsePolicy(text: string): Promise<PolicyReading> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const message = `${policyFile}: ${error.message}`;
    return refused({ code: 'yaml-syntax', message, ...place(error.pos[0]) });
  }
  if (document.contents === null) return { policy: defaultPolicy, problems: [] };
  // Most folders have no policy, so what checks its shape is loaded where there is one.
  const { policyIn } = await import('./policySchema.ts');
  const result = policyIn(plainValue(() => document.toJS({ maxAliasCount: 100 })));
  if ('policy' in result) return { policy: result.policy, problems: [] };
  const { key, message } = result.misfit;
  const node = isMap(document.contents)
    ? document.contents.items.find(({ key: name }) => isScalar(name) && name.value === key)?.key
    : document.contents;
  const offset = isScalar(node) ? (node.range?.[0] ?? 0) : 0;
  const where = key === '' ? policyFile : `${policyFile}: ${key}`;
  return refused({ code: 'wrong-shape', message: `${where}: ${message}`, ...place(offset) });
}

function refused(problem: Problem): PolicyReading {
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
