import { isTemporaryName } from './replace.ts';
import { walkTree } from './tree.ts';

/** Every protected file below `root`, sorted. Nearest folders come first where the tree is too large to be seen whole. */
export async function findProtected(root: string, protects: (path: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  await walkTree(root, '', {
    file: (path) => {
      if (protects(path) && !isTemporaryName(path.slice(path.lastIndexOf('/') + 1))) found.push(path);
    },
  });
  return found.sort();
}
