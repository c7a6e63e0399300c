import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { largestText } from '../content.ts';
import { policyFile } from '../core/model/kinds.ts';
import type { ProtectionPolicy } from '../ports.ts';
import { UsageError } from './command.ts';
import { type Content, documentFrom, failed, type Pair, readContent } from './input.ts';
import { protectionFrom } from './policy.ts';
import type { World } from './world.ts';

/** `staged`: HEAD against the index. Otherwise a revision against the work tree, untracked files included. */
export type Comparison = 'staged' | { readonly base: string };

/**
 * Every protected file that differs, in both versions. Without a policy given, that of the version before is in
 * force: an edit cannot take a file out of protection and change it at the same time.
 */
export async function pairsInGit(
  world: World,
  comparison: Comparison,
  given: ProtectionPolicy | undefined,
): Promise<{ readonly pairs: readonly Pair[]; readonly warnings: readonly string[] }> {
  const git = await openGit(world);
  const base = comparison === 'staged' ? await headOrNothing(git) : await revision(git, comparison.base);
  const { policy, warnings } =
    given === undefined ? await protectionFrom(await policyAt(git, base)) : { policy: given, warnings: [] };
  const pairs: Pair[] = [];
  for (const path of await changedPaths(git, comparison, base)) {
    const kind = policy.kindOf(path);
    if (kind === undefined) continue;
    const before = await blob(git, `${base}:${path}`);
    const after = comparison === 'staged' ? await blob(git, `:${path}`) : await inWorkTree(world, git, path);
    pairs.push({
      file: path,
      before: { name: `${path} (before)`, document: documentFrom(kind, before) },
      after: { name: path, document: documentFrom(kind, after) },
    });
  }
  return { pairs, warnings };
}

/** Git in the top folder of the work tree, wherever in it the person stands. */
interface Git {
  readonly top: string;
  run(args: readonly string[]): Promise<Buffer>;
}

const execute = promisify(execFile);

async function openGit(world: World): Promise<Git> {
  const runIn = async (cwd: string, args: readonly string[]): Promise<Buffer> => {
    // Names come back as bytes between NULs: no quoting, no locale, no helper program of the repository's choice.
    const options = { cwd, encoding: 'buffer' as const, maxBuffer: largestText + 1_000_000 };
    return (
      await execute(
        'git',
        ['-c', 'core.quotePath=false', '-c', 'core.fsmonitor=false', '--no-optional-locks', ...args],
        options,
      )
    ).stdout;
  };
  try {
    const top = (await runIn(world.cwd, ['rev-parse', '--show-toplevel'])).toString().replace(/\n$/, '');
    return { top, run: (args) => runIn(top, args) };
  } catch (error) {
    const hasGit = !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
    throw new UsageError(hasGit ? 'this folder is not in a git work tree.' : 'git is not installed.');
  }
}

async function revision(git: Git, name: string): Promise<string> {
  try {
    const found = await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
    return found.toString().trim();
  } catch {
    throw new UsageError(`git knows no revision "${name}". In CI, fetch it first (fetch-depth: 0).`);
  }
}

/** Before the first commit everything staged is new. */
async function headOrNothing(git: Git): Promise<string> {
  try {
    return (await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])).toString().trim();
  } catch {
    return (await git.run(['hash-object', '-t', 'tree', devNull])).toString().trim();
  }
}

/** A rename is a removal and an addition here: each path is judged for itself. */
async function changedPaths(git: Git, comparison: Comparison, base: string): Promise<string[]> {
  const plain = ['--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', '-z'];
  if (comparison === 'staged') return names(await git.run(['diff', '--cached', ...plain, base, '--']));
  const tracked = names(await git.run(['diff', ...plain, base, '--']));
  const untracked = names(await git.run(['ls-files', '--others', '--exclude-standard', '-z']));
  return [...new Set([...tracked, ...untracked])].sort();
}

function names(output: Buffer): string[] {
  return output
    .toString()
    .split('\0')
    .filter((name) => name !== '');
}

async function policyAt(git: Git, base: string): Promise<string | undefined> {
  const content = await blob(git, `${base}:${policyFile}`);
  return 'bytes' in content && content.bytes !== undefined
    ? Buffer.from(content.bytes).toString()
    : undefined;
}

async function blob(git: Git, object: string): Promise<Content> {
  try {
    return { bytes: await git.run(['cat-file', 'blob', object]) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
      return failed(
        'too-large',
        'the committed text has more than 8 MiB, which is the most that can be judged',
      );
    }
    // 128: git has no such file in that version.
    if (code === 128) return { bytes: undefined };
    return failed(
      'unreadable',
      `git could not give the text: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A file that git knows and the disk does not have was removed. */
async function inWorkTree(world: World, git: Git, path: string): Promise<Content> {
  const content = await readContent(world, join(git.top, path));
  const isGone = 'problem' in content && content.problem.code === 'missing-file';
  return isGone ? { bytes: undefined } : content;
}
