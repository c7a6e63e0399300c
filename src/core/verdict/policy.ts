import { mappingsIn } from '../model/compose/files.ts';
import { type Problem, positionAt } from '../model/document.ts';
import { policyFile } from '../model/kinds.ts';
import { type PlacedProblem, Unreadable, type YamlNode } from '../model/yaml/node.ts';

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
  const problems: PlacedProblem[] = [];
  const [root, another] = rootsOf(text, problems);
  if (another !== undefined) problems.push({ code: 'wrong-shape', message: 'it is one document', offset: 0 });
  const [problem] = problems;
  if (problem !== undefined) return refused(text, problem);
  if (root === undefined) return { policy: defaultPolicy, problems: [] };
  // Most folders have no policy, so what checks its shape is loaded where there is one.
  const { policyIn } = await import('./policySchema.ts');
  const result = policyIn(plainValue(root, text));
  if ('policy' in result) return { policy: result.policy, problems: [] };
  const { key, message } = result.misfit;
  const offset = root.type === 'map' ? (root.entries.get(key)?.span.start ?? 0) : 0;
  return refused(text, {
    code: 'wrong-shape',
    message: key === '' ? message : `${key}: ${message}`,
    offset,
  });
}

/** No team writes as much, and a policy is read again at every start. */
const longestPolicy = 1_000_000;
const tooLong = `it has more than ${longestPolicy} characters; make it smaller`;

function rootsOf(text: string, problems: PlacedProblem[]): readonly YamlNode[] {
  try {
    if (text.length > longestPolicy) throw new Unreadable('too-large', tooLong, 0);
    return mappingsIn(text, problems);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.push(error.problem);
    return [];
  }
}

function refused(text: string, { code, message, offset }: PlacedProblem): PolicyReading {
  const problem = { code, message: `${policyFile}: ${message}`, ...positionAt(text, offset) };
  return { policy: defaultPolicy, problems: [problem] };
}

function plainValue(node: YamlNode, text: string): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'map')
    return Object.fromEntries([...node.entries].map(([name, entry]) => [name, plainValue(entry.node, text)]));
  return node.items.map(({ node: item, span }) => {
    const written = text.slice(span.start, span.end);
    // A date, or what is infinite, is another text to Compose; a glob is what is written.
    const isRewritten = item.type === 'scalar' && typeof item.value === 'string' && /^[-+.\d]/.test(written);
    return isRewritten ? written : plainValue(item, text);
  });
}
