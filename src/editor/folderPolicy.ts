import { decodeText } from '../content.ts';
import type { Problem } from '../core/model/document.ts';
import { defaultPolicy, parsePolicy, protectionUnder } from '../core/verdict/policy.ts';
import type { ProtectionPolicy } from '../ports.ts';

/** What a folder's accepted `.infrahold.yml` protects; the defaults until it was read. */
export interface FolderPolicy extends ProtectionPolicy {
  /** Takes the accepted content of the policy file. `trusted` is whether the folder may take files out. */
  take(content: Uint8Array | undefined, trusted: boolean): readonly Problem[];
}

export function folderPolicy(): FolderPolicy {
  let kindOf = protectionUnder(defaultPolicy);
  return {
    kindOf: (path) => kindOf(path),
    take: (content, trusted) => {
      const decoded = content === undefined ? { text: '' } : decodeText(content);
      const { policy, problems } =
        'text' in decoded
          ? parsePolicy(decoded.text)
          : { policy: defaultPolicy, problems: [decoded.problem] };
      // In a folder that nobody trusts, a policy may only add.
      kindOf = protectionUnder(trusted ? policy : { ...policy, ignore: [] });
      return problems;
    },
  };
}
