import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sameBytes } from '../content.ts';
import type { Commits } from '../ports.ts';
import { isInside } from './locate.ts';

/** What the checked-out commit of the repository around `root`, or around a file in it, holds. */
export function gitCommits(root: string): Commits {
  return {
    holds: async (path, content) => {
      try {
        const asked = await place(root, path);
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
const afterCheckout = 100;
const gitTimeout = 2_000;

/** Git is asked from the file's own folder, so a repository inside the workspace answers for its own files. */
interface Asked {
  readonly folder: string;
  readonly name: string;
}

async function holds(asked: Asked, content: Uint8Array | undefined): Promise<boolean> {
  const started = Date.now();
  const asks = content === undefined ? wasRemovedByCommit : headHolds;
  if (await asks(asked, content)) return true;
  const gitDirectory = await output(asked.folder, ['rev-parse', '--absolute-git-dir']);
  if (gitDirectory === undefined) return false;
  const git = gitDirectory.toString().trim();
  while (await isMoving(git)) {
    if (Date.now() - started > longestCheckout) break;
    await delay(20);
  }
  return (await asks(asked, content)) || (await heldJustNow(asked, content, git));
}

async function headHolds({ folder, name }: Asked, content: Uint8Array | undefined): Promise<boolean> {
  return content !== undefined && (await commitHolds(folder, 'HEAD', name, content));
}

async function commitHolds(
  folder: string,
  commit: string,
  name: string,
  content: Uint8Array,
): Promise<boolean> {
  // The filters give the bytes a checkout writes: with the line ends, and the encoding, that this repository asks for.
  const args = ['cat-file', '--filters', `${commit}:./${name}`];
  return sameBytes(await output(folder, args, content.length + 1), content);
}

/**
 * A file that no commit holds was removed by git only if an earlier HEAD did hold it. An ignored file, such as an
 * `.env` that once slipped into a commit, is nothing that git removes.
 */
async function wasRemovedByCommit({ folder, name }: Asked): Promise<boolean> {
  if ((await output(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])) === undefined)
    return false;
  if ((await output(folder, ['cat-file', '-e', `HEAD:./${name}`])) !== undefined) return false;
  if ((await output(folder, ['check-ignore', '--quiet', '--no-index', `./${name}`])) !== undefined)
    return false;
  for (const commit of await earlierHeads(folder, 20)) {
    if ((await output(folder, ['cat-file', '-e', `${commit}:./${name}`])) !== undefined) return true;
  }
  return false;
}

/** During a rebase HEAD has often moved on before the question about the last step was asked. */
async function heldJustNow(
  { folder, name }: Asked,
  content: Uint8Array | undefined,
  git: string,
): Promise<boolean> {
  if (content === undefined || Date.now() - (await changedAt(join(git, 'logs', 'HEAD'))) > 5_000)
    return false;
  for (const commit of await earlierHeads(folder, 10)) {
    if (await commitHolds(folder, commit, name, content)) return true;
  }
  return false;
}

async function earlierHeads(folder: string, most: number): Promise<readonly string[]> {
  const log = await output(folder, ['log', '--walk-reflogs', `--max-count=${most}`, '--format=%H', 'HEAD']);
  return [...new Set(log?.toString().split('\n').filter(Boolean))];
}

async function isMoving(git: string): Promise<boolean> {
  const locks = await Promise.all(['index.lock', 'HEAD.lock'].map((name) => changedAt(join(git, name))));
  if (locks.some((time) => time > 0)) return true;
  // Between the two locks there is a moment with neither.
  const moves = await Promise.all(['index', 'HEAD'].map((name) => changedAt(join(git, name))));
  return moves.some((time) => Math.abs(Date.now() - time) < afterCheckout);
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

/** `undefined` where no folder on the way up is a repository, which spares starting git. */
async function place(root: string, path: string): Promise<Asked | undefined> {
  const real = await realpath(root);
  const plain = join(real, path);
  // Git holds the text of a link under the link's name; the content is under the name of its target.
  const target = await realpath(plain).catch(() => plain);
  if (!isInside(real, target)) return undefined;
  let folder = dirname(target);
  let name = basename(target);
  while (!(await isFolder(folder))) {
    name = `${basename(folder)}/${name}`;
    folder = dirname(folder);
  }
  return (await isInRepository(folder)) ? { folder, name } : undefined;
}

async function isInRepository(folder: string): Promise<boolean> {
  if ((await changedAt(join(folder, '.git'))) > 0) return true;
  const parent = dirname(folder);
  return parent !== folder && isAbsolute(parent) && (await isInRepository(parent));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** What git writes, or `undefined` when it fails, is missing, takes too long, or writes more than `most` bytes. */
function output(folder: string, args: readonly string[], most = 1_048_576): Promise<Buffer | undefined> {
  return new Promise((done) => {
    const options = {
      cwd: folder,
      env: cleanEnvironment(),
      timeout: gitTimeout,
      maxBuffer: most,
      encoding: 'buffer',
      windowsHide: true,
    } as const;
    execFile('git', [...args], options, (error, stdout) => done(error === null ? stdout : undefined));
  });
}

/** A hook of git runs with variables that name its repository; the question is about the one around the file. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  const own = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };
  return { ...Object.fromEntries(kept), ...own };
}
