import { decodeText } from '../../content.ts';
import { policyFile } from '../../core/model/kinds.ts';
import { parsePolicy } from '../../core/verdict/policy.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Whether the answer to a form that the agent's program shows counts as a person's. The policy can say no, and it is
 * asked twice: as it was accepted and as it is on disk, so that no edit of it gains anything. One that is broken says no.
 */
export async function mayElicit({ ports }: Workspace): Promise<boolean> {
  const accepted = await ports.baselines.get(policyFile);
  const versions = [accepted?.content, await ports.files.read(policyFile)];
  const words = await Promise.all(versions.map((content) => content === undefined || saysYes(content)));
  return words.every(Boolean);
}

async function saysYes(content: Uint8Array): Promise<boolean> {
  const decoded = decodeText(content);
  if ('problem' in decoded) return false;
  const { policy, problems } = await parsePolicy(decoded.text);
  return problems.length === 0 && policy.elicitation;
}
