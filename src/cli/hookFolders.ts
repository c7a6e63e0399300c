import { basename, join } from 'node:path';
import type { Proposal } from '../agents/protocol.ts';
import { findProtected } from '../disk/find.ts';
import { isFolder, pathIn, takesFolder, workspaceOf } from './hookPaths.ts';
import { protectionIn } from './policy.ts';

/** What a tool does to a folder, as what it does to each protected file in it. */
export async function fileByFile(root: string, proposals: readonly Proposal[]): Promise<readonly Proposal[]> {
  const lists = await Promise.all(
    proposals.map((proposal) =>
      takesFolder(proposal.change, proposal.path) ? inFolder(root, proposal) : [proposal],
    ),
  );
  return lists.flat();
}

async function inFolder(root: string, { path, change }: Proposal): Promise<readonly Proposal[]> {
  const from = change.how === 'patch' ? change.from : undefined;
  if (from === undefined) {
    const files = await protectedIn(root, path, path);
    return files.map((file) => ({ path: join(path, file), change: { how: 'remove' } }));
  }
  // A program moves a folder into one that is there.
  const to = isFolder(path) ? join(path, basename(from)) : path;
  const files = await protectedIn(root, from, to);
  return files.map((file) => ({
    path: join(to, file),
    change: { how: 'patch', hunks: [], from: join(from, file) },
  }));
}

/** The files below a folder that are protected where they would be then. */
async function protectedIn(root: string, folder: string, then: string): Promise<readonly string[]> {
  const workspace = workspaceOf(root, join(then, 'file'));
  const { policy } = await protectionIn(workspace);
  const name = pathIn(workspace, then);
  return findProtected(folder, (file) => policy.kindOf(name === '' ? file : `${name}/${file}`) !== undefined);
}
