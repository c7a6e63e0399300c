import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decodeText } from '../content.ts';
import { kindOf, policyFile } from '../core/model/kinds.ts';
import type { Baseline, ProtectionPolicy } from '../ports.ts';
import { type Call, UsageError } from './command.ts';

export interface Protection {
  readonly policy: ProtectionPolicy;
  readonly warnings: readonly string[];
}

/** The policy that `--policy` names. A policy that was named and cannot be used is an error, not the defaults. */
export async function givenPolicy({ world, value }: Call): Promise<ProtectionPolicy | undefined> {
  const file = value('policy');
  if (file === undefined) return undefined;
  const text = givenText(resolve(world.cwd, file), file);
  const { parsePolicy } = await import('../core/verdict/policy.ts');
  const { protectionUnder } = await import('../core/verdict/protection.ts');
  const { policy, problems } = await parsePolicy(text);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
  return { kindOf: protectionUnder(policy) };
}

function givenText(full: string, file: string): string {
  try {
    return readFileSync(full, 'utf8');
  } catch (error) {
    throw new UsageError(`--policy ${file} cannot be read: ${messageOf(error)}`);
  }
}

/**
 * The policy in a text of `.infrahold.yml`. One that is broken counts as none, so that the defaults protect. What
 * reads policies is loaded only where there is one: most folders have none.
 */
export async function protectionFrom(text: string | undefined): Promise<Protection> {
  if (text === undefined) return defaults;
  const { parsePolicy } = await import('../core/verdict/policy.ts');
  const { protectionUnder } = await import('../core/verdict/protection.ts');
  const { policy, problems } = await parsePolicy(text);
  const warnings = problems.map(
    ({ line, column, message }) =>
      `${policyFile}:${line}:${column}: ${message}; the default protection is in force`,
  );
  return { policy: { kindOf: protectionUnder(policy) }, warnings };
}

/** The policy that was accepted last. Bytes that are no text are as good as a broken one. */
export async function protectionOf({ content }: Baseline): Promise<Protection> {
  const decoded = content === undefined ? { text: undefined } : decodeText(content);
  if ('text' in decoded) return protectionFrom(decoded.text);
  const warning = `${policyFile}: ${decoded.problem.message}; the default protection is in force`;
  return { ...defaults, warnings: [warning] };
}

/** The policy of a folder. A policy file that is there and cannot be read counts as broken, too. */
export async function protectionIn(root: string): Promise<Protection> {
  try {
    return await protectionFrom(readFileSync(join(root, policyFile), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaults;
    const warning = `${policyFile} cannot be read (${messageOf(error)}); the default protection is in force`;
    return { ...defaults, warnings: [warning] };
  }
}

const defaults: Protection = {
  policy: { kindOf },
  warnings: [],
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
