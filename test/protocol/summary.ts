import type { Commands, Decoded, Proposal } from '../../src/agents/protocol.ts';

/** What a payload means, in one line. The folder of the fixtures is left out of paths. */
export function summary(decoded: Decoded): string {
  switch (decoded.kind) {
    case 'other':
      return 'other';
    case 'unreadable':
      return `unreadable ${decoded.meant ?? 'payload'}: ${decoded.why}`;
    case 'edits':
      return `${edits(decoded.proposals)} (${decoded.session})`;
    case 'command':
      return `${commands(decoded)} (${decoded.session})`;
    case 'prompt':
      return `prompt "${decoded.text}" (${decoded.session})`;
    case 'start':
      return `start (${decoded.session})`;
    case 'end':
      return `end (${decoded.session})`;
    case 'after':
      return `after ${decoded.agent.tool}: ${decoded.ran ? commands(decoded.ran) : edits(decoded.proposals)} (${decoded.session})`;
  }
}

function edits(proposals: readonly Proposal[]): string {
  return proposals
    .map(({ path, change }) => {
      const from = change.how === 'patch' && change.from !== undefined ? ` from ${short(change.from)}` : '';
      return `${change.how} ${short(path)}${from}`;
    })
    .join(', ');
}

function commands({ commands, shell, workingFolder }: Commands): string {
  const where = workingFolder === undefined ? '' : ` in ${workingFolder}`;
  return `${shell}${where}: ${commands.join(' ; ')}`;
}

function short(path: string): string {
  return path.replace('/workspace/', '');
}
