import { decodeText } from '../content.ts';
import type { Problem } from '../core/model/document.ts';
import { kindOf as kindByDefault } from '../core/model/kinds.ts';
import { defaultPolicy, parsePolicy } from '../core/verdict/policy.ts';
import type { ProtectionPolicy } from '../ports.ts';

/** What a folder's accepted `.infrahold.yml` protects; the defaults until it was read. */
export interface FolderPolicy extends ProtectionPolicy {
  /** Whether the policy has the file locked in the editor. */
  isLocked(path: string): boolean;
  readonly hasLocks: boolean;
  /** Takes the accepted content of the policy file. `trusted` is whether the folder may take files out. */
  take(content: Uint8Array | undefined, trusted: boolean): Promise<readonly Problem[]>;
}

export function folderPolicy(): FolderPolicy {
  let kindOf = kindByDefault;
  let hasLocks = false;
  let isLocked: (path: string) => boolean = () => false;
  return {
    kindOf: (path) => kindOf(path),
    isLocked: (path) => isLocked(path),
    get hasLocks() {
      return hasLocks;
    },
    take: async (content, trusted) => {
      const decoded = content === undefined ? { text: '' } : decodeText(content);
      const { policy, problems } =
        'text' in decoded
          ? await parsePolicy(decoded.text)
          : { policy: defaultPolicy, problems: [decoded.problem] };
      // Most folders have no policy and never load what matches globs.
      const { lockUnder, protectionUnder } = await import('../core/verdict/protection.ts');
      // A text that cannot be read takes nothing back: the last policy that could be read stays in force.
      if (problems.length > 0) return problems;
      // In a folder that nobody trusts, a policy may only add.
      isLocked = lockUnder(policy);
      hasLocks = policy.lock.length > 0;
      kindOf = protectionUnder(trusted ? policy : { ...policy, ignore: [] });
      return problems;
    },
  };
}
