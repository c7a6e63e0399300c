import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';

export const isRoot = process.getuid?.() === 0;

/**
 * Puts a small file system of its own at a folder, to be taken away with the place; gives what mounts it in another
 * way. `undefined`, and the test is skipped, where nothing can be mounted.
 */
export function smallDisk(
  t: TestContext,
  { mounts }: { readonly mounts: string[] },
  folder: string,
): { remount(option: 'ro' | 'rw'): void } | undefined {
  const mount = (...args: string[]) => execFileSync('mount', [...args, folder], { stdio: 'pipe' });
  try {
    if (!isRoot || process.platform !== 'linux') throw new Error('only root can mount');
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs');
  } catch {
    t.skip('no small file system can be mounted here');
    return undefined;
  }
  mounts.push(folder);
  return { remount: (option) => void mount('-o', `remount,${option}`) };
}

/** Puts a disk at a folder to which upper and lower case are one. `false`, and the test is skipped, where none is to be had. */
export function caseBlindDisk(
  t: TestContext,
  { mounts }: { readonly mounts: string[] },
  folder: string,
): boolean {
  const image = `${folder}.image`;
  try {
    if (!isRoot || process.platform !== 'linux') throw new Error('only root can mount');
    writeFileSync(image, '');
    truncateSync(image, 40 * 1024 * 1024);
    execFileSync('mkfs.ntfs', ['-F', '-Q', '-q', image], { stdio: 'pipe' });
    execFileSync('lowntfs-3g', [image, folder, '-o', 'ignore_case'], { stdio: 'pipe' });
  } catch {
    t.skip('no disk that is blind for case can be mounted here; on Debian as root, install ntfs-3g');
    return false;
  }
  mounts.push(folder);
  return true;
}
