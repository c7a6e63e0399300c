import { readFileSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Commits } from '../ports.ts';
import { askGit } from './git.ts';
import { checkoutWrites, type HeadContents, headContents } from './headContents.ts';
import { isInside } from './locate.ts';

/** What the checked-out commit of the repository around `root`, or around a file in it, holds. */
export function gitCommits(root: string): Commits {
  const heads = new Map<string, HeadContents>();
  return {
    holds: async (path, content) => {
      try {
        const asked = place(root, path, heads);
        return asked !== undefined && (await holds(asked, content));
      } catch {
        // Whatever git cannot answer is not committed: the edit is judged like any other.
        return false;
      }
    },
  };
}

/** A checkout writes the files first and moves HEAD last, so a "no" in the middle of one is not final. */
const longestCheckout = 1_000;
/** For a content that git has stored already, so that it may well be git that is writing it. */
const longestLargeCheckout = 10_000;
const afterCheckout = 100;
const abandonedLock = 30_000;
const recently = 5_000;

/** A repository inside the workspace answers for its own files: `folder` is the nearest one's. */
interface Asked {
  readonly folder: string;
  readonly name: string;
  readonly git: string;
  readonly head: HeadContents;
}

/** What git does while it is asked can fall between two questions, so that a "no" counts only where it did nothing. */
async function holds(asked: Asked, content: Uint8Array | undefined): Promise<boolean> {
  for (let tries = 5; tries > 0; tries--) {
    const before = stampOf(asked.git);
    if (await holdsNow(asked, content)) return true;
    if (stampOf(asked.git) === before) break;
  }
  return false;
}

function stampOf(git: string): string {
  return ['HEAD', 'index', join('logs', 'HEAD'), ...brought]
    .map((name) => changedAt(join(git, name)))
    .join(' ');
}

async function holdsNow(asked: Asked, content: Uint8Array | undefined): Promise<boolean> {
  const started = Date.now();
  const asks = () =>
    content === undefined ? wasRemovedByCommit(asked) : asked.head.holds(asked.name, content);
  if (await asks()) return true;
  let hasMoved = false;
  let longest = longestCheckout;
  while (isMoving(asked.git)) {
    hasMoved = true;
    await delay(20);
    if (Date.now() - started < longest) continue;
    if (longest === longestLargeCheckout || !(await isKnownToGit(asked, content))) break;
    longest = longestLargeCheckout;
  }
  if (hasMoved && (await asks())) return true;
  return (await heldJustNow(asked, content)) || (await isBeingBrought(asked, content));
}

/**
 * A file that no commit holds was removed by git only if an earlier HEAD did hold it. An ignored file, such as an
 * `.env` that once slipped into a commit, is nothing that git removes.
 */
async function wasRemovedByCommit({ folder, name, head }: Asked): Promise<boolean> {
  const git = async (...args: string[]) => (await askGit({ folder, args })) !== undefined;
  if (await head.has(name)) return false;
  if (!(await git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))) return false;
  if (await git('check-ignore', '--quiet', '--no-index', `./${name}`)) return false;
  const log = await askGit({
    folder,
    args: ['log', '--walk-reflogs', '--max-count=20', '--format=%H', 'HEAD'],
  });
  for (const commit of new Set(log?.toString().split('\n').filter(Boolean))) {
    if (await git('cat-file', '-e', `${commit}:./${name}`)) return true;
  }
  return false;
}

async function isKnownToGit({ folder, name }: Asked, content: Uint8Array | undefined): Promise<boolean> {
  if (content === undefined) return false;
  const hash = await askGit({ folder, args: ['hash-object', '--stdin', `--path=${name}`], input: content });
  if (hash === undefined) return false;
  return (await askGit({ folder, args: ['cat-file', '-e', hash.toString().trim()] })) !== undefined;
}

/** During a rebase HEAD has often moved on before the question about the last step was asked. */
async function heldJustNow({ folder, name, git }: Asked, content: Uint8Array | undefined): Promise<boolean> {
  const log = join(git, 'logs', 'HEAD');
  const since = Date.now() - recently;
  if (content === undefined || changedAt(log) < since) return false;
  // A line of the log: the commit before, the commit after, who, and when, in seconds.
  const moves = (await readFile(log, 'utf8')).matchAll(/^\S+ (\S+) .*> (\d+) /gm);
  const commits = [...moves].flatMap(([, commit, time]) => (Number(time) * 1_000 > since ? [commit] : []));
  for (const commit of commits.slice(-20)) {
    if (commit !== undefined && (await checkoutWrites(folder, commit, name, content))) return true;
  }
  return false;
}

const brought = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REBASE_HEAD'] as const;

/** In a merge or a pick the files are written before HEAD moves, and a hook may stand between the two for long. */
async function isBeingBrought(
  { folder, name, git }: Asked,
  content: Uint8Array | undefined,
): Promise<boolean> {
  if (content === undefined) return false;
  for (const head of brought) {
    const isUnderWay = changedAt(join(git, head)) > 0;
    if (isUnderWay && (await checkoutWrites(folder, head, name, content))) return true;
  }
  return false;
}

function isMoving(git: string): boolean {
  const age = (name: string) => Math.abs(Date.now() - changedAt(join(git, name)));
  // A lock that git left behind when it crashed must not slow down every answer from then on.
  if (['index.lock', 'HEAD.lock'].some((name) => age(name) < abandonedLock)) return true;
  // Between the two locks there is a moment with neither.
  return ['index', 'HEAD'].some((name) => age(name) < afterCheckout);
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function realOr(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** `undefined` where no folder on the way up is a repository, which spares starting git. */
function place(root: string, path: string, heads: Map<string, HeadContents>): Asked | undefined {
  const real = realpathSync.native(root);
  const plain = join(real, path);
  // Git holds the text of a link under the link's name; the content is under the name of its target.
  const target = realOr(plain);
  if (!isInside(real, target)) return undefined;
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    const git = gitDirectory(folder);
    if (git !== undefined) {
      const head = heads.get(folder) ?? headContents(folder, git);
      heads.set(folder, head);
      return { folder, name: relative(folder, target).split(sep).join('/'), git, head };
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** In a worktree or a submodule `.git` is a file that says where the directory is. */
function gitDirectory(folder: string): string | undefined {
  const own = join(folder, '.git');
  const stats = statSync(own, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return stats && own;
  const told = /^gitdir: (.+)$/m.exec(readFileSync(own, 'utf8'))?.[1];
  return told === undefined ? undefined : resolve(folder, told);
}
