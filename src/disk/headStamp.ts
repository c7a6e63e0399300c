import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Changes whenever HEAD may hold another content at `name`, or git may write it in another way: a commit, a checkout,
 * other attributes. It costs a dozen looks where an answer of git costs two processes. `undefined` while anything of it
 * is so new that a further change might leave the same times.
 */
export function headStamp(folder: string, git: string, name: string): string | undefined {
  const head = read(join(git, 'HEAD'));
  if (head === undefined) return undefined;
  const common = resolve(git, read(join(git, 'commondir'))?.trim() ?? '.');
  const ref = /^ref: (.+)$/m.exec(head)?.[1];
  const files = [
    join(git, 'HEAD'),
    ...(ref === undefined ? [] : [join(git, ref), join(common, ref)]),
    join(common, 'packed-refs'),
    join(common, 'reftable', 'tables.list'),
    join(common, 'config'),
    join(git, 'config.worktree'),
    join(common, 'info', 'attributes'),
    ...attributeFiles(folder, name),
  ];
  const stats = files.map((file) => statSync(file, { throwIfNoEntry: false }));
  const newest = Math.max(...stats.map((stat) => stat?.ctimeMs ?? 0));
  if (Math.abs(Date.now() - newest) < tooNew) return undefined;
  return stats
    .map((stat) => (stat === undefined ? '-' : `${stat.ino} ${stat.size} ${stat.ctimeMs}`))
    .join('|');
}

/** Times of files are no finer than a tick of the kernel. */
const tooNew = 100;

function attributeFiles(folder: string, name: string): readonly string[] {
  const files: string[] = [];
  for (let at = dirname(name); ; at = dirname(at)) {
    files.push(join(folder, at, '.gitattributes'));
    if (at === '.') return files;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
