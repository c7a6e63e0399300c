import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defaultPolicy, parsePolicy, policyFile, protectionUnder } from '../core/verdict/policy.ts';
import type { ProtectionPolicy } from '../ports.ts';
import { type Call, UsageError } from './command.ts';

export type Protection = ProtectionPolicy;

/** The policy that `--policy` names. A policy that was named and cannot be used is an error, not the defaults. */
export async function givenPolicy({ world, value }: Call): Promise<Protection | undefined> {
  const file = value('policy');
  if (file === undefined) return undefined;
  const text = await readFile(resolve(world.cwd, file), 'utf8').catch((error: unknown) => {
    throw new UsageError(
      `--policy ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const { policy, problems } = parsePolicy(text);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
  return { kindOf: protectionUnder(policy) };
}

/** The policy in a text of `.infrahold.yml`. One that is broken counts as none, so that the defaults protect. */
export function protectionFrom(text: string | undefined): {
  readonly protection: Protection;
  readonly warnings: string[];
} {
  const { policy, problems } =
    text === undefined ? { policy: defaultPolicy, problems: [] } : parsePolicy(text);
  const warnings = problems.map(
    ({ line, column, message }) =>
      `${policyFile}:${line}:${column}: ${message}; the default protection is in force`,
  );
  return { protection: { kindOf: protectionUnder(policy) }, warnings };
}

/** The policy of a folder. A policy file that is there and cannot be read counts as broken, too. */
export async function protectionIn(root: string): Promise<ReturnType<typeof protectionFrom>> {
  try {
    return protectionFrom(await readFile(join(root, policyFile), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return protectionFrom(undefined);
    const why = error instanceof Error ? error.message : String(error);
    return {
      ...protectionFrom(undefined),
      warnings: [`${policyFile} cannot be read (${why}); the default protection is in force`],
    };
  }
}
